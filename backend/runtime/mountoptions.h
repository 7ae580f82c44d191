// The option words of a mount (mount(8), runtime-spec "Linux mount options") sorted into what the mount API wants.
#pragma once

#include "oci/config.h"
#include "runtime/mountapi.h"

namespace diptych::runtime {

struct MountOptions
{
    bool bind = false, recursiveBind = false;
    MountAttributes attributes;
    bool readonly = false;                ///< "ro" stood there
    bool copyUp = false;                  ///< a tmpfs that starts with what the image has there
    bool mapped = false, mapTree = false; ///< ids mapped, in what is mounted below too
    struct Range                          ///< of ids: what they are in the file system, and what they are to be
    {
        oci::IdMapping ids;
        bool relative = false; ///< host is one of the container's user namespace
    };
    std::vector<Range> uidMap, gidMap; ///< "idmap=": in place of the container's own
    std::vector<FsOption> data;        ///< for the file system itself
};

/// NotSupported for words that mean something this runtime does not do.
Result<MountOptions> readMountOptions(const oci::Mount& mount, const std::string& field);
/// All words it knows, sorted: for `features`.
std::vector<std::string> mountOptionWords();

} // namespace diptych::runtime
