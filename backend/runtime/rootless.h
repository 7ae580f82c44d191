// Containers of a user without root's rights: the runtime itself goes into the user namespace the configuration asks
// for, and a mount namespace of it, and works on from there as the root it is inside.
#pragma once

#include "oci/config.h"

#include <sys/types.h>

namespace diptych::runtime {

/// Whom the runtime was started by; geteuid() says 0 once the namespace is entered.
uid_t callerUid();
gid_t callerGid();
inline bool isRootless()
{
    return callerUid() != 0;
}
/// $XDG_RUNTIME_DIR/diptych-run for users, /run/diptych-run for root.
std::string standardRoot();

/// Enters, with the maps of linux.uidMappings and gidMappings (by newuidmap and newgidmap unless they hold the caller
/// alone), and takes the namespace out of the configuration: what remains to be made belongs to it.
Status enterUserNamespace(oci::Config& config);

} // namespace diptych::runtime
