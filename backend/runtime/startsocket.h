// How `start` reaches a created container: <root>/<id>/start.sock, on which the container's first process waits. Better
// than a fifo in one thing: what goes wrong between start and execve comes back over it.
#pragma once

#include "base/fd.h"

#include <string>

namespace diptych::runtime {

Result<UniqueFd> listenForStart(const std::string& directory);
Result<UniqueFd> connectToStart(const std::string& directory);

/// A listening, or a connected, socket at directory/name however long the directory's path is.
Result<UniqueFd> listenAt(const std::string& directory, const std::string& name, int type);
Result<UniqueFd> connectAt(const std::string& directory, const std::string& name, int type);

} // namespace diptych::runtime
