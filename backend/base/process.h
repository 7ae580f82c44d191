// What /proc says of a process: proc_pid_status(5), proc_pid_stat(5), proc_pid_smaps(5), namespaces(7), cgroups(7).
// Sizes in bytes. Blocks for a few reads; any thread. proc: another directory, for tests.
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace diptych {

/// The words after "Name:" in /proc/PID/status, trimmed; empty without such a line.
std::string_view statusField(std::string_view status, std::string_view name);
/// First number in a text; 0 where there is none.
uint64_t leadingNumber(std::string_view text);
/// Field 22 of /proc/PID/stat, clock ticks since boot: tells a process from a later one of the same number.
Result<uint64_t> processStartTime(int pid, const std::string& proc = "/proc");
/// Arguments with spaces between, "[name]" of a kernel thread, at most 4096 bytes.
std::string commandLine(const std::string& directory, std::string_view status);
/// Links of /proc/PROCESS/ns: {"pid": "pid:[4026531836]", ...}; empty when unreadable. process: a number or "self".
std::map<std::string, std::string> namespaceLinks(const std::string& process, const std::string& proc = "/proc");
/// [[inside, outside, count], ...] of a uid_map or gid_map.
Json idMap(const std::string& file);
/// controller ("" is version 2, "name=systemd" too) -> path, of /proc/PROCESS/cgroup. task: a thread's own.
std::map<std::string, std::string> controlGroups(const std::string& process, const std::string& proc = "/proc");

/// Of /proc/PID/smaps_rollup, or added up from smaps.
struct MappedMemory
{
    uint64_t rss = 0, pss = 0; ///< pss: a page that n processes have mapped counts a n-th
    uint64_t unique = 0;       ///< Private_Clean + Private_Dirty: nobody else has it mapped
    uint64_t swapPss = 0, ksm = 0;
    MappedMemory& operator+=(const MappedMemory& other);
};
std::optional<MappedMemory> mappedMemory(int pid, const std::string& proc = "/proc");
/// The largest mapping of at least that size: where a hypervisor keeps its guest's memory.
std::optional<MappedMemory> largestMapping(int pid, uint64_t atLeast, const std::string& proc = "/proc");

/// {"pid", "command", "uid", "gid", "threads", "seccomp", "noNewPrivileges", "capabilities", "label", "namespaces",
/// "hostNamespaces", "hostNamespacesOf": "1" or "self", "uidMap", "gidMap", "status": {name: text}, "sources"}
Json processFacts(int pid);

} // namespace diptych
