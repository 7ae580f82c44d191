// config.json of the OCI runtime-spec 1.2 (config.md, config-linux.md). Plain values; parse functions name the field.
#pragma once

#include "base/json.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace diptych::oci {

inline constexpr const char* specVersion = "1.2.0";

struct IdMapping
{
    uint32_t container = 0, host = 0, size = 0;
    bool operator==(const IdMapping&) const = default;
};

struct User
{
    uint32_t uid = 0, gid = 0;
    std::optional<uint32_t> umask;
    std::vector<uint32_t> additionalGids;
};

struct Rlimit
{
    std::string type; ///< "RLIMIT_NOFILE"
    int resource = 0; ///< RLIMIT_NOFILE
    uint64_t soft = 0, hard = 0;
};

/// Bit masks by capability number (linux/capability.h).
struct Capabilities
{
    uint64_t bounding = 0, effective = 0, inheritable = 0, permitted = 0, ambient = 0;
    std::vector<std::string> unknown; ///< names this runtime does not know: worth a warning
};

struct Scheduler
{
    int policy = 0; ///< SCHED_OTHER ...
    int32_t nice = 0;
    uint32_t priority = 0;
    uint64_t flags = 0, runtime = 0, deadline = 0, period = 0; ///< flags: SCHED_FLAG_*
};

struct Process
{
    bool terminal = false;
    uint16_t columns = 0, rows = 0; ///< consoleSize, 0 when absent
    User user;
    std::vector<std::string> args;
    std::vector<std::string> env;
    std::string cwd = "/";
    std::optional<Capabilities> capabilities;
    std::vector<Rlimit> rlimits;
    bool noNewPrivileges = false;
    std::optional<int> oomScoreAdj;
    std::string apparmorProfile, selinuxLabel;
    std::optional<int> ioPriority; ///< as ioprio_set(2) takes it
    std::optional<Scheduler> scheduler;
    std::string cpuAffinityInitial, cpuAffinityFinal; ///< execCPUAffinity: lists like "0-3,7", for exec
};

struct Mount
{
    std::string destination; ///< absolute, inside
    std::string type, source;
    std::vector<std::string> options;
    std::vector<IdMapping> uidMappings, gidMappings;
};

enum class NamespaceKind { Pid, Network, Mount, Ipc, Uts, User, Cgroup, Time };
inline constexpr size_t namespaceKinds = 8;
std::string_view toString(NamespaceKind kind); ///< the specification's word: "network"

struct Namespace
{
    NamespaceKind kind = NamespaceKind::Pid;
    std::string path; ///< join this one; empty: a new one
};

struct Device
{
    char type = 'c'; ///< 'c', 'b' or 'p'
    std::string path;
    uint32_t major = 0, minor = 0;
    std::optional<uint32_t> fileMode, uid, gid;
};

struct DeviceRule
{
    bool allow = false;
    char type = 'a'; ///< 'a', 'b', 'c'
    std::optional<int64_t> major, minor;
    std::string access = "rwm";
};

/// linux.resources, all members optional.
struct Resources
{
    std::optional<int64_t> cpuQuota;
    std::optional<uint64_t> cpuPeriod, cpuBurst, cpuShares;
    std::optional<bool> cpuIdle;
    std::optional<int64_t> realtimeRuntime;
    std::optional<uint64_t> realtimePeriod;
    std::optional<std::string> cpus, mems;
    std::optional<int64_t> memoryLimit, memoryReservation, memorySwap, kernelTcpMemory;
    std::optional<uint64_t> swappiness; ///< 0..100
    bool oomKillOff = false;            ///< memory.disableOOMKiller
    bool checkMemory = false;           ///< memory.checkBeforeUpdate: never below what is in use
    std::optional<int64_t> pidsLimit;
    std::optional<uint64_t> blockWeight;
    struct Throttle
    {
        uint64_t major = 0, minor = 0;
        std::optional<uint64_t> readBps, writeBps, readIops, writeIops;
    };
    std::vector<Throttle> throttles;
    struct DeviceWeight
    {
        uint64_t major = 0, minor = 0, weight = 0;
    };
    std::vector<DeviceWeight> deviceWeights;
    std::optional<uint32_t> networkClass;
    std::map<std::string, uint32_t> networkPriorities; ///< by interface
    struct Rdma
    {
        std::optional<uint32_t> handles, objects;
    };
    std::map<std::string, Rdma> rdma;          ///< by device
    std::map<std::string, uint64_t> hugepages; ///< "2MB" -> bytes
    std::map<std::string, std::string> unified;
    std::vector<DeviceRule> devices;
};

struct SeccompArgument
{
    uint32_t index = 0;
    uint64_t value = 0, valueTwo = 0;
    std::string op;
};

struct SeccompRule
{
    std::vector<std::string> names;
    std::string action;
    std::optional<uint32_t> errnoRet;
    std::vector<SeccompArgument> args;
};

