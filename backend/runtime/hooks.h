// Hooks of the runtime-spec ("POSIX-platform Hooks"): the state on stdin, in the order given, each with its time-out.
#pragma once

#include "oci/config.h"
#include "oci/state.h"

namespace diptych::runtime {

/// Stops at the first that fails. For prestart, createRuntime, createContainer, startContainer.
Status runHooks(const std::vector<oci::Hook>& hooks, const char* kind, const oci::State& state);
/// Runs all; a failure is a warning. For poststart and poststop.
void runHooksLoosely(const std::vector<oci::Hook>& hooks, const char* kind, const oci::State& state);

} // namespace diptych::runtime
