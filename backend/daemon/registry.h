// Every instance of every driver as it was last seen, and who wants to know of changes. Loop's thread only; what blocks
// is asked on workers.
#pragma once

#include "daemon/workers.h"
#include "instances/driver.h"

#include <map>
#include <set>

namespace diptych {

class Registry final
{
public:
    struct Entry
    {
        Instance instance;
        Driver* driver = nullptr;

        /// As it goes over the wire; made when it is first wanted.
        [[nodiscard]] const Json& json() const;

    private:
        friend class Registry;
        mutable Json m_json;
    };
    /// before is null for a new instance, after for one that went.
    using Watcher = std::function<void(const Instance* before, const Instance* after)>;

    Registry(varlink::Loop& loop, Workers& workers) : m_loop(loop), m_workers(workers) {}
    Registry(const Registry&) = delete;
    Registry& operator=(const Registry&) = delete;
    ~Registry();

    /// The driver must outlive this.
    void add(Driver& driver);
    void start();
    /// Work that needs the first lists: at once when they are there, else when they are, or after 5 seconds.
    [[nodiscard]] bool isReady() const { return m_ready; }
    void whenReady(std::function<void()> work);
    void watch(Watcher watcher) { m_watchers.push_back(std::move(watcher)); }

    [[nodiscard]] const std::map<std::string, Entry>& all() const { return m_entries; }
    [[nodiscard]] const Entry* find(const std::string& id) const;
    /// Of this machine: names of other connections' are nobody's concern here.
    [[nodiscard]] const Entry* findName(const std::string& name) const;
    [[nodiscard]] Driver* driver(Kind kind) const;
    /// Why the kind's instances can't be listed; empty when they can.
    [[nodiscard]] std::string problem(Kind kind) const;
    /// Reads one instance again.
    void refresh(const std::string& id);
    /// What a driver has just made: seen at once, before its listener says so.
    void put(Driver& driver, Instance instance);

private:
    struct Source
    {
        Driver* driver = nullptr;
        bool listed = false, listing = false, again = false;
        std::set<std::string> touched; ///< changed while the list was being read: what it says of them may be old
        std::string problem;
    };
    void refreshFrom(Driver& driver, const std::string& id);
    void list(size_t index);
    void take(Driver& driver, std::vector<Instance> changed, const std::vector<std::string>& gone);
    void store(Driver& driver, Instance instance);
    void touch(const Driver& driver, const std::string& id);
    void listed(size_t index, Result<std::vector<Instance>> result);
    void remove(const std::string& id);
    void checkReady(bool giveUp);

    varlink::Loop& m_loop;
    Workers& m_workers;
    std::vector<Source> m_sources;
    std::map<std::string, Entry> m_entries;
    std::vector<Watcher> m_watchers;
    std::map<std::string, bool> m_refreshing; ///< id -> changed again meanwhile
    std::vector<std::function<void()>> m_waiting;
    bool m_ready = false;
    int m_ticks = 0;
    varlink::Source m_timer, m_deadline;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace diptych
