#include "runtime/sharing.h"

#include "runtime/notifysocket.h"
#include "runtime/sharedspawn.h"

#include <algorithm>
#include <cstdio>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace diptych::runtime {

using oci::NamespaceKind;

// A process that shares memory stays on the clocks it has until it executes, and Linux before 6.2 forgot to change them
// then (time_namespaces(7)).
static bool changesClocksAtExec()
{
    utsname system = {};
    int major = 0, minor = 0;
    return ::uname(&system) == 0 && std::sscanf(system.release, "%d.%d", &major, &minor) == 2 &&
           std::pair(major, minor) >= std::pair(6, 2);
}

// The child sets its own, and in a user namespace it could not raise a hard one.
static bool raisesLimits(const oci::Process& process)
{
    return std::any_of(process.rlimits.begin(), process.rlimits.end(), [](const oci::Rlimit& limit) {
        rlimit64 held = {};
        return ::getrlimit64(static_cast<__rlimit_resource>(limit.resource), &held) < 0 || limit.hard > held.rlim_max;
    });
}

// Nothing remains for the runtime to do between the group and the program: no hooks, no terminal.
static bool canGoOn(const CreateOptions& options, const Plan& plan)
{
    const oci::Hooks& hooks = plan.config.hooks;
    return options.immediate && !options.noCgroup && !wantsReadiness() && !plan.filter.notifies() &&
           !plan.process.terminal && !isRootless() && hooks.prestart.empty() && hooks.createRuntime.empty() &&
           hooks.poststart.empty() && (!plan.userNamespace() || !raisesLimits(plan.process));
}

// Only with a pid namespace of its own: nobody in there could look at, or send signals to, what shares memory with the
// host's runtime. Hooks in the container's namespaces need a process made the usual way; so do clocks of its own that
// somebody could look for before the program runs.
static bool canShare(const CreateOptions& options, const Plan& plan, bool goesOn)
{
    const oci::Namespace* user = plan.config.find(NamespaceKind::User);
    const oci::Namespace* time = plan.config.find(NamespaceKind::Time);
    const oci::Hooks& hooks = plan.config.hooks;
    return SharedChild::isPossible() && options.mayShare && ::geteuid() == 0 &&
           plan.config.creates(NamespaceKind::Pid) && plan.config.creates(NamespaceKind::Mount) &&
           (!user || user->path.empty()) && (!time || (time->path.empty() && goesOn && changesClocksAtExec())) &&
           hooks.createContainer.empty() && hooks.startContainer.empty();
}

void decideSharing(const CreateOptions& options, Plan& plan)
{
    bool goesOn = canGoOn(options, plan);
    plan.shared = canShare(options, plan, goesOn);
    plan.immediate = goesOn && plan.shared;
}

} // namespace diptych::runtime
