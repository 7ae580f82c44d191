// org.freedesktop.PolicyKit1 over sd-bus, without waiting. Loop's thread only.
#pragma once

#include "varlink/loop.h"
#include "varlink/peer.h"

#include <map>
#include <systemd/sd-bus.h>

namespace diptych {

class Polkit final
{
public:
    struct Answer
    {
        bool authorized = false;
        std::string reason; ///< when not
    };
    using Done = std::function<void(const Answer&)>;

    explicit Polkit(varlink::Loop& loop) : m_loop(loop) {}
    ~Polkit();
    Polkit(const Polkit&) = delete;
    Polkit& operator=(const Polkit&) = delete;

    /// Any error, time-out or loss of the bus is a no. done is called once, never from inside this call. The number is
    /// for cancel().
    uint64_t check(const varlink::Peer& peer, std::string_view action,
                   const std::map<std::string, std::string>& details, bool interactive, Done done);
    /// Nobody waits any more: the dialog goes, done is not called.
    void cancel(uint64_t number);
    /// The system bus can be reached.
    bool connected();

private:
    struct Check
    {
        Polkit* owner = nullptr;
        uint64_t number = 0;
        sd_bus_slot* slot = nullptr;
        Done done;
    };
    int ask(Check& check, const varlink::Peer& peer, std::string_view action,
            const std::map<std::string, std::string>& details, bool interactive);
    static int answered(sd_bus_message* message, void* data, sd_bus_error* error);
    void finish(uint64_t number, const Answer& answer);
    void later(uint64_t number, std::string reason);

    varlink::Loop& m_loop;
    sd_bus* m_bus = nullptr;
    std::map<uint64_t, std::unique_ptr<Check>> m_checks;
    uint64_t m_next = 1;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace diptych
