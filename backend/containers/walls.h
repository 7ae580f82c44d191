// The walls of a container, and what is left of its config.json without some of them. Pure.
#pragma once

#include "base/json.h"
#include "instances/driver.h"

#include <set>

namespace diptych::containers {

/// Those that a copy of this container can be without, in the order in which they are shown.
std::vector<WallChoice> wallsOf(const InstanceSpec& spec);
/// InvalidArgument for "walls": none, unknown, twice, or none of its own.
Status checkWalls(const InstanceSpec& spec, const std::vector<std::string>& walls);
/// config: of bundleConfig(). helperCapabilities: mask of what the helper itself may hand on where there is no user
/// namespace.
Json withoutWalls(Json config, const std::set<std::string>& walls, uint64_t helperCapabilities);

} // namespace diptych::containers
