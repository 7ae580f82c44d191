#include "isolation/traffic.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/process.h"
#include "isolation/call_counter.h"
#include "isolation/facts.h"

#include <algorithm>
#include <cstdlib>
#include <seccomp.h>
#include <thread>

namespace diptych::isolation {

namespace {

/// By what the name begins with or is; what is not here is "other".
std::string groupOf(std::string_view name)
{
    static const std::pair<const char*, std::initializer_list<std::string_view>> groups[] = {
        {"network",
         {"socket", "connect", "accept", "bind", "listen", "send", "recv", "shutdown", "getsock", "setsock",
          "getpeername"}},
        {"memory",
         {"mmap", "munmap", "mprotect", "mremap", "madvise", "brk", "mlock", "munlock", "msync", "memfd", "shm",
          "mincore", "pkey", "mbind", "membarrier"}},
        {"processes",
         {"clone",   "fork",       "vfork",      "exec",    "exit",   "wait",    "getpid",    "gettid",    "getppid",
          "set_tid", "set_robust", "arch_prctl", "prctl",   "sched_", "setuid",  "setgid",    "getuid",    "getgid",
          "geteuid", "getegid",    "setpgid",    "getpgrp", "setsid", "prlimit", "getrlimit", "setrlimit", "getrusage",
          "rseq",    "unshare",    "setns",      "cap",     "ptrace", "pidfd",   "getgroups", "setgroups"}},
        {"signals", {"rt_sig", "kill", "tkill", "tgkill", "sigaltstack", "signalfd", "pause"}},
        {"waiting",
         {"futex", "poll", "ppoll", "select", "pselect6", "epoll", "eventfd", "nanosleep", "clock_nanosleep",
          "restart_syscall", "io_uring", "io_getevents", "io_submit"}},
        {"time", {"clock_", "gettimeofday", "time", "setitimer", "getitimer", "alarm"}},
        {"files",
         {"open",      "close",     "read",       "write",     "pread",    "pwrite",    "preadv",    "pwritev",
          "stat",      "lstat",     "fstat",      "newfstat",  "statx",    "statfs",    "fstatfs",   "lseek",
          "access",    "faccess",   "dup",        "pipe",      "fcntl",    "ioctl",     "getdents",  "getcwd",
          "chdir",     "fchdir",    "mkdir",      "rmdir",     "unlink",   "rename",    "link",      "symlink",
          "readlink",  "chmod",     "fchmod",     "chown",     "fchown",   "lchown",    "truncate",  "ftruncate",
          "fsync",     "fdatasync", "sync",       "fallocate", "fadvise",  "flock",     "umask",     "utime",
          "mount",     "umount",    "pivot_root", "getxattr",  "setxattr", "lgetxattr", "fgetxattr", "listxattr",
          "copy_file", "sendfile",  "splice",     "tee",       "inotify",  "fanotify",  "mknod",     "chroot",
          "openat"}},
    };
    if (name.starts_with("sendfile"))
        return "files";
    for (const auto& [group, beginnings] : groups)
        for (std::string_view beginning : beginnings)
            if (name.starts_with(beginning))
                return group;
    return "other";
}

std::string nameOf(size_t number)
{
    char* name = number + 1 < CallCounter::numbers
                     ? ::seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, static_cast<int>(number))
                     : nullptr;
    std::string text = name ? name : number + 1 < CallCounter::numbers ? fmt::format("{}", number) : "others";
    std::free(name);
    return text;
}

std::string callersText(const CallerChoice& whose)
{
    return whose.by == CallerChoice::By::ControlGroup   ? "control group"
           : whose.by == CallerChoice::By::PidNamespace ? "pid namespace"
           : whose.by == CallerChoice::By::Process      ? "process"
                                                        : "all processes";
}

/// The narrowest that has all of it: its control group of version 2, else its pid namespace, else the process alone.
CallerChoice choiceFor(const Instance& instance, const ResourceSources& sources)
{
    if (instance.id == "host")
        return {CallerChoice::By::Everybody, {}, 0};
    const std::string pid = std::to_string(instance.pid);
    auto groups = controlGroups(pid, sources.proc);
    std::string path = groups.contains("") ? groups[""] : "";
    if (!instance.cgroup.empty() && instance.cgroup != "/" &&
        (path == instance.cgroup || path.starts_with(instance.cgroup + "/")) && !sources.hierarchies.unified.empty())
        return {CallerChoice::By::ControlGroup, sources.hierarchies.unified + instance.cgroup, instance.pid};
    auto own = namespaceLinks(pid, sources.proc), host = namespaceLinks("1", sources.proc);
    if (host.empty())
        host = namespaceLinks("self", sources.proc);
    if (instance.spec.kind == Kind::Container && own.contains("pid") && own["pid"] != host["pid"])
        return {CallerChoice::By::PidNamespace, fmt::format("{}/{}/ns/pid", sources.proc, pid), instance.pid};
    return {CallerChoice::By::Process, {}, instance.pid};
}

std::string watchCommand(const CallerChoice& whose)
{
    if (whose.by == CallerChoice::By::ControlGroup)
        return fmt::format("perf trace -s -G {} sleep 1", whose.path);
    if (whose.by == CallerChoice::By::Everybody)
        return "perf trace -s -a sleep 1";
    return fmt::format("perf trace -s -p {} sleep 1", whose.pid);
}

void sortKinds(Flow& flow)
{
    std::sort(flow.kinds.begin(), flow.kinds.end(),
              [](const Flow::Kind& a, const Flow::Kind& b) { return a.perSecond > b.perSecond; });
    for (const Flow::Kind& kind : flow.kinds)
        flow.perSecond += kind.perSecond;
}

struct ReadWrites
{
    uint64_t reads = 0, writes = 0;
};

/// proc_pid_io(5): of processes that live at both moments.
ReadWrites readWrites(const Instance& instance, const ResourceSources& sources)
{
    ReadWrites sum;
    std::vector<int> pids{instance.pid};
    if (auto group = cgroups::Cgroup::open(sources.hierarchies, instance.cgroup); group && instance.cgroup.size() > 1)
        if (auto inside = group->processes(); inside && !inside->empty())
            pids = *inside;
    for (int pid : pids) {
        std::string text = readFile(fmt::format("{}/{}/io", sources.proc, pid)).value_or("");
        sum.reads += leadingNumber(statusField(text, "syscr"));
        sum.writes += leadingNumber(statusField(text, "syscw"));
    }
    return sum;
}

Flow readsAndWrites(const Instance& instance, const ResourceSources& sources, std::chrono::milliseconds time,
                    const Error& why)
{
    ReadWrites before = readWrites(instance, sources);
    int64_t begin = monotonicNanoseconds();
    std::this_thread::sleep_for(time);
    ReadWrites after = readWrites(instance, sources);
    double seconds = static_cast<double>(monotonicNanoseconds() - begin) / 1e9;
    auto rate = [seconds](uint64_t from, uint64_t to) {
        return to > from ? static_cast<double>(to - from) / seconds : 0;
    };
    Flow flow;
    flow.kinds = {{"reads", "files", rate(before.reads, after.reads)},
                  {"writes", "files", rate(before.writes, after.writes)}};
    sortKinds(flow);
    flow.row = makeRow("calls", Wall::NotMeasured, "callsReadsOnly", {{"reason", why.message}},
                       {{"reads and writes", fmt::format("{} {}", after.reads, after.writes),
                         fmt::format("/proc/{}/io", instance.pid), fmt::format("cat /proc/{}/io", instance.pid)}});
    return flow;
}

} // namespace

