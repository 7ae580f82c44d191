// What the calls about machines, storage and networks share: whom they are about, and how they are recorded.
#pragma once

#include "daemon/daemon.h"

namespace diptych {

/// Ids of the added connections that a call is about, by what it names: an instance ("id", "ids", "instance") or a
/// "connection". Its parameters may not have been checked.
std::set<std::string> connectionsOf(const Daemon& daemon, const Json& parameters);
/// This machine's, or the added connection's that the call is about. Null: the call was answered, there is none.
Virtualization* virtualizationOrAnswer(Daemon& daemon, const varlink::CallPointer& call);
/// Empty when it is no text.
std::string parameterText(const Json& parameters, const char* key);
/// What the history and the list of work call it.
std::string machineSubject(const Daemon& daemon, const Json& parameters);
ActivityEntry machineActivity(Daemon& daemon, const varlink::CallPointer& call, const char* verb);

/// The calls whose connection becomes a stream.
Status addMachineStreams(Daemon& daemon);

} // namespace diptych
