#include "pages/snapshots_tab.h"

#include "client/machine_calls.h"
#include "dialogs/name_check.h"
#include "dialogs/task_dialog.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "pages/parts.h"
#include "widgets/banner.h"
#include "widgets/emptystate.h"
#include "widgets/icons.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QStackedWidget>
#include <QTreeWidget>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using dialogs::TaskDialog;
using widgets::Banner;
using widgets::EmptyState;

SnapshotsTab::SnapshotsTab(const Context& context, QWidget* parent)
    : DetailTab(context, parent),
      m_banner(new Banner(this)),
      m_note(new ToneLabel({}, widgets::Tone::Muted, this)),
      m_new(primaryButton(tr("New snapshot…"), this)),
      m_revert(button(tr("Revert…"), this)),
      m_delete(button(tr("Delete…"), this)),
      m_clone(button(tr("Clone…"), this, tr("Another machine like this one, as it is now"))),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(m_stack)),
      m_tree(new QTreeWidget(m_stack))
{
    m_new->setObjectName(u"newSnapshot"_s);
    m_revert->setObjectName(u"revert"_s);
    m_delete->setObjectName(u"deleteSnapshot"_s);
    m_clone->setObjectName(u"clone"_s);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_tree->setHeaderLabels({tr("Snapshot"), tr("Made"), tr("Holds"), tr("Description")});
    m_tree->setUniformRowHeights(true);
    m_tree->setAccessibleName(tr("Snapshots"));
    m_tree->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_tree->header()->setStretchLastSection(true);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_tree);
    auto* line = new QHBoxLayout;
    line->addWidget(m_note, 1);
    for (QWidget* part : std::initializer_list<QWidget*>{m_clone, m_delete, m_revert, m_new})
        line->addWidget(part);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 10, 0, 12);
    layout->addLayout(line);
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);
    setFocusProxy(m_tree);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &SnapshotsTab::follow);
    connect(m_new, &QPushButton::clicked, this, &SnapshotsTab::make);
    connect(m_revert, &QPushButton::clicked, this, &SnapshotsTab::revert);
    connect(m_delete, &QPushButton::clicked, this, &SnapshotsTab::remove);
    connect(m_clone, &QPushButton::clicked, this, &SnapshotsTab::clone);
    connect(&store(), &models::InstanceStore::changed, this, [this](const QStringList& ids) {
        if (isVisible() && ids.contains(id()))
            activate();
    });
}

void SnapshotsTab::reset()
{
    m_asking = false;
    m_again = false;
    m_known = false;
    m_snapshots = {};
    m_banner->dismiss();
    m_empty->setContent(EmptyState::Look::Loading, tr("Asking libvirt …"));
    m_stack->setCurrentWidget(m_empty);
    follow();
}

void SnapshotsTab::activate()
{
    if (id().isEmpty() || m_asking) {
        m_again = m_asking; // what was asked may be older than what happened since
        return;
    }
    m_asking = true;
    client().machineCalls().snapshots(id(), this,
                                      [this, asked = id()](const client::Answer<client::Snapshots>& answer) {
                                          if (asked == id())
                                              take(answer);
                                      });
}

void SnapshotsTab::take(const client::Answer<client::Snapshots>& answer)
{
    m_asking = false;
    if (std::exchange(m_again, false))
        activate();
    m_known = bool(answer);
    if (!answer) {
        m_empty->setContent(EmptyState::Look::Error, tr("The snapshots are not known"),
                            models::errorText(answer.error()));
        m_stack->setCurrentWidget(m_empty);
        follow();
        return;
    }
    m_snapshots = answer.value();
    fill();
    follow();
}

void SnapshotsTab::fill()
{
    if (m_snapshots.all.isEmpty()) {
        m_empty->setContent(EmptyState::Look::Empty, tr("No snapshots"),
                            m_snapshots.obstacle.isEmpty()
                                ? tr("A snapshot is a moment to come back to: the disk, and the memory when it runs.")
                                : tr("None can be made: %1").arg(m_snapshots.obstacle),
                            {}, u"snapshot"_s);
        m_stack->setCurrentWidget(m_empty);
        m_tree->clear();
        return;
    }
    const QString before = m_tree->currentItem() ? m_tree->currentItem()->data(0, Qt::UserRole).toString() : QString();
    m_tree->clear();
    QMap<QString, QTreeWidgetItem*> items;
    QList<client::Snapshot> left = m_snapshots.all;
    // Parents first; what claims a parent that is not there stands at the top.
    for (bool progress = true; !left.isEmpty();) {
        const bool orphans = !std::exchange(progress, false);
        for (qsizetype i = 0; i < left.size();) {
            const client::Snapshot one = left[i];
            if (!one.parent.isEmpty() && !items.contains(one.parent) && !orphans) {
                ++i;
                continue;
            }
            auto* item =
                items.contains(one.parent) ? new QTreeWidgetItem(items.value(one.parent)) : new QTreeWidgetItem(m_tree);
            place(item, one);
            items.insert(one.name, item);
            left.removeAt(i);
            progress = true;
        }
    }
    m_tree->expandAll();
    m_tree->setCurrentItem(items.value(before, m_tree->topLevelItem(0)));
    m_stack->setCurrentWidget(m_tree);
}

