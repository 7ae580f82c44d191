// SnapshotsTab: what is asked before something is made, given up or copied.
#include "client/machine_calls.h"
#include "dialogs/name_check.h"
#include "dialogs/task_dialog.h"
#include "dialogs/volume_picker.h"
#include "pages/snapshots_tab.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QLineEdit>
#include <QLocale>
#include <QStandardItemModel>

#include <algorithm>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using dialogs::TaskDialog;

void SnapshotsTab::make()
{
    auto* dialog = new TaskDialog(tr("New snapshot of %1").arg(store().nameOf(id())), tr("Make it"), this);
    auto* name = new QLineEdit(QLocale::c().toString(QDateTime::currentDateTime(), u"yyyy-MM-dd-HHmmss"_s), dialog);
    auto* description = new QLineEdit(dialog);
    name->setObjectName(u"name"_s);
    auto* where = new QComboBox(dialog);
    where->setObjectName(u"where"_s);
    const auto offer = [where](const QString& text, bool external, const QString& obstacle) {
        where->addItem(text, external);
        where->setItemData(where->count() - 1, obstacle, Qt::ToolTipRole);
        static_cast<QStandardItemModel*>(where->model())->item(where->count() - 1)->setEnabled(obstacle.isEmpty());
    };
    offer(tr("Inside its disks"), false, m_snapshots.obstacle);
    offer(tr("In files of their own"), true, m_snapshots.externalObstacle);
    where->setCurrentIndex(m_snapshots.obstacle.isEmpty() ? 0 : 1);
    const QString inside = m_snapshots.withMemory
                               ? tr("It runs: the snapshot holds its memory too, and it stands still meanwhile.")
                               : tr("It is off: the snapshot holds its disks.");
    dialog->addField(tr("Name"), name, u"name"_s);
    dialog->addField(tr("Where"), where, u"external"_s, inside);
    auto* memory = new QCheckBox(tr("With its memory"), dialog);
    memory->setObjectName(u"memory"_s);
    memory->setChecked(m_snapshots.withMemory);
    dialog->addWide(memory);
    const auto explain = [this, dialog, where, inside, memory] {
        const bool external = where->currentData().toBool();
        memory->setVisible(external && m_snapshots.withMemory);
        const QString outside =
            memory->isVisibleTo(dialog) && memory->isChecked()
                ? tr("It stands still while its memory is written beside its disks; then it goes on, and writes into "
                     "new files. Going back, it runs on from this moment.")
                : tr("Only its disks: it goes on at once, and writes into new files beside them. Going back, it is "
                     "off.");
        QString text = external ? outside : inside;
        if (!m_snapshots.obstacle.isEmpty())
            text += u'\n' + tr("Not inside: %1").arg(m_snapshots.obstacle);
        dialog->setHint(u"external"_s, text);
        dialog->fit();
    };
    connect(where, &QComboBox::currentIndexChanged, dialog, explain);
    connect(memory, &QCheckBox::toggled, dialog, explain);
    explain();
    dialog->addField(tr("Description"), description, u"description"_s);
    dialog->setBlocker(
        [name] { return name->text().trimmed().isEmpty() ? tr("A snapshot needs a name.") : QString(); });
    connect(name, &QLineEdit::textChanged, dialog, &TaskDialog::changed);
    dialog->setTask([this, dialog, name, description, where, memory] {
        const bool external = where->currentData().toBool();
        client().machineCalls().createSnapshot(
            id(), name->text().trimmed(), description->text(), external,
            external && m_snapshots.withMemory && memory->isChecked(), dialog,
            dialog->answered<QString>(tr("Not made"), [this, made = name->text().trimmed()](const QString& operation) {
                m_made = made;
                await(operation);
            }));
    });
    dialog->changed();
    dialog->ask();
}

void SnapshotsTab::revert()
{
    const client::Snapshot* one = chosen();
    if (!one)
        return;
    auto* dialog = new TaskDialog(tr("Revert %1 to %2").arg(store().nameOf(id()), one->name), tr("Revert"), this);
    dialog->setDangerous();
    dialog->addNote(
        tr("What is on its disks now and what it does now is given up: make a snapshot of it first, if it may "
           "be needed."));
    const QString then = one->memory ? tr("It then runs on from that moment.") : tr("It is off then.");
    dialog->addNote(m_snapshots.withMemory ? tr("It runs: that ends first.") + u' ' + then : then);
    dialog->setTask([this, dialog, name = one->name] {
        client().machineCalls().revertSnapshot(
            id(), name, dialog,
            dialog->answered<QString>(tr("Not reverted"), [this](const QString& operation) { await(operation); }));
    });
    dialog->changed();
    dialog->ask();
}

void SnapshotsTab::remove()
{
    const client::Snapshot* one = chosen();
    if (!one)
        return;
    auto* dialog = new TaskDialog(tr("Delete the snapshot %1").arg(one->name), tr("Delete"), this);
    dialog->setDangerous();
    dialog->addNote(tr("The machine stays as it is now. Only the way back to that moment goes."));
    if (one->external)
        dialog->addNote(tr("What is built upon its files takes over what it needs of them; that can take a while."));
    auto* children = new QCheckBox(tr("Those made after it, below it in the tree, too"), dialog);
    children->setVisible(std::any_of(m_snapshots.all.cbegin(), m_snapshots.all.cend(),
                                     [one](const client::Snapshot& other) { return other.parent == one->name; }));
    dialog->addWide(children);
    dialog->setTask([this, dialog, children, name = one->name] {
        client().machineCalls().deleteSnapshot(
            id(), name, children->isChecked(), dialog,
            dialog->answered<QString>(tr("Not deleted"), [this](const QString& operation) { await(operation); }));
    });
    dialog->changed();
    dialog->ask();
}

