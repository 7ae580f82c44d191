// The serial console of a machine as a descriptor. Everything runs on libvirt's event loop, nothing blocks there.
#pragma once

#include "base/fd.h"
#include "machines/handles.h"

namespace diptych::machines {

/// Opens the console by force (a session that holds it ends) and gives one end of a socket pair; closing that detaches.
/// The tail of log (what was printed before) comes first, at most 64 KiB; log may be empty.
Result<UniqueFd> openConsole(virConnectPtr connection, virDomainPtr domain, const std::string& log);

/// The last bytes of a file.
Result<std::string> tailOf(const std::string& path, size_t bytes);

} // namespace diptych::machines
