// Machines that move from one libvirt to another. One process opens both: that of the connection that it goes to, or of
// the one that it comes from when it goes to the helper's own. So it moves with its owner's rights on either side, and
// nobody's keys are lent.
#pragma once

#include "connections/link.h"

namespace diptych::connections {

/// Machines.CheckMigration and .Migrate. own: the URI that the helper serves by itself.
Result<Json> moveMachine(const std::vector<std::shared_ptr<Link>>& links, const std::string& own,
                         const std::string& method, const Json& parameters, Progress& progress);

} // namespace diptych::connections
