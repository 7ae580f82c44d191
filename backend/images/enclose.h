// A program of the distribution (qemu-img) that reads what a stranger wrote: it sees /usr read-only and one directory
// of ours as /work, has no privilege, no network, and limits on memory, time and processes.
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace diptych::images {

/// Becomes the program; arguments[0] is its absolute path. Returns only with an error. work: a directory, by
/// descriptor. root: an empty directory, by path.
Status encloseAndBecome(const std::string& work, const std::string& root, const std::vector<std::string>& arguments);

} // namespace diptych::images