/// "now" and every snapshot; what can't be cloned is grey, with the reason.
QComboBox* SnapshotsTab::momentsOf(QWidget* parent) const
{
    const client::Instance* i = instance();
    const bool off = i && i->runtime.state == client::State::Stopped;
    const bool here = !store().connectionOf(id());
    auto* box = new QComboBox(parent);
    const auto offer = [box](const QString& text, const QString& name, const QString& why) {
        box->addItem(text, name);
        box->setItemData(box->count() - 1, why, Qt::ToolTipRole);
        static_cast<QStandardItemModel*>(box->model())->item(box->count() - 1)->setEnabled(why.isEmpty());
    };
    offer(tr("As it is now"), {}, off ? QString() : tr("Stop it first: its disks change while it runs"));
    for (const client::Snapshot& one : m_snapshots.all)
        offer(tr("As %1 kept it").arg(one.name), one.name,
              !here                 ? tr("Snapshots are cloned on their own machine only")
              : off || one.external ? QString()
                                    : tr("Stop it first: it writes to the disk that this snapshot is in"));
    const client::Snapshot* one = chosen();
    if (!off && one && one->external)
        box->setCurrentIndex(box->findData(one->name));
    for (int row = 0; !off && row < box->count() && !(one && one->external); ++row)
        if (static_cast<QStandardItemModel*>(box->model())->item(row)->isEnabled()) {
            box->setCurrentIndex(row);
            break;
        }
    return box;
}

void SnapshotsTab::clone()
{
    auto* dialog = new TaskDialog(tr("Clone %1").arg(store().nameOf(id())), tr("Clone"), this);
    auto* name =
        new QLineEdit(dialogs::NameCheck::freeName(store().nameOf(id()) + u"-clone"_s, store(), false), dialog);
    QComboBox* moment = momentsOf(dialog);
    auto* how = new QComboBox(dialog);
    how->addItem(tr("Full: every disk is copied"), false);
    how->addItem({}, true);
    dialog->addField(tr("Name"), name, u"name"_s);
    dialog->addField(tr("What"), moment, u"snapshot"_s);
    dialog->addField(tr("How"), how, u"linked"_s);
    const auto follow = [this, dialog, moment, how] {
        const QString of = moment->currentData().toString();
        const auto one = std::find_if(m_snapshots.all.cbegin(), m_snapshots.all.cend(),
                                      [&](const client::Snapshot& snapshot) { return snapshot.name == of; });
        const bool now = one == m_snapshots.all.cend();
        const bool inside = !now && !one->external;
        how->setItemText(1, now ? tr("Linked: both write beside what there is now")
                                : tr("Linked: it writes beside what the snapshot kept"));
        static_cast<QStandardItemModel*>(how->model())->item(1)->setEnabled(!inside);
        if (inside)
            how->setCurrentIndex(0);
        dialog->setHint(u"snapshot"_s,
                        now ? QString()
                            : tr("Its disks and its hardware of that moment, not its memory: the clone starts as after "
                                 "a power cut."));
        dialog->setHint(
            u"linked"_s,
            inside ? tr("This snapshot is inside the disk, where nothing can be built upon it.")
                   : tr("A linked clone is there at once and takes no room at first. What the disks hold now becomes a "
                        "base that is never written again and can't be deleted while one of the two needs it."));
        if (!now && !inside)
            dialog->setHint(u"linked"_s, tr("A linked clone is there at once and takes no room at first. The snapshot "
                                            "can't be deleted while the clone needs it."));
    };
    connect(moment, &QComboBox::currentIndexChanged, dialog, follow);
    follow();
    dialog->setBlocker([this, name] { return dialogs::NameCheck::problem(name->text(), store(), {}); });
    connect(name, &QLineEdit::textChanged, dialog, &TaskDialog::changed);
    dialog->setTask([this, dialog, name, moment, how] {
        client().machineCalls().clone(
            id(), name->text(), how->currentData().toBool(), moment->currentData().toString(), dialog,
            dialog->answered<QString>(tr("Not cloned"), [this](const QString& operation) { await(operation); }));
    });
    dialog->changed();
    dialog->ask();
}

void SnapshotsTab::backUp()
{
    auto* dialog = new TaskDialog(tr("Copy the disks of %1").arg(store().nameOf(id())), tr("Copy"), this);
    auto* pool = new dialogs::VolumePicker(placeCalls(), dialogs::VolumePicker::What::PoolOnly, dialog);
    auto* freeze = new QCheckBox(tr("Freeze its file systems for the moment of the copy"), dialog);
    freeze->setChecked(true);
    freeze->setObjectName(u"freeze"_s);
    dialog->addNote(tr("It runs on: every disk that it writes to is copied as it is at one moment."));
    dialog->addField(tr("Into"), pool, u"pool"_s, tr("As qcow2; they can be downloaded on the page Storage."));
    dialog->addWide(freeze);
    dialog->addNote(
        tr("With a guest agent inside, the file systems are whole in the copy. Without one it is as after a "
           "power cut."));
    dialog->setBlocker([pool] { return pool->problem(); });
    connect(pool, &dialogs::VolumePicker::changed, dialog, &TaskDialog::changed);
    dialog->setTask([this, dialog, pool, freeze] {
        client().machineCalls().backUp(
            id(), pool->chosen().pool, freeze->isChecked(), dialog,
            dialog->answered<QString>(tr("Not copied"), [this](const QString& operation) { await(operation); }));
    });
    dialog->changed();
    dialog->ask();
}

} // namespace diptych::pages
