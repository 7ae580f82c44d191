// Watches from a thread of its own whether the GUI thread's event loop answers. A stall is counted in wall time and in
// CPU time of the GUI thread, to tell our own work from a machine that had no time for us.
#pragma once

#include <QObject>

#include <atomic>
#include <thread>

namespace diptych::shell {

class Watchdog final : public QObject
{
    Q_OBJECT
public:
    /// Watches the thread it is made on; threshold in ms.
    explicit Watchdog(int threshold, QObject* parent = nullptr);
    ~Watchdog() override;

    /// Made when DIPTYCH_WATCHDOG is set (to the threshold in ms, else 50); null otherwise.
    static Watchdog* fromEnvironment(QObject* parent);

    [[nodiscard]] int stalls() const { return m_stalls; }
    [[nodiscard]] qint64 worst() const { return m_worst; }         ///< ms of wall time
    [[nodiscard]] qint64 worstBusy() const { return m_worstBusy; } ///< ms of CPU time within one stall
    void forget();                                                 ///< begins to count anew

private:
    void watch(clockid_t clock);
    void note(qint64 wall, qint64 busy);

    int m_threshold;
    std::atomic<quint64> m_answered = 0;
    std::atomic<int> m_stalls = 0;
    std::atomic<qint64> m_worst = 0;
    std::atomic<qint64> m_worstBusy = 0;
    std::atomic<bool> m_stop = false;
    std::thread m_thread;
};

} // namespace diptych::shell
