// Whether a container's root can be layers of its image with a writable one on top.
#pragma once

#include "instances/paths.h"

#include "base/result.h"

namespace diptych::containers {

/// Tries it once, with nothing left behind: the kernel maps the ids of what lies below images/, and takes a directory
/// below the state directory for the upper half of an overlay. The error is why not: NFS, an overlay, FUSE, or
/// something that an old kernel can't map.
Status layersWork(const Paths& paths);

} // namespace diptych::containers
