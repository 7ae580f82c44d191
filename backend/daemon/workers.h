// Threads for everything that can block: driver calls, files, databases. The pool grows while jobs wait behind stuck
// ones, up to a cap, and shrinks to nothing when idle.
#pragma once

#include "varlink/loop.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace diptych {

class Workers final
{
public:
    explicit Workers(varlink::Loop& loop, size_t cap = 64);
    /// Waits a few seconds for what runs. stuck() tells afterwards whether something still does: then the process
    /// has to end by _exit(), for that thread may come back to what is gone.
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    bool drain(std::chrono::milliseconds timeout);

    /// Any thread.
    void submit(std::function<void()> job);

    /// work runs on a worker, then done with its result on the loop. What belongs to the loop (a Call) is captured by
    /// done only: work is destroyed on the worker.
    template <typename Work, typename Done>
    void run(Work work, Done done)
    {
        using T = decltype(work());
        submit([this, work = std::make_shared<Work>(std::move(work)),
                done = std::make_shared<Done>(std::move(done))]() mutable {
            auto result = std::make_shared<T>((*work)());
            work.reset();
            // Moved, so that the loop's thread is the one that destroys it.
            m_loop.post([result, done = std::move(done)] { (*done)(std::move(*result)); });
        });
    }

private:
    struct State
    {
        std::mutex mutex;
        std::condition_variable changed;
        std::deque<std::pair<std::chrono::steady_clock::time_point, std::function<void()>>> jobs;
        size_t threads = 0, idle = 0, cap = 0;
        bool closing = false, watched = false;
    };
    static void body(const std::shared_ptr<State>& state);
    static void spawn(const std::shared_ptr<State>& state);
    /// The oldest job has waited so long that those who should take it seem stuck.
    static bool stuck(const State& state);
    void watchQueue();

    varlink::Loop& m_loop;
    varlink::Source m_watch; ///< while jobs wait
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

/// Jobs one after the other, on any worker. Any thread.
class Strand final
{
public:
    explicit Strand(Workers& workers) : m_workers(workers) {}
    void submit(std::function<void()> job);

private:
    struct State
    {
        std::mutex mutex;
        std::deque<std::function<void()>> jobs;
        bool running = false;
    };
    static void body(const std::shared_ptr<State>& state);

    Workers& m_workers;
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace diptych
