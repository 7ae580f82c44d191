// JSON against the types of an interface. Pure; any thread.
#pragma once

#include "base/json.h"
#include "varlink/idl.h"

namespace diptych::varlink {

/// InvalidArgument with the member's path ("spec.limits.memory") in Error::field. Members that are not declared are
/// errors; a nullable member may be absent or null; integers fit into int64; a float may be written as an integer.
Status validate(const Interface& interface, const Type& type, const Json& value, const std::string& path = {});

} // namespace diptych::varlink
