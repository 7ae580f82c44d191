// Follows record files as QEMU appends to them: one thread and one inotify descriptor for all machines.
#pragma once

#include "base/fd.h"
#include "machines/record.h"

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace diptych::machines {

class RecordWatcher final
{
public:
    /// New events of a machine, on the watcher's thread, without locks held.
    using Sink = std::function<void(const std::string& id, const std::vector<Arrival>& arrivals)>;

    explicit RecordWatcher(Sink sink);
    ~RecordWatcher();
    RecordWatcher(const RecordWatcher&) = delete;
    RecordWatcher& operator=(const RecordWatcher&) = delete;

    /// From byte offset on. Following what is followed already starts again.
    Status follow(const std::string& id, const std::string& path, size_t offset);
    void forget(const std::string& id);

private:
    struct Followed
    {
        std::string id, path, rest;
        UniqueFd file;
    };

    void run();
    void readNew(int watch, int64_t time);

    Sink m_sink;
    UniqueFd m_inotify, m_wake;
    std::mutex m_mutex;
    std::map<int, Followed> m_followed; ///< by watch descriptor
    std::thread m_thread;
};

} // namespace diptych::machines
