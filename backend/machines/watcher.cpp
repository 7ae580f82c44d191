#include "machines/watcher.h"

#include "base/clock.h"
#include "base/files.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace diptych::machines {

constexpr size_t longestLine = 65536; // a guest that writes no newline gets no further

RecordWatcher::RecordWatcher(Sink sink)
    : m_sink(std::move(sink)),
      m_inotify(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)),
      m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    m_thread = std::thread([this] { run(); });
}

RecordWatcher::~RecordWatcher()
{
    uint64_t one = 1;
    (void)!write(m_wake.get(), &one, sizeof one);
    m_thread.join();
}

Status RecordWatcher::follow(const std::string& id, const std::string& path, size_t offset)
{
    forget(id);
    UniqueFd file = TRY(openFile(path, O_RDONLY | O_NOFOLLOW));
    if (lseek(file.get(), static_cast<off_t>(offset), SEEK_SET) < 0)
        return failErrno(path);
    int watch;
    {
        std::lock_guard lock(m_mutex);
        watch = inotify_add_watch(m_inotify.get(), path.c_str(), IN_MODIFY);
        if (watch < 0)
            return failErrno(fmt::format("watch {}", path));
        m_followed[watch] = Followed{id, path, {}, std::move(file)};
    }
    return {};
}

void RecordWatcher::forget(const std::string& id)
{
    std::lock_guard lock(m_mutex);
    for (auto it = m_followed.begin(); it != m_followed.end(); ++it) {
        if (it->second.id != id)
            continue;
        inotify_rm_watch(m_inotify.get(), it->first);
        m_followed.erase(it);
        return;
    }
}

void RecordWatcher::readNew(int watch, int64_t time)
{
    std::string id;
    std::vector<Arrival> arrivals;
    {
        std::lock_guard lock(m_mutex);
        auto found = m_followed.find(watch);
        if (found == m_followed.end())
            return;
        Followed& followed = found->second;
        char chunk[4096];
        for (ssize_t size; (size = read(followed.file.get(), chunk, sizeof chunk)) > 0;)
            followed.rest.append(chunk, static_cast<size_t>(size));
        size_t consumed = 0;
        for (RecordEvent& event : parseRecord(followed.rest, consumed))
            arrivals.push_back({std::move(event), time});
        followed.rest.erase(0, consumed);
        if (followed.rest.size() > longestLine)
            followed.rest.clear();
        id = followed.id;
    }
    if (!arrivals.empty())
        m_sink(id, arrivals);
}

void RecordWatcher::run()
{
    for (;;) {
        pollfd fds[] = {{m_inotify.get(), POLLIN, 0}, {m_wake.get(), POLLIN, 0}};
        if (poll(fds, 2, -1) < 0 && errno != EINTR)
            return;
        if (fds[1].revents)
            return;
        int64_t time = monotonicNanoseconds();
        alignas(inotify_event) char buffer[16384];
        ssize_t size = read(m_inotify.get(), buffer, sizeof buffer);
        for (ssize_t at = 0; at < size;) {
            const auto* event = reinterpret_cast<const inotify_event*>(buffer + at);
            readNew(event->wd, time);
            at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
        }
    }
}

} // namespace diptych::machines
