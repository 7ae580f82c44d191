// All that is decided and opened before the clone: the child finds everything here and opens nothing by a host path
// that the container could have a say in.
#pragma once

#include "base/fd.h"
#include "oci/config.h"
#include "runtime/mountoptions.h"
#include "runtime/overlay.h"
#include "runtime/rootless.h"
#include "runtime/seccomp.h"
#include "runtime/systemd.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace diptych::runtime {

struct PreparedMount
{
    size_t index = 0; ///< in config.mounts
    MountOptions options;
    UniqueFd tree; ///< binds: the source as a detached mount, its attributes set
    bool directory = true;
    bool hostSys = false; ///< tree is the host's /sys: for when a new sysfs is refused (user namespace, shared network)
};

struct JoinedNamespace
{
    oci::NamespaceKind kind;
    UniqueFd fd;
};

struct Plan
{
    oci::Config config;
    oci::Process process;
    std::string id, bundle, rootfs;

    UniqueFd rootTree; ///< the root as a detached mount; not yet there for an overlay in a user namespace
    UniqueFd rootLock; ///< locked by whoever may still attach rootTree in a shared namespace
    std::optional<OverlaySpec> overlay;
    std::vector<PreparedMount> mounts;
    std::vector<JoinedNamespace> joined;
    UniqueFd deviceNodes; ///< makeDeviceNodes()

    UniqueFd target;                    ///< exec: pidfd of the container's first process
    UniqueFd targetRoot;                ///< exec: its root, where its mount namespace does not say
    unsigned targetFlags = 0;           ///< exec: CLONE_NEW* of the namespaces it has of its own
    bool targetUser = false;            ///< exec: CLONE_NEWUSER is among them
    std::vector<std::string> subgroups; ///< exec: ExecOptions::subgroups

    SeccompFilter filter;
    std::optional<ScopeName> scope; ///< systemd makes the group
    bool grouped = false;           ///< there will be a Message::Grouped
    bool noPivot = false, noNewKeyring = false;
    bool traced = false;
    bool immediate = false;   ///< run: the child goes on to its program by itself once it is in its group
    bool shared = false;      ///< the child shares the runtime's memory: sharedspawn.h says what that asks for
    unsigned preserveFds = 0; ///< 3 .. 3+n-1 go on to the program
    UniqueFd startSocket;     ///< listening; without it the start comes over the channel
    std::array<int, 3> stdio = {-1, -1, -1}; ///< for 0, 1, 2; -1: as they are
    UniqueFd executable;                     ///< exec --executable: sealed memfd in place of a path

    [[nodiscard]] bool isExec() const { return static_cast<bool>(target); }
    /// The container's ids are not the host's: root inside owns nothing outside.
    [[nodiscard]] bool userNamespace() const
    {
        return isExec() ? targetUser : isRootless() || config.find(oci::NamespaceKind::User) != nullptr;
    }
};

/// CLONE_NEW* of a kind.
unsigned cloneFlag(oci::NamespaceKind kind);

} // namespace diptych::runtime
