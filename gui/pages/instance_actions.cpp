#include "pages/instance_actions.h"

#include "dialogs/delete_dialog.h"
#include "dialogs/export_disk_dialog.h"
#include "dialogs/name_image_dialog.h"
#include "dialogs/rename_dialog.h"
#include "models/statements.h"
#include "widgets/icons.h"

#include <QMenu>

namespace diptych::pages {

using models::Action;

namespace {

struct Description
{
    Action action;
    const char* icon;
    QKeySequence shortcut;
};

// Single letters stay free for searching by typing in the table; Ctrl+C, V, X, A, F keep their usual meaning.
QList<Description> descriptions()
{
    return {
        {Action::Start, "start", QKeySequence(Qt::CTRL | Qt::Key_S)},
        {Action::Stop, "stop", QKeySequence(Qt::CTRL | Qt::Key_Period)},
        {Action::Kill, "kill", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K)},
        {Action::Restart, "restart", QKeySequence(Qt::CTRL | Qt::Key_R)},
        {Action::Pause, "pause", QKeySequence(Qt::CTRL | Qt::Key_P)},
        {Action::Resume, "resume", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)},
        {Action::Rename, "rename", QKeySequence(Qt::Key_F2)},
        {Action::Delete, "delete", QKeySequence(QKeySequence::Delete)},
        {Action::SetLimits, "limits", QKeySequence(Qt::CTRL | Qt::Key_L)},
        {Action::Terminal, "terminal", QKeySequence(Qt::CTRL | Qt::Key_QuoteLeft)},
        {Action::Compare, "compare", QKeySequence(Qt::CTRL | Qt::Key_D)},
        {Action::TakeDown, "walls", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D)},
        {Action::Changes, "images", {}},
        {Action::Commit, "images", {}},
        {Action::Export, "export", QKeySequence(Qt::CTRL | Qt::Key_E)},
    };
}

} // namespace

QList<std::pair<QString, QString>> InstanceActions::shortcuts()
{
    QList<std::pair<QString, QString>> all;
    for (const Description& one : descriptions())
        if (!one.shortcut.isEmpty())
            all.append({models::actionText(one.action), one.shortcut.toString(QKeySequence::NativeText)});
    return all;
}

InstanceActions::InstanceActions(const Context& context, QWidget* owner, Keys keys)
    : QObject(owner), m_context(context), m_owner(owner)
{
    for (const Description& description : descriptions()) {
        auto* made =
            new QAction(widgets::icon(QLatin1String(description.icon)), models::actionText(description.action), this);
        if (keys == Keys::InOwner)
            made->setShortcut(description.shortcut);
        made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(made, &QAction::triggered, this, [this, which = description.action] { trigger(which); });
        if (keys == Keys::InOwner)
            owner->addAction(made);
        m_actions[description.action] = made;
    }
    const models::InstanceStore* store = context.store;
    connect(store, &models::InstanceStore::changed, this, &InstanceActions::update);
    connect(store, &models::InstanceStore::connectionsChanged, this, &InstanceActions::update);
    connect(store, &models::InstanceStore::removed, this, &InstanceActions::update);
    connect(store, &models::InstanceStore::liveChanged, this, &InstanceActions::update);
    connect(store, &models::InstanceStore::hostChanged, this, &InstanceActions::update);
    update();
}

void InstanceActions::setIds(const QStringList& ids)
{
    m_ids = ids;
    update();
}

void InstanceActions::update()
{
    for (const auto& entry : m_actions)
        updateOne(entry.first);
}

void InstanceActions::updateOne(Action which)
{
    QAction* made = m_actions.at(which);
    const models::Availability can = models::availability(which, *m_context.store, m_ids);
    made->setEnabled(can.allowed);
    const QString keys = made->shortcut().toString(QKeySequence::NativeText);
    QString tip =
        keys.isEmpty() ? models::actionDescription(which) : tr("%1 (%2)").arg(models::actionDescription(which), keys);
    if (!can.reason.isEmpty())
        tip = can.allowed ? tip + QLatin1Char('\n') + can.reason : can.reason;
    made->setToolTip(tip);
    made->setStatusTip(can.allowed ? models::actionDescription(which) : can.reason);
}

void InstanceActions::fill(QMenu* menu) const
{
    menu->setToolTipsVisible(true);
    for (Action which : {Action::Start, Action::Stop, Action::Kill, Action::Restart, Action::Pause, Action::Resume})
        menu->addAction(action(which));
    menu->addSeparator();
    for (Action which : {Action::Terminal, Action::SetLimits, Action::Compare, Action::TakeDown})
        menu->addAction(action(which));
    menu->addSeparator();
    for (Action which : {Action::Changes, Action::Commit, Action::Export})
        menu->addAction(action(which));
    addMachineMenu(menu);
    menu->addSeparator();
    for (Action which : {Action::Rename, Action::Delete})
        menu->addAction(action(which));
}

void InstanceActions::trigger(Action which)
{
    const models::Availability can = models::availability(which, *m_context.store, m_ids);
    if (can.allowed)
        perform(which, can);
}

void InstanceActions::perform(Action which, const models::Availability& can)
{
    Navigator* navigator = m_context.navigator;
    if (const auto verb = models::verbOf(which)) {
        m_context.client->act(*verb, can.ids, this, [navigator](const client::Answer<QStringList>& answer) {
            if (!answer)
                emit navigator->notify(Notice::Error, models::errorText(answer.error()), answer.error().name);
        });
        return;
    }
    switch (which) {
    case Action::Delete:
        dialogs::DeleteDialog::ask(*m_context.client, *m_context.store, can.ids, m_owner);
        break;
    case Action::Rename:
        dialogs::RenameDialog::ask(*m_context.client, *m_context.store, can.ids.first(), m_owner);
        break;
    case Action::Terminal:
        emit navigator->openInstanceTab(can.ids.first(), QStringLiteral("terminal"));
        break;
    case Action::SetLimits:
        emit navigator->openInstanceTab(can.ids.first(), QStringLiteral("limits"));
        break;
    case Action::TakeDown:
        emit navigator->openInstanceTab(can.ids.first(), QStringLiteral("walls"));
        break;
    case Action::Changes:
        emit navigator->openInstanceTab(can.ids.first(), QStringLiteral("changes"));
        break;
    case Action::Commit:
        (new dialogs::CommitDialog(m_context.forImages(), can.ids.first(), m_owner))->ask();
        break;
    case Action::Export:
        dialogs::ExportDiskDialog::ofInstance(m_context.forImages(), can.ids.first(), m_owner)->ask();
        break;
    case Action::Compare:
        emit navigator->openCompare(can.ids.value(0), can.ids.value(1));
        break;
    default:
        break;
    }
}

} // namespace diptych::pages
