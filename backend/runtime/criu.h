// CRIU, the program that saves and restores processes, as Debian ships it.
#pragma once

#include "oci/config.h"
#include "runtime/options.h"

#include <string>
#include <vector>

namespace diptych::runtime {

/// What stands in every call: images, logs, what both directions must allow. program: --criu.
Result<std::vector<std::string>> criuArguments(const std::string& program, const char* verb,
                                               const Arguments& arguments);
/// The container's mounts that come from outside, as CRIU is told of them: name inside and source outside.
struct ExternalMount
{
    std::string destination, source;
};
std::vector<ExternalMount> externalMounts(const oci::Config& config);
/// Runs it. An error names the log, with its last line that says "Error".
Status runCriu(const std::vector<std::string>& arguments, const std::string& log);
/// The directory for logs: --work-path, else --image-path, else ./checkpoint.
std::string criuWorkPath(const Arguments& arguments);

} // namespace diptych::runtime
