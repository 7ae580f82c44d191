// Control groups, v2 (the main road) and v1 or hybrid. One object is one group over all hierarchies that matter.
// Source: kernel Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/. No state but descriptors; any thread, except
// moves.
#pragma once

#include "base/fd.h"
#include "base/result.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diptych::cgroups {

enum class Mode { Unified, Hybrid, Legacy, None };

/// Where which controller is mounted, read from /proc/self/mountinfo and /proc/self/cgroup once per object.
struct Hierarchies
{
    Mode mode = Mode::None;
    std::string unified;                            ///< mount point of cgroup2, empty when none
    std::vector<std::string> unifiedControllers;    ///< those that v2 has
    std::map<std::string, std::string> controllers; ///< v1: "memory" -> "/sys/fs/cgroup/memory"; "name=systemd" too
    std::map<std::string, std::string> roots; ///< root of each mount when it is not "/" (cgroup namespace, bind mount)
};
/// From the text of mountinfo alone; without unifiedControllers.
Hierarchies hierarchiesFrom(std::string_view mountinfo, const std::string& filesystems = "/sys/fs/cgroup");
Result<Hierarchies> findHierarchies(const std::string& mountinfo = "/proc/self/mountinfo",
                                    const std::string& filesystems = "/sys/fs/cgroup");

/// What to limit, in v2's terms; absent members are left alone. v1 gets the nearest: see README.
struct Resources
{
    std::optional<int64_t> cpuQuota;   ///< µs per period, -1 no limit (cpu.max, cpu.cfs_quota_us)
    std::optional<uint64_t> cpuPeriod; ///< µs
    std::optional<uint64_t> cpuBurst;
    std::optional<uint64_t> cpuShares; ///< v1 shares 2..262144, converted to cpu.weight
    std::optional<uint64_t> cpuWeight; ///< 1..10000
    std::optional<bool> cpuIdle;
    std::optional<int64_t> realtimeRuntime; ///< µs; v1 only
    std::optional<uint64_t> realtimePeriod; ///< µs; v1 only
    std::optional<std::string> cpusetCpus, cpusetMems;
    std::optional<int64_t> memoryMax;  ///< bytes, -1 no limit
    std::optional<int64_t> memorySwap; ///< OCI: memory + swap, -1 no limit
    std::optional<int64_t> memoryLow, memoryHigh, memoryMin;
    std::optional<uint64_t> swappiness;     ///< 0..100; v1 only
    std::optional<int64_t> kernelTcpMemory; ///< bytes; v1 only
    bool oomKillOff = false;                ///< v1 only
    bool checkMemory = false;               ///< refuse a memoryMax below what is in use
    std::optional<int64_t> pidsMax;         ///< -1 no limit
    std::optional<uint64_t> ioWeight;
    struct Throttle
    {
        uint64_t major, minor;
        std::optional<uint64_t> readBps, writeBps, readIops, writeIops;
    };
    std::vector<Throttle> ioMax;
    struct DeviceWeight
    {
        uint64_t major, minor, weight; ///< weight: 1..10000
    };
    std::vector<DeviceWeight> ioDeviceWeights;
    std::optional<uint32_t> networkClass;              ///< net_cls, v1 only
    std::map<std::string, uint32_t> networkPriorities; ///< net_prio, v1 only
    std::map<std::string, std::string> rdma;           ///< device -> "hca_handle=2 hca_object=2000"
    std::map<std::string, uint64_t> hugetlb;           ///< page size "2MB" -> bytes
    std::map<std::string, std::string> unified;        ///< file name -> content, v2 only
    struct DeviceRule
    {
        bool allow;
        char type;                           ///< 'a', 'b', 'c'
        std::optional<int64_t> major, minor; ///< absent: all
        std::string access;                  ///< of "rwm"
    };
    std::vector<DeviceRule> devices; ///< in order, the last that matches wins; empty: leave alone
};

/// Counters as they stand in the files; 0 where the machine has no such controller.
struct Statistics
{
    uint64_t cpuNanoseconds = 0, throttledNanoseconds = 0, throttledPeriods = 0, periods = 0;
    uint64_t memory = 0, memoryPeak = 0, memoryMax = 0 /* 0: none */, memoryFile = 0;
    uint64_t pids = 0, pidsMax = 0 /* 0: none */;
    uint64_t readBytes = 0, writtenBytes = 0;
    uint64_t oomKills = 0;
};

