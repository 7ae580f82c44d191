// Workloads that nobody registered, and the machine itself, where an instance's id is taken: "pid:812:4711", "host".
#pragma once

#include "daemon/daemon.h"

namespace diptych {

bool isOutside(const std::string& id);
/// Finds it on a worker and answers with what make says of it, or with the error.
void answerOutside(Daemon& daemon, const varlink::CallPointer& call, const std::string& id,
                   std::function<Result<Json>(const WorkloadSource::Found&)> make);

} // namespace diptych
