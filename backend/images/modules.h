// Which files of /lib/modules a set of drivers needs. Read from the modules themselves (their .modinfo section),
// because a kernel that was only unpacked has no modules.dep.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace diptych::images {

/// Absolute paths in load order: each after what it depends on. Those built in, and those the kernel does not have, are
/// left out.
Result<std::vector<std::string>> modulesFor(const std::string& directory, const std::vector<std::string>& wanted);
/// "virtio_blk.ko" of ".../virtio_blk.ko.xz": what it is called once it is decompressed.
std::string moduleFileName(const std::string& path);

/// Names that a module needs before it, from its bytes: "depends" and the "pre:" part of "softdep".
std::vector<std::string> dependenciesOf(std::string_view module);

} // namespace diptych::images
