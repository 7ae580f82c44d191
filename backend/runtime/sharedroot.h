// A container that lives in a mount namespace which is not its own: the runtime's (none is asked for), or one joined by
// path. Its root file system is mounted over root.path there, in the sight of all who live in it, and the program is
// kept inside by chroot(2) alone: pivot_root(2) would move the root of the others too. That is no wall for one with
// CAP_SYS_CHROOT; who asks for it has given that wall up (runtime-spec, config-linux.md, "Namespaces").
#pragma once

#include "base/fd.h"
#include "oci/config.h"

namespace diptych::runtime {

struct Plan;
struct Record;

/// What of the configuration can't be had in such a namespace.
Status checkSharedMounts(const oci::Config& config);
/// Writes into the record which mount will be made, before it is: whatever happens then, detachRoot() finds it.
/// directory: the container's, in the state.
Status recordRoot(Plan& plan, Record& record, const std::string& directory);
/// In the namespace: rootTree over root.path, private, so that what is mounted in it stays there.
Status attachSharedRoot(const Plan& plan, int rootTree);
/// Takes the record's mount away with all that is on it, if it is still the one that stands at root.path. Waits for a
/// child whose runtime was killed: it may be just about to attach it.
Status detachRoot(const Record& record, const std::string& directory);

} // namespace diptych::runtime
