// Who the program runs as: groups, ids, capabilities, no_new_privs, limits. The order is in README.md, with reasons.
#pragma once

#include "oci/config.h"
#include "runtime/seccomp.h"
#include "runtime/trace.h"

#include <functional>
#include <sys/types.h>

namespace diptych::runtime {

/// From the parent, which has the host's CAP_SYS_RESOURCE if anybody has.
Status setRlimits(pid_t pid, const std::vector<oci::Rlimit>& limits);
/// setresgid and setresuid.
Status setIds(uid_t uid, gid_t gid);
/// bounding set, groups, ids; all capabilities are still there afterwards. keepGroups: the caller's stay.
Status becomeUser(const oci::Process& process, bool keepGroups);
/// The five sets, no_new_privs and the filter, in the order the filter allows. Last thing before execve. onListener
/// gets the listener of a filter that notifies, as soon as there is one.
Status dropPrivileges(const oci::Process& process, const SeccompFilter& filter, const Trace& trace,
                      const std::function<Status(UniqueFd)>& onListener);

} // namespace diptych::runtime