void SnapshotsTab::place(QTreeWidgetItem* item, const client::Snapshot& snapshot)
{
    item->setText(0, snapshot.name);
    item->setIcon(0, widgets::icon(u"snapshot"_s));
    item->setText(1, QLocale().toString(QDateTime::fromMSecsSinceEpoch(snapshot.createdAt), QLocale::ShortFormat));
    item->setText(2, snapshot.memory ? tr("disk and memory") : tr("disk"));
    item->setText(3, snapshot.description);
    item->setToolTip(3, snapshot.description);
    item->setData(0, Qt::UserRole, snapshot.name);
    if (!snapshot.current)
        return;
    auto* here = new QTreeWidgetItem(item, {tr("You are here")});
    QFont font = here->font(0);
    font.setItalic(true);
    here->setFont(0, font);
    here->setIcon(0, widgets::icon(u"chevron-right"_s, widgets::Tone::Machine));
}

const client::Snapshot* SnapshotsTab::chosen() const
{
    const QTreeWidgetItem* item = m_stack->currentWidget() == m_tree ? m_tree->currentItem() : nullptr;
    for (const client::Snapshot& one : m_snapshots.all)
        if (item && one.name == item->data(0, Qt::UserRole).toString())
            return &one;
    return nullptr;
}

void SnapshotsTab::follow()
{
    const bool can = m_known && m_snapshots.obstacle.isEmpty();
    m_new->setEnabled(can);
    m_new->setToolTip(can ? QString() : m_snapshots.obstacle);
    m_new->setAccessibleDescription(m_new->toolTip());
    const client::Snapshot* one = chosen();
    const QString external = tr("An external snapshot: this libvirt can't revert to it or delete it.");
    for (QPushButton* verb : {m_revert, m_delete}) {
        verb->setEnabled(one && !one->external);
        verb->setToolTip(!one ? tr("Choose a snapshot first") : one->external ? external : QString());
    }
    const client::Instance* i = instance();
    const bool off = i && i->runtime.state == client::State::Stopped;
    m_clone->setEnabled(m_known && off);
    m_clone->setToolTip(off ? tr("Another machine like this one, as it is now")
                            : tr("Stop it first: its disks change while it runs"));
    m_note->setText(m_snapshots.all.isEmpty() ? QString() : m_snapshots.obstacle);
    m_note->setToolTip(m_note->text());
}

void SnapshotsTab::await(const QString& operation)
{
    context().operations->whenEnded(operation, this, [this](const client::Operation& ended) {
        if (ended.error)
            m_banner->showMessage(Banner::Level::Error, tr("Not done"), models::errorText(*ended.error));
        else
            m_banner->dismiss();
        activate();
    });
}

void SnapshotsTab::make()
{
    auto* dialog = new TaskDialog(tr("New snapshot of %1").arg(store().nameOf(id())), tr("Make it"), this);
    auto* name = new QLineEdit(QLocale::c().toString(QDateTime::currentDateTime(), u"yyyy-MM-dd-HHmmss"_s), dialog);
    auto* description = new QLineEdit(dialog);
    name->setObjectName(u"name"_s);
    dialog->addNote(m_snapshots.withMemory
                        ? tr("It runs: the snapshot holds its memory too, and it stands still meanwhile.")
                        : tr("It is off: the snapshot holds its disks."));
    dialog->addField(tr("Name"), name, u"name"_s);
    dialog->addField(tr("Description"), description, u"description"_s);
    dialog->setBlocker(
        [name] { return name->text().trimmed().isEmpty() ? tr("A snapshot needs a name.") : QString(); });
    connect(name, &QLineEdit::textChanged, dialog, &TaskDialog::changed);
    dialog->setTask([this, dialog, name, description] {
        client().machineCalls().createSnapshot(
            id(), name->text().trimmed(), description->text(), dialog,
            dialog->answered<QString>(tr("Not made"), [this](const QString& operation) { await(operation); }));
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
    dialog->addNote(one->memory ? tr("It then runs on from that moment.") : tr("It is off then."));
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
    auto* children = new QCheckBox(tr("Those made after it, below it in the tree, too"), dialog);
    dialog->addWide(children);
    dialog->setTask([this, dialog, children, name = one->name] {
        client().machineCalls().deleteSnapshot(
            id(), name, children->isChecked(), dialog,
            dialog->answered<QString>(tr("Not deleted"), [this](const QString& operation) { await(operation); }));
    });
    dialog->changed();
    dialog->ask();
}

void SnapshotsTab::clone()
{
    auto* dialog = new TaskDialog(tr("Clone %1").arg(store().nameOf(id())), tr("Clone"), this);
    auto* name =
        new QLineEdit(dialogs::NameCheck::freeName(store().nameOf(id()) + u"-clone"_s, store(), false), dialog);
    auto* how = new QComboBox(dialog);
    how->addItem(tr("Full: every disk is copied"), false);
    how->addItem(tr("Linked: both write beside what there is now"), true);
    name->setObjectName(u"name"_s);
    how->setObjectName(u"how"_s);
    dialog->addField(tr("Name"), name, u"name"_s);
    dialog->addField(
        tr("How"), how, u"linked"_s,
        tr("A linked clone is there at once and takes no room at first. What the disks hold now becomes a base "
           "that is never written again and can't be deleted while one of the two needs it."));
    dialog->setBlocker([this, name] { return dialogs::NameCheck::problem(name->text(), store(), {}); });
    connect(name, &QLineEdit::textChanged, dialog, &TaskDialog::changed);
    dialog->setTask([this, dialog, name, how] {
        client().machineCalls().clone(
            id(), name->text(), how->currentData().toBool(), dialog,
            dialog->answered<QString>(tr("Not cloned"), [this](const QString& operation) { await(operation); }));
    });
    dialog->changed();
    dialog->ask();
}

} // namespace diptych::pages
