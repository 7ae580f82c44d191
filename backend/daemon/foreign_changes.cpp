#include "daemon/foreign_changes.h"

namespace diptych {

std::string foreignChange(const Instance* before, const Instance* after)
{
    const Instance* one = after ? after : before;
    if (!one || one->spec.kind != Kind::Machine)
        return {};
    // Those of an added connection come and go by thousands when it is opened and closed.
    if ((!before || !after) && !one->connection.empty())
        return {};
    if (!before)
        return "definedElsewhere";
    if (!after)
        return "undefinedElsewhere";
    // What the helper itself does at the end of an installation is one thing, and starts and stops are parts of it.
    if (before->installing)
        return after->installing ? "" : "installed";
    if (after->state == State::Running && before->state == State::Paused)
        return "resumedElsewhere";
    if (after->state == State::Paused && before->state == State::Running)
        return "pausedElsewhere";
    const bool off = before->state == State::Stopped || before->state == State::Starting;
    if (off && (after->state == State::Running || after->state == State::Paused))
        return "startedElsewhere";
    // One of ours has an end of its own to tell, with its exit code; of another's nobody knows more than this.
    const bool on =
        before->state == State::Running || before->state == State::Paused || before->state == State::Stopping;
    if (on && after->state == State::Stopped && after->finishedAt == 0)
        return "stoppedElsewhere";
    return {};
}

} // namespace diptych