Flow countCalls(const Instance& instance, const ResourceSources& sources, std::chrono::milliseconds time)
{
    CallerChoice whose = choiceFor(instance, sources);
    auto counter = CallCounter::start(whose);
    if (!counter)
        return readsAndWrites(instance, sources, time, counter.error());
    int64_t begin = monotonicNanoseconds();
    std::this_thread::sleep_for(time);
    auto counts = counter->counts();
    double seconds = static_cast<double>(monotonicNanoseconds() - begin) / 1e9;
    Flow flow;
    flow.counted = true;
    for (size_t number = 0; number < counts.size(); ++number)
        if (counts[number] > 0) {
            std::string name = nameOf(number);
            std::string group = groupOf(name);
            flow.kinds.push_back({std::move(name), std::move(group), static_cast<double>(counts[number]) / seconds});
        }
    sortKinds(flow);
    flow.row = makeRow(
        "calls", Wall::NotMeasured,
        whose.by == CallerChoice::By::ControlGroup   ? "callsByGroup"
        : whose.by == CallerChoice::By::PidNamespace ? "callsByNamespace"
        : whose.by == CallerChoice::By::Process      ? "callsByProcess"
                                                     : "callsByMachine",
        {{"group", instance.cgroup}, {"pid", std::to_string(instance.pid)}},
        {{callersText(whose), whose.path.empty() ? whose.pid > 0 ? std::to_string(whose.pid) : "/proc" : whose.path,
          "bpf(BPF_RAW_TRACEPOINT_OPEN) sys_enter", watchCommand(whose)}});
    return flow;
}

Json toJson(const Flow& flow)
{
    Json kinds = Json::array();
    for (const Flow::Kind& kind : flow.kinds)
        kinds.push_back({{"name", kind.name}, {"group", kind.group}, {"perSecond", kind.perSecond}});
    return {{"perSecond", flow.perSecond},
            {"kinds", std::move(kinds)},
            {"counted", flow.counted},
            {"row", toJson(flow.row)}};
}

} // namespace diptych::isolation
