#include "shell/watchdog.h"

#include <QDebug>
#include <QElapsedTimer>

#include <chrono>
#include <ctime>
#include <pthread.h>

namespace diptych::shell {

namespace {

qint64 cpuMilliseconds(clockid_t clock)
{
    timespec time{};
    return clock_gettime(clock, &time) == 0 ? qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000 : 0;
}

} // namespace

Watchdog::Watchdog(int threshold, QObject* parent) : QObject(parent), m_threshold(threshold)
{
    clockid_t clock = CLOCK_PROCESS_CPUTIME_ID;
    pthread_getcpuclockid(pthread_self(), &clock);
    m_thread = std::thread([this, clock] { watch(clock); });
}

Watchdog::~Watchdog()
{
    m_stop = true;
    m_thread.join();
}

Watchdog* Watchdog::fromEnvironment(QObject* parent)
{
    if (!qEnvironmentVariableIsSet("DIPTYCH_WATCHDOG"))
        return nullptr;
    bool isNumber = false;
    const int threshold = qEnvironmentVariableIntValue("DIPTYCH_WATCHDOG", &isNumber);
    return new Watchdog(isNumber && threshold > 1 ? threshold : 50, parent);
}

void Watchdog::forget()
{
    m_stalls = 0;
    m_worst = 0;
    m_worstBusy = 0;
}

void Watchdog::watch(clockid_t clock)
{
    using namespace std::chrono_literals;
    for (quint64 question = 1; !m_stop; ++question) {
        QElapsedTimer timer;
        timer.start();
        const qint64 busyBefore = cpuMilliseconds(clock);
        QMetaObject::invokeMethod(
            this, [this, question] { m_answered = question; }, Qt::QueuedConnection);
        while (!m_stop && m_answered < question)
            std::this_thread::sleep_for(1ms);
        if (!m_stop && timer.elapsed() > m_threshold)
            note(timer.elapsed(), cpuMilliseconds(clock) - busyBefore);
        std::this_thread::sleep_for(10ms);
    }
}

void Watchdog::note(qint64 wall, qint64 busy)
{
    ++m_stalls;
    m_worst = std::max<qint64>(m_worst, wall);
    m_worstBusy = std::max<qint64>(m_worstBusy, busy);
    qWarning("watchdog: the event loop did not answer for %lld ms (%lld ms of them busy)", static_cast<long long>(wall),
             static_cast<long long>(busy));
}

} // namespace diptych::shell
