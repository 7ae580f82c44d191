// The state document of the runtime-spec (runtime.md), as `state` prints it and hooks read it.
#pragma once

#include "base/json.h"

#include <map>
#include <string>

namespace diptych::oci {

struct State
{
    std::string id;
    std::string status; ///< creating, created, running, stopped; "paused" as runc and crun say it
    int pid = 0;        ///< 0 when there is no process
    std::string bundle;
    std::map<std::string, std::string> annotations;
};
Json toJson(const State& state);

} // namespace diptych::oci
