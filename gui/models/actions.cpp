#include "models/actions.h"

#include "models/connection_words.h"
#include "models/formatting.h"
#include "models/instance_store.h"
#include "models/statements.h"

#include <QCoreApplication>

namespace diptych::models {

namespace {

struct Actions
{
    Q_DECLARE_TR_FUNCTIONS(Actions)
};

using client::State;

bool isGoing(State state)
{
    return state == State::Running || state == State::Paused;
}

QString mustRun(const QString& name, State state)
{
    if (state == State::Stopped || state == State::Broken)
        return Actions::tr("%1 is %2: start it first").arg(name, stateName(state));
    if (state == State::Paused)
        return Actions::tr("%1 is paused: resume it first").arg(name);
    return Actions::tr("%1 is %2: wait until it runs").arg(name, stateName(state));
}

QString cannotStart(const QString& name, State state)
{
    if (state == State::Stopped || state == State::Broken)
        return {};
    if (state == State::Paused)
        return Actions::tr("%1 is paused: resume it instead").arg(name);
    return state == State::Running ? Actions::tr("%1 is running already").arg(name)
                                   : Actions::tr("%1 is %2 already").arg(name, stateName(state));
}

QString cannotEnd(const QString& name, State state)
{
    if (isGoing(state) || state == State::Starting)
        return {};
    if (state == State::Stopped)
        return Actions::tr("%1 is stopped already").arg(name);
    return Actions::tr("%1 is %2: there is nothing to stop").arg(name, stateName(state));
}

/// Why this instance's state forbids it; empty when it does not.
QString stateForbids(Action action, const QString& name, State state)
{
    switch (action) {
    case Action::Start:
        return cannotStart(name, state);
    case Action::Stop:
        return state == State::Paused ? Actions::tr("%1 is paused: resume it first, or kill it").arg(name)
                                      : cannotEnd(name, state);
    case Action::Kill:
        return state == State::Stopping ? QString() : cannotEnd(name, state);
    case Action::Resume:
        return state == State::Paused ? QString() : Actions::tr("%1 is %2, not paused").arg(name, stateName(state));
    case Action::Pause:
        return state == State::Paused    ? Actions::tr("%1 is paused already").arg(name)
               : state == State::Running ? QString()
                                         : mustRun(name, state);
    case Action::Restart:
    case Action::Terminal:
        return state == State::Running ? QString() : mustRun(name, state);
    case Action::Delete: // what runs is killed first, if that is ticked
    case Action::Rename:
    case Action::SetLimits:
        return state == State::Creating ? Actions::tr("%1 is being created: wait until it is there").arg(name)
                                        : QString();
    case Action::TakeDown:
    case Action::Changes:
    case Action::Commit:
        return state == State::Creating ? Actions::tr("%1 is being created: wait until it is there").arg(name)
                                        : QString();
    case Action::Export:
    case Action::Compare:
        break;
    }
    return {};
}

bool worksWhileBusy(Action action)
{
    return action == Action::Kill || action == Action::Terminal || action == Action::Compare ||
           action == Action::TakeDown;
}

QString forbids(Action action, const InstanceStore& store, const QString& id)
{
    const client::Instance* instance = store.find(id);
    if (!instance)
        return Actions::tr("it no longer exists");
    const QString& name = instance->context.name;
    if (!worksWhileBusy(action))
        if (const QString reason = busyReason(store, id); !reason.isEmpty())
            return reason;
    if (const QString reason = connectionForbids(store, id, action); !reason.isEmpty())
        return reason;
    const bool here = instance->runtime.connection.isEmpty();
    const bool machine = instance->context.kind == client::Kind::Machine;
    if (action == Action::Rename && !machine && !instance->runtime.managed)
        return Actions::tr("%1 was not made by Diptych: rename it where it was made").arg(name);
    const bool readsDisk = action == Action::Commit || action == Action::Export;
    if (machine && action == Action::Changes)
        return Actions::tr("%1 is a virtual machine: what it writes is inside its disk. Commit or export it instead")
            .arg(name);
    if (machine && action == Action::TakeDown && !(here && instance->runtime.managed))
        return Actions::tr("%1 was not made here: there is nothing inside that could try anything").arg(name);
    const State state = instance->runtime.state;
    // libvirt renames what is off.
    const bool on = state != State::Stopped && state != State::Broken && state != State::Creating;
    if (machine && ((readsDisk && state != State::Stopped) || (action == Action::Rename && on)))
        return Actions::tr("%1 is %2: stop it first").arg(name, stateName(instance->runtime.state));
    if (!machine && (action == Action::Changes || readsDisk) && instance->context.image.isEmpty())
        return Actions::tr("%1 was not made from an image of this host").arg(name);
    return stateForbids(action, name, instance->runtime.state);
}

bool wantsOne(Action action)
{
    return action == Action::Rename || action == Action::SetLimits || action == Action::Terminal ||
           action == Action::TakeDown || action == Action::Changes || action == Action::Commit ||
           action == Action::Export;
}

Availability compare(const InstanceStore& store, QStringList ids)
{
    if (ids.size() == 1) {
        const QString twin = store.twinOf(ids.first());
        if (twin.isEmpty())
            return {false,
                    {},
                    Actions::tr("%1 has no twin: select two instances to compare").arg(store.nameOf(ids.first()))};
        ids.append(twin);
    }
    if (ids.size() != 2)
        return {false, {}, Actions::tr("select two instances to compare")};
    const auto kind = [&](const QString& id) {
        const client::Instance* instance = store.find(id);
        return instance ? instance->context.kind : client::Kind::Container;
    };
    if (kind(ids.first()) == client::Kind::Machine && kind(ids.last()) == client::Kind::Container)
        ids.swapItemsAt(0, 1);
    return {true, ids, {}};
}

} // namespace

QString busyReason(const InstanceStore& store, const QString& id)
{
    if (!store.isBusy(id))
        return {};
    const QString name = store.nameOf(id);
    return Actions::tr("%1 is busy: %2").arg(name, verbProgress(store.operations(id).first().verb, name));
}

Availability availability(Action action, const InstanceStore& store, const QStringList& ids)
{
    if (ids.isEmpty())
        return {false, {}, Actions::tr("select an instance first")};
    if (action == Action::Compare)
        return compare(store, ids);
    if (!store.isLive())
        return {false, {}, Actions::tr("not connected to the helper")};
    if (wantsOne(action) && ids.size() > 1)
        return {false, {}, Actions::tr("select only one instance for this")};
    Availability result;
    for (const QString& id : ids) {
        const QString reason = forbids(action, store, id);
        if (reason.isEmpty())
            result.ids.append(id);
        else if (result.reason.isEmpty())
            result.reason = reason;
    }
    result.allowed = !result.ids.isEmpty();
    return result;
}

QString actionText(Action action)
{
    switch (action) {
    case Action::Start:
        return Actions::tr("Start");
    case Action::Stop:
        return Actions::tr("Stop");
    case Action::Kill:
        return Actions::tr("Kill");
    case Action::Pause:
        return Actions::tr("Pause");
    case Action::Resume:
        return Actions::tr("Resume");
    case Action::Restart:
        return Actions::tr("Restart");
    case Action::Rename:
        return Actions::tr("Rename…");
    case Action::Delete:
        return Actions::tr("Delete…");
    case Action::SetLimits:
        return Actions::tr("Change limits");
    case Action::Terminal:
        return Actions::tr("Open terminal");
    case Action::TakeDown:
        return Actions::tr("Take a wall down…");
    case Action::Changes:
        return Actions::tr("Show changes");
    case Action::Commit:
        return Actions::tr("Commit as image…");
    case Action::Export:
        return Actions::tr("Export…");
    case Action::Compare:
        break;
    }
    return Actions::tr("Compare");
}

QString actionDescription(Action action)
{
    switch (action) {
    case Action::Start:
        return Actions::tr("Start the selected instances");
    case Action::Stop:
        return Actions::tr("Ask the selected instances to end, and end them by force when they do not");
    case Action::Kill:
        return Actions::tr("End the selected instances at once; what they have not written is lost");
    case Action::Pause:
        return Actions::tr("Freeze the selected instances; they keep their memory");
    case Action::Resume:
        return Actions::tr("Let the paused instances go on");
    case Action::Restart:
        return Actions::tr("Stop the selected instances and start them again");
    case Action::Rename:
        return Actions::tr("Give the instance another name");
    case Action::Delete:
        return Actions::tr("Show what would be deleted and what stays, then decide");
    case Action::SetLimits:
        return Actions::tr("Change CPU, memory and process limits, at once when it runs");
    case Action::Terminal:
        return Actions::tr("A shell inside the container, or the machine's serial console");
    case Action::TakeDown:
        return Actions::tr("See what a wall holds back, on a throw-away copy");
    case Action::Changes:
        return Actions::tr("List what the container changed in its image");
    case Action::Commit:
        return Actions::tr("Make an image of what the container, or the disk of a stopped machine, is now");
    case Action::Export:
        return Actions::tr("Save it as a disk or an appliance for other programs");
    case Action::Compare:
        break;
    }
    return Actions::tr("Show two instances side by side: walls, evidence, start, costs");
}

std::optional<client::Verb> verbOf(Action action)
{
    switch (action) {
    case Action::Start:
        return client::Verb::Start;
    case Action::Stop:
        return client::Verb::Stop;
    case Action::Kill:
        return client::Verb::Kill;
    case Action::Pause:
        return client::Verb::Pause;
    case Action::Resume:
        return client::Verb::Resume;
    case Action::Restart:
        return client::Verb::Restart;
    default:
        return {};
    }
}

} // namespace diptych::models
