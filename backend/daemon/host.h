// Facts about this machine for GetHost. Blocks for a few reads in /proc and /sys; any thread.
#pragma once

#include "base/json.h"
#include "daemon/services.h"

namespace diptych {

/// The members of GetHost that do not depend on the helper or its caller.
Json hostFacts();
/// "unified", "hybrid", "legacy" or "none", from /proc/self/mountinfo's text.
std::string cgroupModeFrom(std::string_view mountinfo);
/// What is not there: control groups, user namespaces, overlay.
std::vector<Missing> missingFeatures(const std::string& cgroupMode);

} // namespace diptych
