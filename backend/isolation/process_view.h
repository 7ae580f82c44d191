// One process as those inside see it and as the host does: a container's is both, a guest's is none of the host's.
#pragma once

#include "isolation/resources.h"

namespace diptych::isolation {

/// Rows with the resources "pid" "uid" "command" "group" "namespaces" "privileges" "resident memory" "threads" as far
/// as each side has them; level NotMeasured, for they are about no wall.
struct ProcessView
{
    std::vector<Row> inside, host;
};

/// pid: on the host, of a process that was found in the instance; 0 for a guest's, which insidePid tells. NotFound when
/// it has ended. probe and hostFacts as for evidence(). Blocks.
Result<ProcessView> processView(const Instance& instance, const Json* probe, const Json& hostFacts,
                                const HostIdentity& host, const ResourceSources& sources, int pid, int insidePid);
Json toJson(const ProcessView& view); ///< {"inside": [row], "host": [row]}

} // namespace diptych::isolation
