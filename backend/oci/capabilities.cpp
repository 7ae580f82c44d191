#include "oci/config.h"

#include <array>
#include <sys/resource.h>

namespace diptych::oci {

// In the order of linux/capability.h: the index is the number.
static constexpr std::array<std::string_view, 41> names = {"CAP_CHOWN",
                                                           "CAP_DAC_OVERRIDE",
                                                           "CAP_DAC_READ_SEARCH",
                                                           "CAP_FOWNER",
                                                           "CAP_FSETID",
                                                           "CAP_KILL",
                                                           "CAP_SETGID",
                                                           "CAP_SETUID",
                                                           "CAP_SETPCAP",
                                                           "CAP_LINUX_IMMUTABLE",
                                                           "CAP_NET_BIND_SERVICE",
                                                           "CAP_NET_BROADCAST",
                                                           "CAP_NET_ADMIN",
                                                           "CAP_NET_RAW",
                                                           "CAP_IPC_LOCK",
                                                           "CAP_IPC_OWNER",
                                                           "CAP_SYS_MODULE",
                                                           "CAP_SYS_RAWIO",
                                                           "CAP_SYS_CHROOT",
                                                           "CAP_SYS_PTRACE",
                                                           "CAP_SYS_PACCT",
                                                           "CAP_SYS_ADMIN",
                                                           "CAP_SYS_BOOT",
                                                           "CAP_SYS_NICE",
                                                           "CAP_SYS_RESOURCE",
                                                           "CAP_SYS_TIME",
                                                           "CAP_SYS_TTY_CONFIG",
                                                           "CAP_MKNOD",
                                                           "CAP_LEASE",
                                                           "CAP_AUDIT_WRITE",
                                                           "CAP_AUDIT_CONTROL",
                                                           "CAP_SETFCAP",
                                                           "CAP_MAC_OVERRIDE",
                                                           "CAP_MAC_ADMIN",
                                                           "CAP_SYSLOG",
                                                           "CAP_WAKE_ALARM",
                                                           "CAP_BLOCK_SUSPEND",
                                                           "CAP_AUDIT_READ",
                                                           "CAP_PERFMON",
                                                           "CAP_BPF",
                                                           "CAP_CHECKPOINT_RESTORE"};

Result<int> capabilityFrom(std::string_view name)
{
    for (size_t i = 0; i < names.size(); ++i)
        if (names[i] == name)
            return static_cast<int>(i);
    return fail(Code::NotFound, fmt::format("unknown capability \"{}\"", name));
}

std::string_view capabilityName(int number)
{
    return number >= 0 && static_cast<size_t>(number) < names.size() ? names[static_cast<size_t>(number)] : "";
}

int lastCapability()
{
    return static_cast<int>(names.size()) - 1;
}

Result<int> rlimitFrom(std::string_view name)
{
    static constexpr std::pair<std::string_view, int> limits[] = {{"RLIMIT_AS", RLIMIT_AS},
                                                                  {"RLIMIT_CORE", RLIMIT_CORE},
                                                                  {"RLIMIT_CPU", RLIMIT_CPU},
                                                                  {"RLIMIT_DATA", RLIMIT_DATA},
                                                                  {"RLIMIT_FSIZE", RLIMIT_FSIZE},
                                                                  {"RLIMIT_LOCKS", 10},
                                                                  {"RLIMIT_MEMLOCK", RLIMIT_MEMLOCK},
                                                                  {"RLIMIT_MSGQUEUE", 12},
                                                                  {"RLIMIT_NICE", 13},
                                                                  {"RLIMIT_NOFILE", RLIMIT_NOFILE},
                                                                  {"RLIMIT_NPROC", RLIMIT_NPROC},
                                                                  {"RLIMIT_RSS", RLIMIT_RSS},
                                                                  {"RLIMIT_RTPRIO", 14},
                                                                  {"RLIMIT_RTTIME", 15},
                                                                  {"RLIMIT_SIGPENDING", 11},
                                                                  {"RLIMIT_STACK", RLIMIT_STACK}};
    for (auto& [text, number] : limits)
        if (text == name)
            return number;
    return fail(Code::NotFound, fmt::format("unknown resource limit \"{}\"", name));
}

Result<uint32_t> idFrom(std::string_view text)
{
    uint64_t value = 0;
    if (text.empty() || text.size() > 10)
        return fail(Code::InvalidArgument, fmt::format("\"{}\" is not a user or group number", text));
    for (char c : text) {
        if (c < '0' || c > '9')
            return fail(Code::InvalidArgument, fmt::format("\"{}\" is not a user or group number", text));
        value = value * 10 + static_cast<uint64_t>(c - '0');
    }
    // 4294967295 is (uid_t)-1, which the system calls take for "leave as it is".
    if (value >= UINT32_MAX)
        return fail(Code::InvalidArgument, fmt::format("{} is beyond the last user or group number", text));
    return static_cast<uint32_t>(value);
}

Result<User> userFrom(std::string_view text)
{
    User user;
    size_t colon = text.find(':');
    user.uid = TRY(idFrom(text.substr(0, colon)));
    if (colon != std::string_view::npos)
        user.gid = TRY(idFrom(text.substr(colon + 1)));
    return user;
}

} // namespace diptych::oci
