// Waits for processes that are not our children to end: one thread, one pidfd each.
#pragma once

#include "base/fd.h"

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace diptych::containers {

class Watcher final
{
public:
    /// ended is called from the watcher's thread, once per add().
    static Result<std::unique_ptr<Watcher>> start(std::function<void(const std::string& id)> ended);
    ~Watcher();
    Watcher(const Watcher&) = delete;
    Watcher& operator=(const Watcher&) = delete;

    /// Also right when the process has ended already. Replaces an earlier one of the same id.
    Status add(const std::string& id, int pid);
    void remove(const std::string& id);

private:
    explicit Watcher(std::function<void(const std::string&)> ended) : m_ended(std::move(ended)) {}
    void work();

    std::function<void(const std::string&)> m_ended;
    UniqueFd m_epoll, m_stop;
    std::mutex m_mutex;
    std::map<std::string, UniqueFd> m_fds;
    std::map<int, std::string> m_ids;
    std::thread m_thread;
};

} // namespace diptych::containers
