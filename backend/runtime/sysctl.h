// linux.sysctl: only keys of namespaces that are the container's own (CVE-2022-0811).
#pragma once

#include "oci/config.h"

namespace diptych::runtime {

/// Refuses what would change the host: in the parent, before anything is made.
Status checkSysctl(const oci::Config& config);
/// In the child, whose /proc is still the host's mount: nothing of the image is on the way.
Status applySysctl(const oci::Config& config);

} // namespace diptych::runtime
