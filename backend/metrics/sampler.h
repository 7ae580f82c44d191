// Rates and their recent history, for both kinds on one scale: counters of Driver::sample() and of the host's /proc,
// turned into what a chart shows. Kept in memory: the last 10 minutes at one sweep a second.
#pragma once

#include "instances/driver.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace diptych::metrics {

/// One instance at one moment. Rates are means over the time since the sweep before.
struct Point
{
    int64_t time = 0;         ///< Unix ms
    double cpu = 0;           ///< cores: 0.5 is half of one
    uint64_t memory = 0;      ///< bytes charged on the host
    uint64_t memoryGuest = 0; ///< bytes used as the guest says, 0 unknown
    uint64_t pids = 0;
    double readRate = 0, writeRate = 0;   ///< bytes per second, disk
    double receiveRate = 0, sendRate = 0; ///< bytes per second, network
    double throttled = 0;                 ///< 0..1: share of the time that it was held back by its CPU limit
    uint64_t oomKills = 0;                ///< since the start
};

/// /proc/pressure: share of the last 10 seconds that some (all) tasks waited. Source: kernel
/// Documentation/accounting/psi.rst
struct Pressure
{
    bool known = false;
    double cpuSome = 0, memorySome = 0, memoryFull = 0, ioSome = 0, ioFull = 0; ///< percent
};

struct HostPoint
{
    int64_t time = 0;          ///< Unix ms
    double cpu = 0;            ///< cores busy, all together
    std::vector<double> cores; ///< each core, 0..1; by number
    uint64_t memory = 0;       ///< bytes in use: MemTotal - MemAvailable
    uint64_t memoryTotal = 0, swap = 0, swapTotal = 0;
    double readRate = 0, writeRate = 0; ///< bytes per second over all whole disks
    double receiveRate = 0,
           sendRate = 0; ///< bytes per second over all physical interfaces; all but lo when there is none
    Pressure pressure;
};

/// Whether counters began anew between the two: then there is no point of them.
[[nodiscard]] bool ranBackwards(const Sample& before, const Sample& now);
/// Means over the time between two samples of one instance. time: of the point, Unix ms.
[[nodiscard]] Point pointBetween(const Sample& before, const Sample& now, int64_t time);

struct Sweep
{
    int64_t time = 0; ///< Unix ms
    HostPoint host;
    std::vector<std::pair<std::string, Point>> instances; ///< those that run; from their second sweep on
};

class Sampler final
{
public:
    static constexpr size_t historyLength = 600; ///< points

    /// proc: where to read the host's figures (tests).
    explicit Sampler(std::string proc = "/proc", std::string sys = "/sys");
    ~Sampler();
    Sampler(const Sampler&) = delete;
    Sampler& operator=(const Sampler&) = delete;

    /// The driver must outlive this. Before the first sweep.
    void addDriver(Driver& driver);
    /// Reads everything once and adds a point to each history. Blocks (libvirt), so from a worker thread, one at a
    /// time; the daemon's timer calls it each second. A counter that runs backwards (restarted instance) starts anew.
    Sweep sweep();

    /// Oldest first. Empty for an unknown id. Any thread.
    [[nodiscard]] std::vector<Point> history(const std::string& id) const;
    [[nodiscard]] std::vector<HostPoint> hostHistory() const;
    /// The newest point, time 0 when there is none. Any thread.
    [[nodiscard]] Point latest(const std::string& id) const;
    /// Instances that were deleted: their history goes. (Stopped ones keep theirs until it is 10 minutes old.)
    void forget(const std::string& id);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace diptych::metrics
