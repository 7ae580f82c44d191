// Names of walls and of what is attempted against them.
#pragma once

#include "client/copy_types.h"

namespace diptych::models {

QString wallName(const QString& wall);    ///< "seccomp": "System call filter"
QString wallMeaning(const QString& wall); ///< what the copy is like without it
/// Why it can't be taken down: in the language of the window where we know it, else the helper's reason.
QString wallMissing(const QString& wall, const QString& reason);
QString attemptName(const QString& attempt);   ///< "seeProcesses": "See the processes of this machine"
QString attemptReason(const QString& attempt); ///< why nothing happens when it succeeds
/// "possible: reaches this machine", "refused (EPERM)", "nothing of the host to be seen"
QString outcomeText(const client::AttemptOutcome& outcome);

} // namespace diptych::models
