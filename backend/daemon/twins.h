// Making one instance, or both halves of a twin side by side, so that either all are there or none. On a worker.
#pragma once

#include "instances/driver.h"

namespace diptych {

struct Half
{
    std::string id;
    InstanceSpec spec;
    Driver* driver = nullptr;
};

/// The two specs of a twin: the container keeps name, network and published ports; the machine is "<name>-vm" on the
/// NAT network and publishes nothing, for a host port can be given away once.
std::vector<InstanceSpec> twinSpecs(const InstanceSpec& spec);
/// All at once. When one fails or the work is cancelled, the others are removed again. Halves are linked as twins.
Result<std::vector<Instance>> createAll(const std::vector<Half>& halves, Progress& progress);
/// All at once; the first error, with the instances left where they are.
Status startAll(const std::vector<Half>& halves, const std::vector<Instance>& made, Progress& progress);

} // namespace diptych
