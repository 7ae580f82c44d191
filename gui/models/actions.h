// What can be done with the selected instances now, and if not, why not, in a sentence that names the instance.
#pragma once

#include "client/client.h"

namespace diptych::models {

class InstanceStore;

enum class Action {
    Start,
    Stop,
    Kill,
    Pause,
    Resume,
    Restart,
    Rename,
    Delete,
    SetLimits,
    Terminal,
    Compare,
    TakeDown,
    Changes,
    Commit,
    Export
};

struct Availability
{
    bool allowed = false;
    QStringList ids; ///< those of the given ones it would act on
    /// Why not (allowed false), or why not on all of them (fewer ids than given). "web is stopped: start it first"
    QString reason;
};

/// Several instances: allowed when it makes sense for at least one of them. Rename, SetLimits and Terminal want exactly
/// one, Compare two (or one with a twin: ids then has both, the container first).
Availability availability(Action action, const InstanceStore& store, const QStringList& ids);

/// "web is busy: Starting web"; empty when nothing is being done to it.
QString busyReason(const InstanceStore& store, const QString& id);
QString actionText(Action action);        ///< "Start"
QString actionDescription(Action action); ///< "Start the selected instances": tool tip and accessible description
std::optional<client::Verb> verbOf(Action action);

} // namespace diptych::models
