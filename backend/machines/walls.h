// The walls of a machine, and which of them a throw-away copy can be without. Pure.
#pragma once

#include "instances/driver.h"

namespace diptych::machines {

inline constexpr const char* cardWall = "networkCard";
inline constexpr const char* fileWall = "hostFile";

/// In the order in which they are shown; those that can't be taken down with why.
std::vector<WallChoice> wallsOfMachine();
/// InvalidArgument for "walls": none, unknown, twice, or one that can't be taken down.
Status checkMachineWalls(const std::vector<std::string>& walls);

} // namespace diptych::machines
