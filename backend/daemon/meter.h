// One sweep a second over every running instance and the host, on workers; the newest figures and their history.
// Each driver has a sampler of its own: when libvirt hangs, containers are still measured.
#pragma once

#include "daemon/workers.h"
#include "metrics/sampler.h"

#include <map>

namespace diptych {

class Meter final
{
public:
    using Watcher = std::function<void()>;

    Meter(varlink::Loop& loop, Workers& workers) : m_loop(loop), m_workers(workers) {}
    ~Meter() { *m_alive = false; }
    Meter(const Meter&) = delete;
    Meter& operator=(const Meter&) = delete;

    /// The driver must outlive the workers' last job.
    void add(Driver& driver);
    void start();
    /// After each second's sweep.
    void watch(Watcher watcher) { m_watchers.push_back(std::move(watcher)); }

    [[nodiscard]] const metrics::HostPoint& host() const { return m_host; }
    /// Newest points of instances that run.
    [[nodiscard]] std::vector<const std::pair<std::string, metrics::Point>*> instances() const;
    [[nodiscard]] std::vector<metrics::Point> history(const std::string& id) const;
    [[nodiscard]] std::vector<metrics::HostPoint> hostHistory() const;
    void forget(const std::string& id);

private:
    struct Unit
    {
        std::shared_ptr<metrics::Sampler> sampler = std::make_shared<metrics::Sampler>();
        bool sweeping = false;
        int64_t sweptAt = 0; ///< monotonic ns
        metrics::Sweep newest;
    };
    void tick();

    varlink::Loop& m_loop;
    Workers& m_workers;
    std::vector<std::unique_ptr<Unit>> m_units;
    std::vector<Watcher> m_watchers;
    metrics::HostPoint m_host;
    varlink::Source m_timer;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace diptych
