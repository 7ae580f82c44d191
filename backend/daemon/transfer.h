// Files to and from a client: they travel through its connection, into and out of files of the helper's own. Nobody
// names a path.
#pragma once

#include "daemon/daemon.h"

namespace diptych {

/// NoSpace when the file system of this directory would be left with less than 256 MiB, with how much it is.
Status checkRoom(const std::string& directory, uint64_t bytes);
/// Exactly size bytes into a new file. The client that goes away, and the one that says nothing for a minute, end it;
/// NoSpace when the file system would be left with less than 256 MiB.
Status receiveFile(int from, const std::string& file, uint64_t size, Progress& progress);
/// Removes the directory that a temporary file is alone in.
void dropFile(const std::string& file);
/// Keeps it for Images.Download, ten minutes: {"download", "size", "name"}. Any thread.
Result<Json> offerFile(Daemon& daemon, const std::string& file, const std::string& name);

} // namespace diptych
