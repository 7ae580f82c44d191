#pragma once

#include "connections/link.h"

#include <memory>

namespace diptych::connections {

/// state: the helper's directory, where connections.json is. program: diptychd's own path. Opens at once what was
/// active. own: the URI that the helper serves by itself, which is not added again.
std::unique_ptr<Connections> makeConnections(const std::string& state, const std::string& program,
                                             const std::string& own, Patience patience = {});

} // namespace diptych::connections