/// rmdir on the directories of a group (Cgroup::directories()) that should have ended: the quick end of most groups.
/// False when one has processes or groups left: remove() takes those too.
bool removeEmpty(const std::map<std::string, std::string>& directories);

/// path: "/diptych/<id>", below the root of every hierarchy (below our own cgroup's root in a cgroup namespace).
class Cgroup final
{
public:
    /// Makes the group in every hierarchy, enabling controllers on the way down in v2. Existing groups are taken as
    /// they are.
    static Result<Cgroup> create(const Hierarchies& hierarchies, const std::string& path);
    /// NotFound when no hierarchy has it.
    static Result<Cgroup> open(const Hierarchies& hierarchies, const std::string& path);

    Cgroup(Cgroup&& other) noexcept;
    Cgroup& operator=(Cgroup&& other) noexcept;

    [[nodiscard]] const std::string& path() const { return m_path; }
    /// create() made it: in no hierarchy was it there before.
    [[nodiscard]] bool fresh() const;
    /// Takes away what create() made, where nobody and nothing is in it yet: the group was not for us.
    void unmake() const;
    /// Absolute directories, by controller ("" for the unified one): for state.json and evidence.
    [[nodiscard]] const std::map<std::string, std::string>& directories() const { return m_directories; }
    /// For clone3(CLONE_INTO_CGROUP); -1 when the unified hierarchy is not what carries the controllers.
    [[nodiscard]] int unifiedFd() const;

    Status attach(pid_t pid) const;
    Status apply(const Resources& resources) const;
    Status freeze() const; ///< returns when it is frozen, TimedOut after 2 s
    Status thaw() const;
    [[nodiscard]] Result<bool> frozen() const;
    /// Everything below. cgroup.kill; v1: freeze, SIGKILL, thaw (also on every error path), until empty.
    Status killAll() const;
    [[nodiscard]] Result<std::vector<pid_t>> processes() const; ///< with sub-groups
    /// rmdir from the leaves up, with a short wait for processes that are still going; a missing group is no error.
    Status remove() const;
    /// Counters leaves out peak, limits and memoryFile: less than half the cost. Changes, for the sampler's sweep,
    /// reads of a group none of whose tasks ran since the call before only what changes without them (memory, disk),
    /// nine times of ten: half of that again. A task moved in from outside is counted with its first time slice.
    enum class Detail { All, Counters, Changes };
    /// What the reader of many groups knows before it reads one: that nobody's figures moved since round - 1.
    struct Still
    {
        uint64_t round = 0; ///< 0: nothing is known
        bool memory = false, io = false;
    };
    /// Keeps its files open and uses pread: cheap enough for 1,000 groups a second. NotFound once the group is gone.
    [[nodiscard]] Result<Statistics> statistics(Detail detail, const Still& still) const;
    [[nodiscard]] Result<Statistics> statistics(Detail detail = Detail::All) const { return statistics(detail, {}); }

    /// Where a controller's files of this group are.
    struct Place
    {
        int fd = -1; ///< directory; -1: this machine has no such controller
        bool v2 = false;
    };
    /// "devices" and "freezer", which v2 has no controller for, answer with the unified directory when v1 has none.
    [[nodiscard]] Place place(const std::string& controller) const;

    ~Cgroup();

private:
    class Files; ///< open statistics files
    Cgroup();
    static Cgroup at(const Hierarchies& hierarchies, const std::string& path);
    Status openDirectories();
    [[nodiscard]] std::vector<int> uniqueFds() const;

    std::string m_path;
    Mode m_mode = Mode::None;
    std::vector<std::string> m_made; ///< directories that create() made, from the top down
    std::map<std::string, std::string> m_directories;
    std::map<std::string, UniqueFd> m_fds;
    std::string m_freezerMount;                    ///< v1: to thaw what sits frozen in somebody else's group
    std::vector<std::string> m_unifiedControllers; ///< enabled in this very group
    std::unique_ptr<Files> m_files;
};

} // namespace diptych::cgroups
