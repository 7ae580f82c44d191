#include "daemon/workers.h"

#include <csignal>
#include <thread>

namespace diptych {

static constexpr size_t normally = 6; ///< threads before we ask whether those that are there are stuck
static constexpr size_t spare = 2;    ///< threads that wait for the next job; the sweep of each second takes two
static constexpr auto patience = std::chrono::milliseconds(50);
static constexpr auto idleTime = std::chrono::seconds(10);

Workers::Workers(varlink::Loop& loop, size_t cap) : m_loop(loop)
{
    m_state->cap = cap;
}

Workers::~Workers()
{
    *m_alive = false;
    drain(std::chrono::seconds(5));
}

bool Workers::drain(std::chrono::milliseconds timeout)
{
    decltype(m_state->jobs) dropped; // destroyed without the lock
    std::unique_lock lock(m_state->mutex);
    m_state->closing = true;
    dropped.swap(m_state->jobs);
    m_state->changed.notify_all();
    return m_state->changed.wait_for(lock, timeout, [this] { return m_state->threads == 0; });
}

void Workers::spawn(const std::shared_ptr<State>& state)
{
    ++state->threads;
    // Signals belong to the loop's thread: the mask is inherited from it, all blocked.
    std::thread([state] { body(state); }).detach();
}

bool Workers::stuck(const State& state)
{
    return !state.closing && !state.jobs.empty() && state.idle == 0 && state.threads < state.cap &&
           std::chrono::steady_clock::now() - state.jobs.front().first > patience;
}

void Workers::submit(std::function<void()> job)
{
    std::lock_guard lock(m_state->mutex);
    if (m_state->closing)
        return;
    m_state->jobs.emplace_back(std::chrono::steady_clock::now(), std::move(job));
    if (m_state->jobs.size() > m_state->idle && m_state->threads < normally)
        spawn(m_state);
    else if (m_state->jobs.size() > m_state->idle && !std::exchange(m_state->watched, true))
        m_loop.post([this, alive = m_alive] {
            if (*alive)
                watchQueue();
        });
    m_state->changed.notify_one();
}

void Workers::watchQueue()
{
    auto timer = m_loop.every(std::chrono::milliseconds(100), [this] {
        std::lock_guard lock(m_state->mutex);
        if (stuck(*m_state))
            spawn(m_state);
        if (!m_state->jobs.empty())
            return;
        m_state->watched = false;
        m_watch.reset();
    });
    if (timer)
        m_watch = std::move(*timer);
}

void Workers::body(const std::shared_ptr<State>& state)
{
    std::unique_lock lock(state->mutex);
    while (!state->closing) {
        if (state->jobs.empty()) {
            if (state->idle >= spare)
                break;
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
        if (stuck(*state)) // the one taken now may get stuck as well: somebody else for the next
            spawn(state);
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
