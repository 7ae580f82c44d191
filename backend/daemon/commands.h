// diptychd as a client: call and bridge.
#pragma once

#include "daemon/options.h"

namespace diptych {

/// Exit status: 0, or 1 when the method answered with an error or nobody answered.
int callCommand(const Options& options);
/// Copies standard input to the socket and back until either ends. For "ssh host diptychd bridge".
int bridgeCommand(const Options& options);

} // namespace diptych
