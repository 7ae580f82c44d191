// The machine's namespaces and its network wiring as the daemon's NamespaceSource, by isolation/.
#pragma once

#include "daemon/services.h"

namespace diptych {

std::unique_ptr<NamespaceSource> makeNamespaceSource();

} // namespace diptych
