// Containers: instances on diptych-run. README.md has the ordered steps and their reasons.
#pragma once

#include "images/images.h"
#include "instances/driver.h"
#include "instances/paths.h"

#include <memory>

namespace diptych::containers {

/// images must outlive the driver. Makes <state>/instances and <run>/runtime. The driver has one thread of its own,
/// which waits for containers to end and then calls the listener.
Result<std::unique_ptr<Driver>> makeContainerDriver(const Paths& paths, images::Store& images);

} // namespace diptych::containers
