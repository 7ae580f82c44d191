#include "runtime/identity.h"

#include "runtime/rootless.h"

#include <array>
#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::runtime {

Status setRlimits(pid_t pid, const std::vector<oci::Rlimit>& limits)
{
    for (const oci::Rlimit& limit : limits) {
        rlimit64 value = {limit.soft, limit.hard};
        if (::prlimit64(pid, static_cast<__rlimit_resource>(limit.resource), &value, nullptr) == 0)
            continue;
        int number = errno;
        std::string what = fmt::format("process.rlimits {}: soft {}, hard {}", limit.type, limit.soft, limit.hard);
        rlimit64 old = {};
        if (number == EPERM && ::prlimit64(pid, static_cast<__rlimit_resource>(limit.resource), nullptr, &old) == 0)
            what += fmt::format(" (the hard limit is {}, raising it needs CAP_SYS_RESOURCE)", old.rlim_max);
        return tl::unexpected<Error>(systemError(number, what));
    }
    return {};
}

namespace {
struct CapabilityState
{
    uint64_t effective = 0, permitted = 0, inheritable = 0;
};
} // namespace

static Result<CapabilityState> currentCapabilities()
{
    __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> data{};
    if (::syscall(SYS_capget, &header, data.data()) < 0)
        return failErrno("capget");
    auto join = [](uint32_t low, uint32_t high) { return uint64_t{low} | uint64_t{high} << 32; };
    return CapabilityState{join(data[0].effective, data[1].effective), join(data[0].permitted, data[1].permitted),
                           join(data[0].inheritable, data[1].inheritable)};
}

static Status setCapabilities(const CapabilityState& state)
{
    __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> data{};
    for (unsigned i = 0; i < 2; ++i) {
        data[i].effective = static_cast<uint32_t>(state.effective >> (32 * i));
        data[i].permitted = static_cast<uint32_t>(state.permitted >> (32 * i));
        data[i].inheritable = static_cast<uint32_t>(state.inheritable >> (32 * i));
    }
    if (::syscall(SYS_capset, &header, data.data()) < 0)
        return failErrno("process.capabilities: capset");
    return {};
}

static Status dropBounding(uint64_t keep)
{
    for (int number = 0; number < 64; ++number) {
        if (keep & (uint64_t{1} << number))
            continue;
        if (::prctl(PR_CAPBSET_DROP, number, 0, 0, 0) == 0)
            continue;
        if (errno == EINVAL)
            break; // beyond the kernel's last
        // Without CAP_SETPCAP nothing can be dropped; what is not there need not be.
        if (::prctl(PR_CAPBSET_READ, number, 0, 0, 0) != 0)
            return failErrno(fmt::format("process.capabilities.bounding: drop {}", oci::capabilityName(number)));
    }
    return {};
}

// The system calls, not the C library's functions: those change the ids of all threads they believe to be this
// process's, and where this process shares memory with the runtime (sharedspawn.h) that list is the runtime's.
Status setIds(uid_t uid, gid_t gid)
{
    if (::syscall(SYS_setresgid, gid, gid, gid) < 0)
        return failErrno(fmt::format("process.user.gid {}", gid));
    if (::syscall(SYS_setresuid, uid, uid, uid) < 0)
        return failErrno(fmt::format("process.user.uid {}", uid));
    return {};
}

Status becomeUser(const oci::Process& process, bool keepGroups)
{
    TRY(dropBounding(process.capabilities ? process.capabilities->bounding : 0));
    // Without this, leaving uid 0 would clear what dropPrivileges() is to keep.
    if (::prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0)
        return failErrno("keep capabilities");
    // Always, an empty list too: the caller's own groups must not stay (CVE-2022-36109).
    std::vector<gid_t> groups(process.user.additionalGids.begin(), process.user.additionalGids.end());
    if (!keepGroups && ::syscall(SYS_setgroups, groups.size(), groups.data()) < 0) {
        // A user's namespace with nobody but the user in it: setgroups(2) was given up for it, and the groups that the
        // user has anyway can't be left.
        if (errno != EPERM || !isRootless() || !groups.empty())
            return failErrno("process.user.additionalGids");
    }
    TRY(setIds(process.user.uid, process.user.gid));
    // The effective set went with uid 0, the permitted one stayed.
    CapabilityState state = TRY(currentCapabilities());
    state.effective = state.permitted;
    TRY(setCapabilities(state));
    if (::prctl(PR_SET_KEEPCAPS, 0, 0, 0, 0) < 0)
        return failErrno("keep capabilities");
    return {};
}

static Status setFinalCapabilities(const oci::Process& process)
{
    CapabilityState held = TRY(currentCapabilities());
    oci::Capabilities wanted = process.capabilities.value_or(oci::Capabilities{});
    // What this process has not got can't be given: the specification makes that a warning, so it is left out.
    CapabilityState state;
    state.permitted = wanted.permitted & held.permitted;
    state.effective = wanted.effective & state.permitted;
    state.inheritable = wanted.inheritable & (held.permitted | held.inheritable);
    if (::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0)
        return failErrno("process.capabilities.ambient");
    TRY(setCapabilities(state));
    uint64_t ambient = wanted.ambient & state.permitted & state.inheritable;
    for (int number = 0; number < 64; ++number)
        if ((ambient & (uint64_t{1} << number)) && ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, number, 0, 0) < 0)
            return failErrno(fmt::format("process.capabilities.ambient: {}", oci::capabilityName(number)));
    return {};
}

Status dropPrivileges(const oci::Process& process, const SeccompFilter& filter, const Trace& trace,
                      const std::function<Status(UniqueFd)>& onListener)
{
    auto load = [&]() -> Status {
        int64_t begin = trace.begin();
        auto done = installFilter(filter);
        if (!filter.empty())
            trace.step(begin, "seccomp", "linux.seccomp", "seccomp", done ? 0 : -done.error().systemError,
                       filter.cached ? "kept filter" : "compiled filter");
        if (!done)
            return tl::unexpected<Error>(done.error());
        return *done ? onListener(std::move(*done)) : Status();
    };
    // Without no_new_privs loading needs CAP_SYS_ADMIN: the filter comes before the capabilities go, and must then let
    // capset and prctl pass. With it the filter is last and need allow nothing but execve.
    if (!process.noNewPrivileges)
        TRY(load());
    int64_t begin = process.noNewPrivileges ? trace.begin() : 0;
    TRY(setFinalCapabilities(process));
    if (!process.noNewPrivileges)
        return {};
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return failErrno("process.noNewPrivileges");
    trace.step(begin, "caps", "process.capabilities", "capset");
    return load();
}

} // namespace diptych::runtime
