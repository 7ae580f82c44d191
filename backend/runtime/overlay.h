// The container's root as an overlay, made for its mount namespace alone: annotations org.diptych.overlay.*.
#pragma once

#include "base/fd.h"
#include "oci/config.h"

#include <string>
#include <vector>

namespace diptych::runtime {

struct OverlaySpec
{
    std::vector<std::string> lower; ///< top first
    std::string upper, work;        ///< both or none; none: read-only
};
/// nullopt without the annotations.
Result<std::optional<OverlaySpec>> overlayOf(const oci::Config& config);

/// A detached mount. userNamespace -1: ids as they are; else the lower directories, whose files the host owns, are
/// mapped by it. scratch: a directory of ours, used as a mount point in a mount namespace of this process's own on
/// kernels that take overlay layers only by path (before 6.15). Single-threaded callers only: it may visit another
/// mount namespace.
Result<UniqueFd> mountOverlay(const OverlaySpec& spec, int userNamespace, const std::string& scratch);

} // namespace diptych::runtime
