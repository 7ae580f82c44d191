// What the helper asks of both kinds. containers/ and machines/ implement it; the daemon knows nothing else of them
// when it does what both kinds do.
//
// Threads: every method may block and is called from worker threads, several at once; calls for different instances
// must not wait for each other longer than a map lookup. The daemon never runs two changing operations on one instance
// at once. The listener is called from any thread, without locks held.
#pragma once

#include "base/fd.h"
#include "base/json.h"
#include "instances/instance.h"

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace diptych {

/// How long work tells what it does, and learns that it should stop.
class Progress
{
public:
    virtual ~Progress() = default;
    /// step: stable word for translation ("unpackLayer", "buildDisk", "defineDomain", "boot" ...); fraction 0..1, < 0
    /// unknown.
    virtual void report(std::string_view step, double fraction, std::string_view detail) = 0;
    /// Bytes that were moved and are to be moved, by layer or file. total 0: unknown.
    struct Part
    {
        std::string name;
        uint64_t done = 0, total = 0;
    };
    virtual void amounts(const std::vector<Part>& /*parts*/) {}
    [[nodiscard]] virtual bool cancelled() const = 0;
};

/// What a container wrote over its image's layers: directories of overlayfs, and the host's numbers for its users.
struct WritableLayer
{
    std::string upper;
    std::vector<std::string> lower; ///< top first
    uint32_t idBase = 0, idCount = 0;
    std::vector<std::string> mountPoints; ///< empty files that were made to mount something on: no change of anybody's
};

struct TerminalRequest
{
    int columns = 80, rows = 24;
    std::vector<std::string>
        command;         ///< container: what to exec; empty: the user's shell, else /bin/sh. Machines: must be empty
    std::string user;    ///< container: empty is the spec's
    std::string session; ///< not empty: attach to this running session again
};

/// A terminal as a stream. fd carries the raw bytes both ways, starting with what should be shown again (at most
/// 64 KiB); closing it detaches. The session goes on until its program ends.
struct Terminal
{
    std::string session;
    UniqueFd fd;
    std::function<Status(int columns, int rows)> resize; ///< any thread, does not block for long
};

struct TerminalSession
{
    std::string
        session; ///< "console" for a machine's serial console, "main" for a container's own pty, else an exec's id
    std::string command;
    int64_t startedAt = 0;
};

struct Process
{
    int pid = 0;       ///< on the host; 0 when the host can't see it
    int insidePid = 0; ///< as the instance numbers it
    std::string command;
    std::string user; ///< numeric uid inside
    uint64_t memory = 0;
    double cpuSeconds = 0;
};

/// A wall that a throw-away copy of an instance can be made without.
struct WallChoice
{
    std::string name;    ///< as api/org.diptych.Walls.varlink calls it
    std::string missing; ///< why it can't be taken down, empty when it can
};

class Driver
{
public:
    /// An instance appeared, changed or disappeared: read it again. Empty: everything may have.
    using Listener = std::function<void(const std::string& id)>;

    virtual ~Driver() = default;
    [[nodiscard]] virtual Kind kind() const = 0;
    virtual void setListener(Listener listener) = 0;
    /// Instances as they are now, in the place of reading each again; and ids of those that went. For drivers that are
    /// told of many at once and know them without asking.
    using Teller = std::function<void(std::vector<Instance> changed, const std::vector<std::string>& gone)>;
    virtual void setTeller(Teller /*teller*/) {}

    /// Finds again what is there: the first call after a restart adopts everything that runs, finishes or rolls back
    /// what an earlier helper left half made, and picks up exit records.
    virtual Result<std::vector<Instance>> list() = 0;
    virtual Result<Instance> describe(const std::string& id) = 0;

    /// Leaves nothing behind when it fails, is cancelled, or the helper dies on the way (rolled back by list()).
    virtual Result<Instance> create(const std::string& id, const InstanceSpec& spec, Progress& progress) = 0;
    /// Returns when the entry point runs (container) or QEMU runs (machine; the timeline completes later).
    virtual Status start(const std::string& id, Progress& progress) = 0;
    /// SIGTERM or the image's StopSignal; ACPI and the guest channel. After the time-out by force.
    virtual Status stop(const std::string& id, std::chrono::milliseconds timeout, Progress& progress) = 0;
    virtual Status kill(const std::string& id, int signal) = 0; ///< machines: any signal is a power-off
    virtual Status pause(const std::string& id) = 0;
    virtual Status resume(const std::string& id) = 0;
    virtual Status rename(const std::string& id, const std::string& name) = 0;
    /// Stopped or broken only. deleteDisk false keeps the writable layer or disk of an unmanaged domain.
    virtual Status remove(const std::string& id, bool deleteDisk) = 0;
    /// What remove would delete and what would stay: absolute paths.
    virtual Result<std::pair<std::vector<std::string>, std::vector<std::string>>>
    removalPlan(const std::string& id) = 0;
    /// Kept for the next start, and applied at once when it runs.
    virtual Status setLimits(const std::string& id, const Limits& limits) = 0;
    virtual Status setTwin(const std::string& id, const std::string& twin) = 0;

    virtual Result<Terminal> openTerminal(const std::string& id, const TerminalRequest& request) = 0;
    virtual Result<std::vector<TerminalSession>> terminals(const std::string& id) = 0;
    /// The last bytes of its output, at most 1 MiB.
    virtual Result<std::string> log(const std::string& id, size_t bytes) = 0;
    virtual Result<Timeline> timeline(const std::string& id) = 0;
    virtual Result<std::vector<Process>> processes(const std::string& id) = 0;
    /// config.json, pretty; or the domain's XML.
    virtual Result<std::string> configuration(const std::string& id) = 0;
    /// What create() would write for this spec, in the form of configuration(), without writing or reserving anything.
    virtual Result<std::string> preview(const InstanceSpec& spec) = 0;
    /// What diptych-guest says from inside; guest/README.md has the shape. WrongState when it does not run.
    virtual Result<Json> probe(const std::string& id) = 0;
    /// What only the host knows, for isolation/: {"cgroup": {...}, "process": {...}, "network": {...}, "disk": {...},
    /// "domain": {...}}.
    virtual Result<Json> hostFacts(const std::string& id) = 0;
    /// NotSupported for machines: what they wrote is inside their disk.
    virtual Result<WritableLayer> writableLayer(const std::string& /*id*/)
    {
        return fail(Code::NotSupported, "a virtual machine keeps its changes inside its disk");
    }
    /// Walls that a throw-away copy of it can be without.
    virtual Result<std::vector<WallChoice>> walls(const std::string& /*id*/)
    {
        return fail(Code::NotSupported, "a virtual machine has no walls that a copy could be made without");
    }
    /// Makes a copy of it with all walls, lets diptych-guest attempt what walls hold back, removes it, and does the
    /// same with a copy without these walls, which stays until putBack(copy). Nothing of the image runs in either. Both
    /// are the driver's own affair: no list() has them, no helper finds them again, the next one clears them away.
    /// {"pid": on the host, "cgroup", "with": [...], "without": [...]}, both as guest/README.md has them.
    virtual Result<Json> takeDown(const std::string& /*id*/, const std::string& /*copy*/,
                                  const std::vector<std::string>& /*walls*/, Progress& /*progress*/)
    {
        return fail(Code::NotSupported, "a virtual machine has no walls that a copy could be made without");
    }
    /// Ends and removes the copy; no error when it is gone.
    virtual Status putBack(const std::string& /*copy*/) { return {}; }
    /// Bytes on disk that this instance alone occupies.
    virtual Result<uint64_t> diskBytes(const std::string& id) = 0;

    /// One sweep over all running instances; must cost little (performance.md: 1,000 containers, 1 Hz, < 3 % of a
    /// core).
    virtual std::vector<std::pair<std::string, Sample>> sample() = 0;
    /// One of those that sample() has, asked ten times a second while somebody looks at it. WrongState when it does not
    /// run.
    virtual Result<Sample> sampleOne(const std::string& /*id*/)
    {
        return fail(Code::NotSupported, "it can't be measured by itself");
    }
};

} // namespace diptych
