// The supervisor's loop: the program's output to the log and to whoever is attached, their input to it, its end into
// exit.json.
#pragma once

#include "runtime/sessionlog.h"
#include "runtime/supervisor.h"

#include <optional>
#include <vector>

namespace diptych::runtime {

struct Client
{
    UniqueFd fd;
    bool control = false;
    std::string queue; ///< to be written to it
    std::string line;  ///< control: what came so far
};

class Supervisor final
{
public:
    Supervisor(Supervised made, UniqueFd output, UniqueFd input)
        : m_made(std::move(made)), m_output(std::move(output)), m_input(std::move(input))
    {
    }
    Status open();
    void loop();

private:
    void poll();
    void accept(int listener, bool control);
    void readOutput();
    void writeInput();
    void serve(Client& client, short events);
    void readClient(Client& client);
    void readControl(Client& client);
    std::string control(std::string_view line);
    void flush(Client& client);
    void reap();
    void finish();
    [[nodiscard]] std::string path(const char* name) const { return m_made.directory + "/" + name; }
    [[nodiscard]] uint64_t oomKills() const;

    Supervised m_made;
    UniqueFd m_output, m_input, m_attach, m_control, m_signals;
    std::optional<SessionLog> m_log;
    std::vector<Client> m_clients;
    std::string m_pendingInput;
    bool m_ended = false;
    int m_status = 0;
    int64_t m_endedAt = 0, m_drainUntil = 0;
    uint64_t m_oomBefore = 0;
};

} // namespace diptych::runtime
