#include "varlink/loop.h"

#include "base/log.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace diptych::varlink {

namespace {
struct Watch
{
    std::function<void(uint32_t)> ready;
};
struct Timer
{
    std::function<void()> work;
    uint64_t period = 0; ///< microseconds; 0: once
};

int onWatch(sd_event_source* /*source*/, int /*fd*/, uint32_t revents, void* data)
{
    // A copy: the callback may destroy its own source.
    auto ready = static_cast<Watch*>(data)->ready;
    ready(revents);
    return 0;
}

int onTimer(sd_event_source* source, uint64_t usec, void* data)
{
    auto* timer = static_cast<Timer*>(data);
    if (timer->period) {
        uint64_t now = usec;
        sd_event_now(sd_event_source_get_event(source), CLOCK_MONOTONIC, &now);
        // From now, not from the last time: after a suspension there is no storm of missed ticks.
        sd_event_source_set_time(source, std::max(usec + timer->period, now));
        sd_event_source_set_enabled(source, SD_EVENT_ON);
    }
    auto work = timer->work;
    work();
    return 0;
}

int onSignalEvent(sd_event_source* /*source*/, const struct signalfd_siginfo* /*info*/, void* data)
{
    auto work = *static_cast<std::function<void()>*>(data);
    work();
    return 0;
}

Result<void> check(int result, const char* what)
{
    if (result < 0)
        return tl::unexpected<Error>(systemError(-result, what));
    return {};
}
} // namespace

void Source::reset()
{
    if (m_source)
        sd_event_source_disable_unref(m_source);
    m_source = nullptr;
    m_state.reset();
}

Result<std::unique_ptr<Loop>> Loop::make()
{
    std::unique_ptr<Loop> loop(new Loop);
    TRY(check(sd_event_new(&loop->m_event), "making an event loop"));
    loop->m_wake.reset(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!loop->m_wake)
        return failErrno("making an eventfd");
    Loop* raw = loop.get();
    loop->m_wakeSource = TRY(loop->watch(loop->m_wake.get(), EPOLLIN, [raw](uint32_t) { raw->runPosted(); }));
    return loop;
}

Loop::~Loop()
{
    m_wakeSource.reset();
    sd_event_unref(m_event);
}

void Loop::post(std::function<void()> work)
{
    std::lock_guard lock(m_mutex);
    m_posted.push_back(std::move(work));
    if (m_posted.size() == 1)
        (void)eventfd_write(m_wake.get(), 1);
}

void Loop::runPosted()
{
    eventfd_t count = 0;
    std::vector<std::function<void()>> work;
    {
        std::lock_guard lock(m_mutex);
        (void)eventfd_read(m_wake.get(), &count);
        work.swap(m_posted);
    }
    for (auto& one : work)
        one();
}

Result<Source> Loop::watch(int fd, uint32_t events, std::function<void(uint32_t)> ready)
{
    auto state = std::make_shared<Watch>(Watch{std::move(ready)});
    Source source;
    TRY(check(sd_event_add_io(m_event, &source.m_source, fd, events, onWatch, state.get()), "watching a descriptor"));
    source.m_state = std::move(state);
    return source;
}

static Result<sd_event_source*> addTimer(sd_event* event, std::chrono::milliseconds delay, Timer* timer)
{
    sd_event_source* source = nullptr;
    uint64_t usec = static_cast<uint64_t>(delay.count()) * 1000;
    // An accuracy below the period lets the kernel gather wake-ups.
    uint64_t accuracy = std::min<uint64_t>(usec / 20 + 1000, 50000);
    TRY(check(sd_event_add_time_relative(event, &source, CLOCK_MONOTONIC, usec, accuracy, onTimer, timer),
              "adding a timer"));
    return source;
}

Result<Source> Loop::every(std::chrono::milliseconds period, std::function<void()> work)
{
    auto state = std::make_shared<Timer>(Timer{std::move(work), static_cast<uint64_t>(period.count()) * 1000});
    Source source;
    source.m_source = TRY(addTimer(m_event, period, state.get()));
    source.m_state = std::move(state);
    return source;
}

Result<Source> Loop::after(std::chrono::milliseconds delay, std::function<void()> work)
{
    auto state = std::make_shared<Timer>(Timer{std::move(work), 0});
    Source source;
    source.m_source = TRY(addTimer(m_event, delay, state.get()));
    source.m_state = std::move(state);
    return source;
}

Result<Source> Loop::onSignal(int signal, std::function<void()> work)
{
    auto state = std::make_shared<std::function<void()>>(std::move(work));
    Source source;
    TRY(check(sd_event_add_signal(m_event, &source.m_source, signal, onSignalEvent, state.get()),
              "waiting for a signal"));
    source.m_state = std::move(state);
    return source;
}

Status Loop::run()
{
    return check(sd_event_loop(m_event), "running the event loop");
}
void Loop::quit()
{
    sd_event_exit(m_event, 0);
}

void setEvents(const Source& source, uint32_t events)
{
    if (source)
        sd_event_source_set_io_events(source.get(), events);
}

} // namespace diptych::varlink
