// InstanceActions: what only virtual machines do, as a menu of its own. For one, or what goes for many at once.
#include "client/machine_calls.h"
#include "dialogs/migrate_dialog.h"
#include "models/connection_words.h"
#include "models/statements.h"
#include "pages/display_windows.h"
#include "pages/instance_actions.h"

#include <QMenu>

#include <algorithm>
#include <tuple>

namespace diptych::pages {

using namespace Qt::StringLiterals;

namespace {

/// Of the selection those that run; empty also when one is no virtual machine.
QStringList runningMachines(const models::InstanceStore& store, const QStringList& ids)
{
    QStringList running;
    for (const QString& id : ids) {
        const client::Instance* one = store.find(id);
        if (!one || one->context.kind != client::Kind::Machine)
            return {};
        if (one->runtime.state == client::State::Running || one->runtime.state == client::State::Paused)
            running.append(id);
    }
    return running;
}

/// What the connection of one of them lacks.
QString whyNot(const models::InstanceStore& store, const QStringList& ids, const QString& feature)
{
    for (const QString& id : ids)
        if (const QString why = models::connectionForbids(store, id, feature); !why.isEmpty())
            return why;
    return {};
}

} // namespace

void InstanceActions::addMachineMenu(QMenu* menu) const
{
    QMenu* sub = menu->addMenu(tr("Virtual machine"));
    sub->setObjectName(u"machineMenu"_s);
    sub->setToolTipsVisible(true);
    const auto add = [sub](const QString& text, const QString& name, auto slot) {
        QAction* made = sub->addAction(text);
        made->setObjectName(name);
        QObject::connect(made, &QAction::triggered, sub, slot);
        return made;
    };
    const auto tab = [this](const QString& name) {
        return [this, name] { emit m_context.navigator->openInstanceTab(m_ids.value(0), name); };
    };
    QList<QAction*> single{add(tr("Display"), u"display"_s, tab(u"display"_s)),
                           add(tr("Hardware"), u"hardware"_s, tab(u"hardware"_s)),
                           add(tr("Snapshots and clones"), u"snapshots"_s, tab(u"snapshots"_s))};
    QAction* window = add(tr("Display in a window of its own"), u"displayWindow"_s, [this] {
        for (const QString& id : m_ids)
            m_context.displays->open(id);
    });
    sub->addSeparator();
    QAction* reset = add(tr("Reset"), u"reset"_s, [this] { resetMachines(); });
    QAction* save = add(tr("Save state and turn off"), u"save"_s, [this] { saveMachines(); });
    sub->addSeparator();
    single.append(add(tr("Move to another host…"), u"move"_s, [this] {
        (new dialogs::MigrateDialog(*m_context.client, *m_context.store, m_ids.value(0), m_owner))->ask();
    }));
    connect(menu, &QMenu::aboutToShow, sub, [this, sub, single, window, reset, save] {
        const bool machines = !m_ids.isEmpty() && std::all_of(m_ids.cbegin(), m_ids.cend(), [this](const QString& id) {
            const client::Instance* one = m_context.store->find(id);
            return one && one->context.kind == client::Kind::Machine;
        });
        sub->setEnabled(machines);
        for (QAction* action : single) {
            action->setEnabled(m_ids.size() == 1);
            action->setToolTip(m_ids.size() == 1 ? QString() : tr("Choose one machine"));
        }
        const QString blind = whyNot(*m_context.store, m_ids, u"display"_s);
        window->setEnabled(blind.isEmpty());
        window->setToolTip(blind);
        const bool runs = !runningMachines(*m_context.store, m_ids).isEmpty();
        for (const auto& [action, feature, does] :
             {std::tuple(reset, u"reset"_s, tr("As the reset button: what is not written is lost")),
              std::tuple(save, u"save"_s, tr("Its memory goes to disk; the next start goes on from there"))}) {
            const QString why = whyNot(*m_context.store, m_ids, feature);
            action->setEnabled(runs && why.isEmpty());
            action->setToolTip(why.isEmpty() ? does : why);
        }
    });
}

void InstanceActions::resetMachines() const
{
    for (const QString& id : runningMachines(*m_context.store, m_ids))
        m_context.client->machineCalls().resetMachine(
            id, m_owner, [navigator = m_context.navigator](const client::Answer<client::Nothing>& answer) {
                if (!answer)
                    emit navigator->notify(Notice::Error, models::errorText(answer.error()), answer.error().name);
            });
}

void InstanceActions::saveMachines() const
{
    for (const QString& id : runningMachines(*m_context.store, m_ids))
        m_context.client->machineCalls().save(
            id, m_owner, [navigator = m_context.navigator](const client::Answer<QString>& answer) {
                if (!answer)
                    emit navigator->notify(Notice::Error, models::errorText(answer.error()), answer.error().name);
            });
}

} // namespace diptych::pages
