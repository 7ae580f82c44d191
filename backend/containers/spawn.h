// A program whose output does not end with it: a created container holds the caller's stdout until it is started, so
// base/child.h, which reads pipes to their end, would wait for the container.
#pragma once

#include "base/child.h"

namespace diptych::containers {

/// As run(), with output collected in a memory file: returns when the program itself has ended.
Result<Outcome> runDetaching(const std::vector<std::string>& arguments, std::chrono::milliseconds timeout);

} // namespace diptych::containers
