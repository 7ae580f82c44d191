#include "machines/console_sizes.h"

#include <algorithm>

namespace diptych::machines {

ConsoleSizes::ConsoleSizes(Tell tell) : m_tell(std::move(tell)), m_thread([this] { run(); }) {}

ConsoleSizes::~ConsoleSizes()
{
    {
        std::lock_guard lock(m_mutex);
        m_quit = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void ConsoleSizes::want(const std::string& id, ConsoleSize size)
{
    std::lock_guard lock(m_mutex);
    m_wanted[id] = Wanted{size, true};
    m_wake.notify_all();
}

void ConsoleSizes::listens(const std::string& id)
{
    std::lock_guard lock(m_mutex);
    if (auto found = m_wanted.find(id); found != m_wanted.end())
        found->second.due = true;
    m_wake.notify_all();
}

void ConsoleSizes::forget(const std::string& id)
{
    std::lock_guard lock(m_mutex);
    m_wanted.erase(id);
}

void ConsoleSizes::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_quit) {
        auto next = std::find_if(m_wanted.begin(), m_wanted.end(), [](const auto& one) { return one.second.due; });
        if (next == m_wanted.end()) {
            m_wake.wait(lock);
            continue;
        }
        std::string id = next->first;
        ConsoleSize size = next->second.size;
        next->second.due = false;
        lock.unlock();
        bool taken = m_tell(id, size);
        lock.lock();
        auto now = m_wanted.find(id);
        if (taken && now != m_wanted.end() && now->second.size == size)
            m_wanted.erase(now);
    }
}

} // namespace diptych::machines
