#include "models/connection_words.h"

#include "models/actions.h"
#include "models/formatting.h"
#include "models/instance_store.h"
#include "models/reasons.h"

#include <QCoreApplication>

namespace diptych::models {

using namespace Qt::StringLiterals;

namespace {

struct Connections
{
    Q_DECLARE_TR_FUNCTIONS(Connections)
};

QString featureName(const QString& feature)
{
    static const QMap<QString, const char*> names{
        {u"start"_s, QT_TRANSLATE_NOOP("Connections", "start")},
        {u"stop"_s, QT_TRANSLATE_NOOP("Connections", "shut down")},
        {u"kill"_s, QT_TRANSLATE_NOOP("Connections", "end by force")},
        {u"pause"_s, QT_TRANSLATE_NOOP("Connections", "pause and resume")},
        {u"save"_s, QT_TRANSLATE_NOOP("Connections", "keep the memory on disk")},
        {u"snapshots"_s, QT_TRANSLATE_NOOP("Connections", "snapshots")},
        {u"autostart"_s, QT_TRANSLATE_NOOP("Connections", "start with the host")},
        {u"rename"_s, QT_TRANSLATE_NOOP("Connections", "rename")},
        {u"remove"_s, QT_TRANSLATE_NOOP("Connections", "remove")},
        {u"limits"_s, QT_TRANSLATE_NOOP("Connections", "limits")},
        {u"console"_s, QT_TRANSLATE_NOOP("Connections", "serial console")},
        {u"display"_s, QT_TRANSLATE_NOOP("Connections", "display")},
        {u"backup"_s, QT_TRANSLATE_NOOP("Connections", "copy disks while it runs")},
        {u"reset"_s, QT_TRANSLATE_NOOP("Connections", "reset")},
        {u"guest"_s, QT_TRANSLATE_NOOP("Connections", "guest agent")},
        {u"storage"_s, QT_TRANSLATE_NOOP("Connections", "storage pools")},
        {u"networks"_s, QT_TRANSLATE_NOOP("Connections", "networks")},
        {u"statistics"_s, QT_TRANSLATE_NOOP("Connections", "measurements")},
    };
    const char* name = names.value(feature);
    return name ? Connections::tr(name) : feature;
}

QString featureOf(Action action)
{
    switch (action) {
    case Action::Start:
        return u"start"_s;
    case Action::Stop:
    case Action::Restart:
        return u"stop"_s;
    case Action::Kill:
        return u"kill"_s;
    case Action::Pause:
    case Action::Resume:
        return u"pause"_s;
    case Action::Rename:
        return u"rename"_s;
    case Action::Delete:
        return u"remove"_s;
    case Action::SetLimits:
        return u"limits"_s;
    case Action::Terminal:
        return u"console"_s;
    default:
        return {};
    }
}

} // namespace

QString connectionState(const client::LibvirtConnection& connection)
{
    const QString seen =
        connection.answeredAt > 0 ? Connections::tr("last answer %1").arg(ago(connection.answeredAt)) : QString();
    const auto because = [&](const QString& state) {
        QStringList parts{connection.problem.isEmpty()
                              ? state
                              : Connections::tr("%1: %2").arg(state, reasonText(connection.problem))};
        if (!seen.isEmpty())
            parts.append(seen);
        return parts.join(u" · "_s);
    };
    if (connection.state == u"connected"_s)
        return Connections::tr("connected");
    if (connection.state == u"connecting"_s)
        return Connections::tr("connecting …");
    if (connection.state == u"closed"_s)
        return Connections::tr("closed");
    return because(connection.state == u"silent"_s ? Connections::tr("does not answer")
                                                   : Connections::tr("not connected"));
}

QStringList connectionLacks(const client::LibvirtConnection& connection)
{
    QStringList lines;
    for (const client::Lack& lack : connection.lacks)
        lines.append(Connections::tr("%1: %2").arg(featureName(lack.feature), reasonText(lack.reason)));
    return lines;
}

QString connectionForbids(const InstanceStore& store, const QString& id, const QString& feature)
{
    const client::LibvirtConnection* on = store.connectionOf(id);
    if (!on)
        return {};
    if (on->state != u"connected"_s)
        return Connections::tr("%1 is on %2: %3").arg(store.nameOf(id), on->name, connectionState(*on));
    for (const client::Lack& lack : on->lacks)
        if (lack.feature == feature)
            return Connections::tr("%1 can't: %2")
                .arg(on->driver.isEmpty() ? on->name : on->driver, reasonText(lack.reason));
    return {};
}

QString connectionForbids(const InstanceStore& store, const QString& id, Action action)
{
    const client::LibvirtConnection* on = store.connectionOf(id);
    if (!on || action == Action::Compare)
        return {};
    if (action == Action::Commit || action == Action::Export || action == Action::Changes)
        return Connections::tr("%1 is on %2: its disk is not on this machine").arg(store.nameOf(id), on->name);
    return connectionForbids(store, id, featureOf(action));
}

QString seenElsewhere(const InstanceStore& store, const QString& id)
{
    const client::LibvirtConnection* on = store.connectionOf(id);
    return on ? Connections::tr("%1 is on %2: this is seen on its own host only").arg(store.nameOf(id), on->name)
              : QString();
}

} // namespace diptych::models
