// A file system of its own out of an image's layers.
#pragma once

#include "images/images.h"

namespace diptych::images {

/// layers: top first, as Store::unpack() gives them. What they say of whiteouts is carried out.
Status copyLayers(const std::vector<std::string>& layers, const std::string& directory, IdRange ids,
                  Progress& progress);

} // namespace diptych::images
