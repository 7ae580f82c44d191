// tmpcopyup, an extension of Podman, crun and runc: a tmpfs that starts with what the image has in its place.
#pragma once

#include "base/result.h"

namespace diptych::runtime {

/// Copies what is below directory `from` into the empty directory `to`, with owners, modes and times: files,
/// directories, links, nodes. No link is followed, no mount entered. Both are descriptors; from may be O_PATH.
Status copyTree(int from, int to);

} // namespace diptych::runtime
