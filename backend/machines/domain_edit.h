// Changes of a domain's XML that somebody else may have written. Pure: text or a tree in, the same out; what is not
// named here stays as it was, unknown elements, comments' places and order included.
#pragma once

#include "machines/domain_devices.h"

#include <optional>
#include <pugixml.hpp>
#include <string>

namespace diptych::machines {

/// Which <graphics> is the first of type vnc, counted as libvirt does.
Result<std::optional<unsigned>> vncIndex(const std::string& xml);

/// What a person made of a domain's XML: refused when it is of another domain, and with the passwords that secure (the
/// document with VIR_DOMAIN_XML_SECURE) has and the edited one left out.
Result<std::string> acceptEdited(const std::string& edited, const std::string& secure);

/// The domain with other files behind its disks: path before -> source after.
Result<std::string> withSources(const std::string& xml, const std::map<std::string, DiskSource>& sources);

/// Another domain like this one: name, UUID and disks of its own; MAC addresses, sockets and firmware variables are
/// made anew by libvirt. Our own metadata stays with the first.
Result<std::string> cloneXml(const std::string& xml, const std::string& name, const std::string& id,
                             const std::map<std::string, DiskSource>& sources);

} // namespace diptych::machines
