// The start of a container, step by step, from the runtime's trace and our own clock.
#pragma once

#include "instances/instance.h"

#include <string>

namespace diptych::containers {

/// Adds what diptych-run wrote with --trace to timeline.steps: times relative to click (CLOCK_MONOTONIC, ns),
/// same-named neighbours put together, sorted by begin; total and complete from the step "exec".
Status readTrace(const std::string& file, int64_t click, Timeline& timeline);

} // namespace diptych::containers
