// images::Store as the daemon's ImageSource.
#pragma once

#include "daemon/services.h"

namespace diptych {

/// The store must outlive it.
std::unique_ptr<ImageSource> makeImageSource(images::Store& store);
/// published: called after the directory of disks changed.
std::unique_ptr<DiskSource> makeDiskSource(images::Store& store, const Paths& paths, std::function<void()> published);

} // namespace diptych