struct Seccomp
{
    std::string defaultAction;
    std::optional<uint32_t> defaultErrnoRet;
    std::vector<std::string> architectures; ///< "SCMP_ARCH_X86_64"
    std::vector<std::string> flags;         ///< "SECCOMP_FILTER_FLAG_LOG"
    std::string listenerPath, listenerMetadata;
    bool notifies = false; ///< a rule says SCMP_ACT_NOTIFY
    std::vector<SeccompRule> rules;
};

struct Hook
{
    std::string path;
    std::vector<std::string> args, env;
    int timeoutSeconds = 0; ///< 0: none
};

struct Hooks
{
    std::vector<Hook> prestart, createRuntime, createContainer, startContainer, poststart, poststop;
};

/// "monotonic", "boottime": seconds and nanoseconds.
using TimeOffsets = std::map<std::string, std::pair<int64_t, uint32_t>>;

struct Linux
{
    std::vector<Namespace> namespaces;
    std::vector<IdMapping> uidMappings, gidMappings;
    TimeOffsets timeOffsets;
    std::vector<Device> devices;
    std::string cgroupsPath;
    std::optional<Resources> resources;
    std::string rootfsPropagation;
    std::optional<Seccomp> seccomp;
    std::string seccompText; ///< parseConfig(SeccompAs::Text): the member as it stood there; empty: none
    std::map<std::string, std::string> sysctl;
    std::vector<std::string> maskedPaths, readonlyPaths;
    std::string mountLabel;
    std::optional<unsigned long> personality; ///< as personality(2) takes it
    bool intelRdt = false;                    ///< there is a linux.intelRdt
};

struct Config
{
    std::string ociVersion;
    std::string rootPath; ///< as written: relative to the bundle
    bool rootReadonly = false;
    std::optional<Process> process;
    std::string hostname, domainname;
    std::vector<Mount> mounts;
    Hooks hooks;
    std::map<std::string, std::string> annotations;
    Linux linux_;

    /// The entry of that kind, nullptr when the container shares the runtime's.
    [[nodiscard]] const Namespace* find(NamespaceKind kind) const;
    /// There is an entry without a path.
    [[nodiscard]] bool creates(NamespaceKind kind) const;
    [[nodiscard]] std::string annotation(const std::string& key) const; ///< empty when absent
};

/// Text: linux.seccomp is only cut out. It is most of the document, and who has met the same text before, and kept what
/// it means, need not parse it. Who has not calls parseSeccomp(), which is as strict.
enum class SeccompAs { Value, Text };
/// config.json. Errors are InvalidArgument; Error::field is the member's path and stands in the message too.
Result<Config> parseConfig(std::string_view text, SeccompAs seccomp = SeccompAs::Value);
/// The text of linux.seccomp.
Result<Seccomp> parseSeccomp(std::string_view text);
/// The process document of `exec --process`.
Result<Process> parseProcess(std::string_view text);
/// The document of `update --resources`.
Result<Resources> parseResources(std::string_view text);

/// linux.uidMappings by itself.
Result<std::vector<IdMapping>> parseMappings(std::string_view text);

Result<Process> processFrom(JsonReader reader);
Result<Linux> linuxFrom(JsonReader reader);
Result<Resources> resourcesFrom(JsonReader reader);
Result<Seccomp> seccompFrom(JsonReader reader);
Result<Hooks> hooksFrom(JsonReader reader);

/// "CAP_CHOWN" -> 0. NotFound for a name this runtime does not know.
Result<int> capabilityFrom(std::string_view name);
std::string_view capabilityName(int number); ///< empty beyond the last
int lastCapability();
/// "RLIMIT_NOFILE" -> RLIMIT_NOFILE.
Result<int> rlimitFrom(std::string_view name);
/// "1000" or "1000:1000"; full unsigned 32 bit range except 4294967295, nothing else: no sign, space or prefix.
Result<User> userFrom(std::string_view text);
Result<uint32_t> idFrom(std::string_view text);

/// "0-3,7" -> 0, 1, 2, 3, 7.
Result<std::vector<unsigned>> cpuListFrom(std::string_view text);
Status readScheduling(JsonReader& reader, Process& process);

/// Reads each object of an array with read(JsonReader) into out; absent array: nothing.
template <typename T, typename F>
Status readEach(JsonReader& reader, const char* key, std::vector<T>& out, F&& read)
{
    const Json* array = TRY(reader.optionalArray(key));
    if (!array)
        return {};
    size_t index = 0;
    out.reserve(array->size());
    for (const Json& item : *array) {
        std::string path = fmt::format("{}[{}]", reader.field(key), index++);
        if (!item.is_object())
            return failField(path, fmt::format("{}: must be an object", path));
        out.push_back(TRY(read(JsonReader(item, path))));
    }
    return {};
}
/// Where the value of an object's member stands in a JSON text, by a path of keys ("linux", "seccomp"); empty when it
/// is not found, or not written plainly. For valid JSON only: of another text it gives any part, never one outside.
std::string_view memberText(std::string_view text, std::initializer_list<std::string_view> path);
/// An object whose members are all strings.
Result<std::map<std::string, std::string>> stringMap(JsonReader& reader, const char* key);
/// An error that names the field in the text as well.
tl::unexpected<Error> wrongField(const std::string& field, std::string_view text);

} // namespace diptych::oci
