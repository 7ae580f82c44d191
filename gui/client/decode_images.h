// From the helper's JSON to client/image_types.h.
#pragma once

#include "client/image_types.h"
#include "client/json.h"

namespace diptych::client {

ImageDetails decodeDetails(const Json& json);
PathPage decodeFiles(const Json& json);   ///< of ListFiles
PathPage decodeChanges(const Json& json); ///< of ListChanges
Disk decodeDisk(const Json& json);
Registry decodeRegistry(const Json& json);
ImagePlatform decodePlatform(const Json& json);
PrunePlan decodePrune(const Json& json);

} // namespace diptych::client
