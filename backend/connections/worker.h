// The process of one connection: `diptychd connection UID`, on the socket that is its descriptor 3. It gives up root
// first.
//
// From the helper: {"open": uri} once; {"call": n, "method", "parameters"} (with a descriptor where the method has
// one);
// {"cancel": n}; {"sample": true}.
// To it: {"state": "connected", "driver", "host", "version", "lacks": [[feature, reason]]}, {"state": "failed",
// "problem"}, {"alive": true} after each proof that libvirt answers; {"all": [Row]}, {"changed": [Row], "removed":
// [id]};
// {"place": true} when pools or networks changed; {"samples": [...]}; {"call": n, "progress": {...}}, {"call": n,
// "result"} (with a descriptor), {"call": n, "error"}.
#pragma once

#include <sys/types.h>

namespace diptych::connections {

inline constexpr int workerSocket = 3;

/// Never returns to what the helper's main would do next: the exit status.
int runWorker(uid_t owner);

} // namespace diptych::connections
