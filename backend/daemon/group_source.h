// The machine's control groups as the daemon's GroupSource.
#pragma once

#include "daemon/services.h"

namespace diptych {

/// NotSupported without control groups.
Result<std::unique_ptr<GroupSource>> makeGroupSource();

} // namespace diptych
