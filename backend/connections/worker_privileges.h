// How the process of a connection stops being root.
#pragma once

#include "base/result.h"

#include <sys/types.h>

namespace diptych::connections {

/// In this order: memory protection as everybody's, the owner's groups, gid, uid for good; checked; then an environment
/// of the owner's own: HOME, XDG_RUNTIME_DIR, SSH_AUTH_SOCK where they are the owner's. Who is not root stays who he
/// is, and may be nobody else.
Status becomeOwner(uid_t owner);

} // namespace diptych::connections
