// Workloads of this machine that are no instances, and the machine itself, by isolation/.
#pragma once

#include "daemon/services.h"

namespace diptych {

std::unique_ptr<WorkloadSource> makeWorkloadSource();

} // namespace diptych
