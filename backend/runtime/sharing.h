// How close the child may be to the runtime: in one memory with it, and on its way without another word.
#pragma once

#include "runtime/plan.h"
#include "runtime/setup.h"

namespace diptych::runtime {

/// Sets Plan::shared and Plan::immediate from what the container asks for.
void decideSharing(const CreateOptions& options, Plan& plan);

} // namespace diptych::runtime
