// The OCI bundle of a container: config.json and the files that are bound over /etc. Source: runtime-spec 1.1.
#pragma once

#include "base/json.h"
#include "containers/record.h"
#include "instances/paths.h"

namespace diptych::containers {

/// config.json as a value. seccomp: linux.seccomp, null: none (only preview() without a profile).
Json bundleConfig(const Record& record, const Paths& paths, const Json& seccomp);
/// <data>/seccomp/default.json. An error when it is missing: a container is never started without it.
Result<Json> loadSeccomp(const Paths& paths);
/// Writes config.json, hosts, hostname, resolv.conf, rootfs/, and above layers upper/ and work/ as the container's
/// root.
Status writeBundle(const Record& record, const Paths& paths);

} // namespace diptych::containers
