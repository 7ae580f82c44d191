#include "daemon/workers.h"

#include <csignal>
#include <thread>

namespace diptych {

static constexpr size_t normally = 6; ///< threads before we ask whether those that are there are stuck
static constexpr auto patience = std::chrono::milliseconds(50);
static constexpr auto idleTime = std::chrono::seconds(10);

Workers::Workers(varlink::Loop& loop, size_t cap) : m_loop(loop), m_cap(cap) {}

Workers::~Workers()
{
    drain(std::chrono::seconds(5));
}

bool Workers::drain(std::chrono::milliseconds timeout)
{
    std::unique_lock lock(m_state->mutex);
    m_state->closing = true;
    m_state->jobs.clear();
    m_state->changed.notify_all();
    return m_state->changed.wait_for(lock, timeout, [this] { return m_state->threads == 0; });
}

void Workers::submit(std::function<void()> job)
{
    std::lock_guard lock(m_state->mutex);
    if (m_state->closing)
        return;
    auto now = std::chrono::steady_clock::now();
    m_state->jobs.emplace_back(now, std::move(job));
    if (m_state->jobs.size() <= m_state->idle) {
        m_state->changed.notify_one();
        return;
    }
    bool waits = now - m_state->jobs.front().first > patience;
    if (m_state->threads < normally || (waits && m_state->threads < m_cap)) {
        ++m_state->threads;
        // Signals belong to the loop's thread: the mask is inherited from it, all blocked.
        std::thread([state = m_state] { body(state); }).detach();
    }
    m_state->changed.notify_one();
}

void Workers::body(const std::shared_ptr<State>& state)
{
    std::unique_lock lock(state->mutex);
    while (!state->closing) {
        if (state->jobs.empty()) {
            ++state->idle;
            bool timedOut =
                !state->changed.wait_for(lock, idleTime, [&] { return state->closing || !state->jobs.empty(); });
            --state->idle;
            if (timedOut)
                break;
            continue;
        }
        auto job = std::move(state->jobs.front().second);
        state->jobs.pop_front();
        lock.unlock();
        job();
        job = nullptr;
        lock.lock();
    }
    --state->threads;
    state->changed.notify_all();
}

void Strand::submit(std::function<void()> job)
{
    std::lock_guard lock(m_state->mutex);
    m_state->jobs.push_back(std::move(job));
    if (m_state->running)
        return;
    m_state->running = true;
    m_workers.submit([state = m_state] { body(state); });
}

void Strand::body(const std::shared_ptr<State>& state)
{
    std::unique_lock lock(state->mutex);
    while (!state->jobs.empty()) {
        auto job = std::move(state->jobs.front());
        state->jobs.pop_front();
        lock.unlock();
        job();
        job = nullptr;
        lock.lock();
    }
    state->running = false;
}

} // namespace diptych
