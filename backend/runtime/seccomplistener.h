// SCMP_ACT_NOTIFY: somebody outside decides about system calls. runtime-spec, config-linux.md "Seccomp", "The Container
// Process State".
#pragma once

#include "runtime/container.h"
#include "runtime/launch.h"

namespace diptych::runtime {

/// For awaitExec(): takes the listener out of the process that has just loaded its filter and sends it, with the state,
/// to linux.seccomp.listenerPath.
ListenerSink sendListener(const Store& store, const Record& record, pid_t pid, int process);

} // namespace diptych::runtime
