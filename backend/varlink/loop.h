// An sd-event loop with what a program on one thread needs: work posted from other threads, timers, watched
// descriptors. Everything but post() is called on the loop's thread.
#pragma once

#include "base/fd.h"
#include "base/result.h"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <systemd/sd-event.h>
#include <vector>

namespace diptych::varlink {

/// Owner of an event source: it is disabled and forgotten when this goes.
class Source final
{
public:
    Source() = default;
    Source(Source&& other) noexcept
        : m_source(std::exchange(other.m_source, nullptr)), m_state(std::move(other.m_state))
    {
    }
    Source& operator=(Source&& other) noexcept
    {
        reset();
        m_source = std::exchange(other.m_source, nullptr);
        m_state = std::move(other.m_state);
        return *this;
    }
    ~Source() { reset(); }
    void reset();
    explicit operator bool() const { return m_source != nullptr; }
    [[nodiscard]] sd_event_source* get() const { return m_source; }

private:
    friend class Loop;
    sd_event_source* m_source = nullptr;
    std::shared_ptr<void> m_state; ///< the callback
};

class Loop final
{
public:
    static Result<std::unique_ptr<Loop>> make();
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    /// Any thread: runs work on the loop's thread, in order. Work posted after the loop ended is destroyed unrun.
    void post(std::function<void()> work);
    Result<Source> watch(int fd, uint32_t events, std::function<void(uint32_t revents)> ready);
    /// Calls again and again, period apart.
    Result<Source> every(std::chrono::milliseconds period, std::function<void()> work);
    Result<Source> after(std::chrono::milliseconds delay, std::function<void()> work);
    /// The signal must be blocked in every thread.
    Result<Source> onSignal(int signal, std::function<void()> work);

    /// Until quit().
    Status run();
    void quit();
    [[nodiscard]] sd_event* event() const { return m_event; }

private:
    Loop() = default;
    void runPosted();

    sd_event* m_event = nullptr;
    UniqueFd m_wake;
    Source m_wakeSource;
    std::mutex m_mutex;
    std::vector<std::function<void()>> m_posted;
};

/// Changes what a source from Loop::watch waits for.
void setEvents(const Source& source, uint32_t events);

} // namespace diptych::varlink
