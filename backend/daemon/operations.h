// Long work that every client sees, and the rule that one instance is changed by one at a time. Loop's thread only;
// the work itself runs on a worker.
#pragma once

#include "daemon/workers.h"
#include "instances/driver.h"

#include <atomic>
#include <map>
#include <sys/types.h>

namespace diptych {

struct Operation
{
    std::string id, verb, subject, step, detail;
    std::vector<std::string> instances;
    std::string state = "waiting"; ///< waiting, running, done, failed, cancelled
    double progress = -1;
    std::vector<Progress::Part> parts;
    int64_t startedAt = 0, finishedAt = 0; ///< Unix ms
    uid_t user = 0;
    bool cancellable = false;
    std::optional<Error> error;
    Json result; ///< null when there is none
    [[nodiscard]] bool ended() const { return finishedAt != 0; }
};
Json toJson(const Operation& operation);

class Operations final
{
public:
    struct Job
    {
        std::string verb, subject;
        std::vector<std::string> instances; ///< held while it runs
        uid_t user = 0;
        bool cancellable = false;
        /// Cancels what holds the instances and waits for it, in place of failing with Busy: kill and forced delete.
        bool overrides = false;
        std::function<Result<Json>(Progress&)> work;                ///< on a worker
        std::function<void(const Operation&, int64_t ns)> finished; ///< on the loop
    };
    using Watcher = std::function<void(const Operation&)>;

    Operations(varlink::Loop& loop, Workers& workers) : m_loop(loop), m_workers(workers) {}
    ~Operations() { *m_alive = false; }
    Operations(const Operations&) = delete;
    Operations& operator=(const Operations&) = delete;

    /// The operation's id. It may have ended already.
    std::string begin(Job job);
    Status cancel(const std::string& id);
    [[nodiscard]] const Operation* find(const std::string& id) const;
    /// Those that run or ended less than 60 s ago, oldest first.
    [[nodiscard]] std::vector<const Operation*> all() const;
    void watch(Watcher watcher) { m_watchers.push_back(std::move(watcher)); }
    /// Calls with it when it has ended.
    void wait(const std::string& id, Watcher done);

    /// For short changes that are no operation of their own.
    [[nodiscard]] bool hold(const std::string& instance);
    void release(const std::string& instance);
    /// The verb of the operation that holds the instance, empty when none does.
    [[nodiscard]] std::string heldBy(const std::string& instance) const;
    /// Whether something of ours changes this instance, or did within the last five seconds: what a driver tells of a
    /// change can come after the change has ended. name: also of those whose id was not known when they began.
    [[nodiscard]] bool touched(const std::string& instance, const std::string& name) const;

private:
    class Reporter;
    struct Entry
    {
        Operation operation;
        Job job;
        std::shared_ptr<Reporter> reporter;
        std::vector<Watcher> waiting;
        int64_t begun = 0; ///< monotonic ns
    };
    [[nodiscard]] bool free(const Entry& entry) const;
    void run(Entry& entry);
    void ended(const std::string& id, Result<Json> result);
    void changed(const std::string& id);
    void startWaiting();
    void sweep();

    varlink::Loop& m_loop;
    Workers& m_workers;
    std::map<std::string, Entry> m_entries;
    std::vector<std::string> m_order;            ///< ids, oldest first
    std::map<std::string, std::string> m_holder; ///< instance -> operation, "" for a short change
    std::map<std::string, int64_t> m_released;   ///< instance -> Unix ms of the end of the last short change
    std::vector<Watcher> m_watchers;
    varlink::Source m_sweeper;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace diptych
