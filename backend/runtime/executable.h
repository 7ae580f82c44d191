// The program the container starts.
#pragma once

#include "base/fd.h"
#include "oci/config.h"

namespace diptych::runtime {

/// Where args[0] is, by PATH of env, seen from the current root and user.
Result<std::string> findExecutable(const oci::Process& process);
/// Of a variable that stands there twice only the last: getenv(3) finds the first, shells the last.
void keepLastOfEach(std::vector<std::string>& env);
/// HOME from the container's /etc/passwd when env has none. The file is the image's: read as a plain file of bounded
/// size.
void addHome(oci::Process& process);
/// chdir, then proof that the directory is below the current root (CVE-2024-21626).
Status enterDirectory(const std::string& path);
/// A host's program as a sealed memfd.
Result<UniqueFd> sealedCopy(const std::string& path);
/// Returns only on failure.
Error execute(const oci::Process& process, const std::string& path, int executable);

} // namespace diptych::runtime
