// One instance measured ten times a second for as long as somebody looks at it. Loop's thread only; measured on
// workers, one measurement of an instance at a time, so that a driver that is slow is asked less often and not more.
#pragma once

#include "daemon/workers.h"
#include "metrics/sampler.h"
#include "varlink/call.h"
#include "varlink/loop.h"

#include <map>

namespace diptych {

class Watches final
{
public:
    static constexpr std::chrono::milliseconds kInterval{100};
    static constexpr size_t kMost = 8; ///< instances at once
    using Convert = Json (*)(const metrics::Point&);

    Watches(varlink::Loop& loop, Workers& workers) : m_loop(loop), m_workers(workers) {}
    ~Watches() { *m_alive = false; }
    Watches(const Watches&) = delete;
    Watches& operator=(const Watches&) = delete;

    /// Sends points to the stream until its client goes. Busy with too many instances.
    void add(const varlink::CallPointer& call, const std::string& id, Driver& driver, Convert convert);
    [[nodiscard]] size_t watched() const { return m_all.size(); }

private:
    struct One
    {
        Driver* driver = nullptr;
        std::vector<std::pair<varlink::CallPointer, Convert>> readers;
        std::optional<Sample> last;
        bool measuring = false;
        varlink::Source timer;
    };
    void tick(const std::string& id);
    void take(const std::string& id, const Result<Sample>& sample);

    varlink::Loop& m_loop;
    Workers& m_workers;
    std::map<std::string, One> m_all;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace diptych
