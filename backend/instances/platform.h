// What an image is made for (image-spec, image-index.md, "platform"), and what of it runs here. Any thread.
#pragma once

#include "instances/instance.h"

#include <string>

namespace diptych {

struct Platform
{
    std::string os, architecture, variant; ///< "linux", "arm64", "v8"; variant is mostly empty
    bool operator==(const Platform&) const = default;
};

/// As images name the processor of this machine: "amd64", "arm64".
std::string hostArchitecture();
/// "linux/arm64" or "linux/arm64/v8"; "" is this machine's. Anything but linux is refused. Errors name `field`.
Result<Platform> parsePlatform(const std::string& text, const char* field = "platform");
std::string toString(const Platform& platform);
/// Whether an entry of an index is what was asked for: a variant that was not asked for may be any.
bool fits(const Platform& entry, const Platform& wanted);
/// Containers run this processor's programs and its 32 bit ones, and what an emulator is registered for
/// (/proc/sys/fs/binfmt_misc, docs.kernel.org/admin-guide/binfmt-misc.html). Machines have the host's kernel and no
/// emulator inside. The error says what the image is made for.
Status checkRuns(const std::string& architecture, Kind kind);

} // namespace diptych
