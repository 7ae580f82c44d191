// images::Store as the daemon's ImageSource.
#pragma once

#include "daemon/services.h"

namespace diptych {

/// The store must outlive it.
std::unique_ptr<ImageSource> makeImageSource(images::Store& store);

} // namespace diptych
