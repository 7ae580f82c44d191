// What may name an object. Everything that becomes a file name, a cgroup or a libvirt name passes through here.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace diptych {

/// [A-Za-z0-9_+-][A-Za-z0-9_+.-]{0,62}, not starting with "-": also a host name and a file name.
Status checkInstanceName(std::string_view name, const char* field = "name");
/// A UUID in lower case as newId() makes it.
Status checkId(std::string_view id, const char* field = "id");
/// [registry[:port]/]path[:tag][@sha256:hex], as in the OCI distribution specification; at most 255 bytes.
Status checkImageReference(std::string_view reference, const char* field = "image");
/// sha256:<64 hex digits>; nothing else is ever used as a blob's file name.
Status checkDigest(std::string_view digest, const char* field = "digest");
/// Random UUID, version 4.
std::string newId();

} // namespace diptych
