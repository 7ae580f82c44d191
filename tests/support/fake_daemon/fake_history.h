// A month of measurements and of what was done, made up; for looking at charts and at the activity.
#pragma once

#include "instances/driver.h"

namespace diptych::fake {

/// Before the daemon opens the file.
Status writeMeasurements(const std::string& state, const std::vector<Instance>& instances, int64_t now);
/// After the daemon made the file.
Status writeActivity(const std::string& state, const std::vector<Instance>& instances, int64_t now);

} // namespace diptych::fake
