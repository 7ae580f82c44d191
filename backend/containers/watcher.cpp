#include "containers/watcher.h"

#include <array>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::containers {

Result<std::unique_ptr<Watcher>> Watcher::start(std::function<void(const std::string&)> ended)
{
    std::unique_ptr<Watcher> watcher(new Watcher(std::move(ended)));
    watcher->m_epoll.reset(::epoll_create1(EPOLL_CLOEXEC));
    watcher->m_stop.reset(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = watcher->m_stop.get();
    if (!watcher->m_epoll || !watcher->m_stop ||
        ::epoll_ctl(watcher->m_epoll.get(), EPOLL_CTL_ADD, watcher->m_stop.get(), &event) < 0)
        return failErrno("watch containers");
    watcher->m_thread = std::thread([raw = watcher.get()] { raw->work(); });
    return watcher;
}

Watcher::~Watcher()
{
    uint64_t one = 1;
    (void)!::write(m_stop.get(), &one, sizeof one);
    if (m_thread.joinable())
        m_thread.join();
}

Status Watcher::add(const std::string& id, int pid)
{
    UniqueFd fd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    if (!fd && errno == ESRCH)
        return fail(Code::NotFound, fmt::format("process {} has ended", pid));
    if (!fd)
        return failErrno("pidfd_open");
    std::lock_guard lock(m_mutex);
    if (auto old = m_fds.find(id); old != m_fds.end())
        m_ids.erase(old->second.get());
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd.get();
    if (::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd.get(), &event) < 0)
        return failErrno("watch a container");
    m_ids[fd.get()] = id;
    m_fds[id] = std::move(fd);
    return {};
}

void Watcher::remove(const std::string& id)
{
    std::lock_guard lock(m_mutex);
    auto found = m_fds.find(id);
    if (found == m_fds.end())
        return;
    m_ids.erase(found->second.get());
    m_fds.erase(found); // closing takes it out of the epoll set
}

void Watcher::work()
{
    std::array<epoll_event, 16> events{};
    for (;;) {
        int n = ::epoll_wait(m_epoll.get(), events.data(), events.size(), -1);
        for (int i = 0; i < n; ++i) {
            int fd = events.at(static_cast<size_t>(i)).data.fd;
            if (fd == m_stop.get())
                return;
            std::string id;
            {
                std::lock_guard lock(m_mutex);
                auto found = m_ids.find(fd);
                if (found == m_ids.end())
                    continue;
                id = found->second;
                m_ids.erase(found);
                m_fds.erase(id);
            }
            m_ended(id);
        }
    }
}

} // namespace diptych::containers
