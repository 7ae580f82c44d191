// Which libvirt URIs may be added. README.md has the rules and their reasons.
#pragma once

#include "base/result.h"

#include <string>

namespace diptych::connections {

/// The URI as it is opened, with what must always be said ("no_tty=1" over ssh). InvalidArgument on "uri", with the
/// reason: unknown hypervisor or transport, a parameter that is not on the list, a password, an address that would be
/// taken for an option.
Result<std::string> checkUri(const std::string& uri);
/// 1 to 64 printable characters.
Status checkConnectionName(const std::string& name);

} // namespace diptych::connections
