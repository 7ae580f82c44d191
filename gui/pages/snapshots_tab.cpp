#include "pages/snapshots_tab.h"

#include "client/machine_calls.h"
#include "models/actions.h"
#include "models/connection_words.h"
#include "models/formatting.h"
#include "models/reasons.h"
#include "models/statements.h"
#include "pages/parts.h"
#include "pages/snapshot_card.h"
#include "widgets/emptystate.h"
#include "widgets/icons.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QStackedWidget>
#include <QTreeWidget>

#include <algorithm>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using widgets::EmptyState;

SnapshotsTab::SnapshotsTab(const Context& context, QWidget* parent)
    : DetailTab(context, parent),
      m_note(new ToneLabel({}, widgets::Tone::Muted, this)),
      m_new(primaryButton(tr("New snapshot…"), this)),
      m_revert(button(tr("Revert…"), this)),
      m_delete(button(tr("Delete…"), this)),
      m_clone(button(tr("Clone…"), this, tr("Another machine like this one"))),
      m_backUp(button(tr("Copy disks…"), this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(m_stack)),
      m_content(new QWidget(m_stack)),
      m_tree(new QTreeWidget(m_content)),
      m_card(new SnapshotCard(m_content))
{
    m_new->setObjectName(u"newSnapshot"_s);
    m_revert->setObjectName(u"revert"_s);
    m_delete->setObjectName(u"deleteSnapshot"_s);
    m_clone->setObjectName(u"clone"_s);
    m_backUp->setObjectName(u"backUp"_s);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_tree->setHeaderLabels({tr("Snapshot"), tr("Made"), tr("Holds"), tr("Description")});
    m_tree->setUniformRowHeights(true);
    m_tree->setAccessibleName(tr("Snapshots"));
    m_tree->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_tree->header()->setStretchLastSection(true);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_content);
    auto* beside = new QHBoxLayout(m_content);
    beside->setContentsMargins(0, 0, 0, 0);
    beside->setSpacing(12);
    beside->addWidget(m_tree, 3);
    beside->addWidget(m_card, 2);
    auto* line = new QHBoxLayout;
    line->addWidget(m_note, 1);
    for (QWidget* part : std::initializer_list<QWidget*>{m_backUp, m_clone, m_delete, m_revert, m_new})
        line->addWidget(part);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 10, 0, 12);
    layout->addLayout(line);
    layout->addWidget(m_stack, 1);
    setFocusProxy(m_tree);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this] {
        follow();
        showMoment();
    });
    connect(m_new, &QPushButton::clicked, this, &SnapshotsTab::make);
    connect(m_revert, &QPushButton::clicked, this, &SnapshotsTab::revert);
    connect(m_delete, &QPushButton::clicked, this, &SnapshotsTab::remove);
    connect(m_clone, &QPushButton::clicked, this, &SnapshotsTab::clone);
    connect(m_backUp, &QPushButton::clicked, this, &SnapshotsTab::backUp);
    connect(&store(), &models::InstanceStore::changed, this, [this](const QStringList& ids) {
        if (!isVisible() || !ids.contains(id()))
            return;
        follow();
        activate();
    });
}

void SnapshotsTab::reset()
{
    m_asking = false;
    m_again = false;
    m_known = false;
    m_snapshots = {};
    m_made.clear();
    m_card->clear();
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
    m_snapshots.obstacle = models::reasonText(m_snapshots.obstacle);
    m_snapshots.externalObstacle = models::reasonText(m_snapshots.externalObstacle);
    fill();
    follow();
}

void SnapshotsTab::fill()
{
    if (m_snapshots.all.isEmpty()) {
        m_empty->setContent(EmptyState::Look::Empty, tr("No snapshots"),
                            makeable()
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
    const bool made = items.contains(m_made);
    m_tree->setCurrentItem(items.value(made ? std::exchange(m_made, {}) : before, m_tree->topLevelItem(0)));
    m_stack->setCurrentWidget(m_content);
    showMoment();
}

void SnapshotsTab::showMoment()
{
    const client::Snapshot* one = chosen();
    if (!one) {
        m_card->clear();
        return;
    }
    if (!m_card->present(id(), *one))
        return; // it has the picture, or there is none
    client().machineCalls().snapshotPicture(
        id(), one->name, m_card, [this, asked = m_card->shown()](const client::Answer<QByteArray>& answer) {
            if (asked == m_card->shown())
                m_card->setPicture(answer ? answer.value() : QByteArray(),
                                   answer ? QString() : models::errorText(answer.error()));
        });
}

void SnapshotsTab::place(QTreeWidgetItem* item, const client::Snapshot& snapshot)
{
    item->setText(0, snapshot.name);
    item->setIcon(0, widgets::icon(u"snapshot"_s));
    item->setText(1, QLocale().toString(QDateTime::fromMSecsSinceEpoch(snapshot.createdAt), QLocale::ShortFormat));
    item->setText(2, SnapshotCard::holds(snapshot));
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
    const QTreeWidgetItem* item = m_stack->currentWidget() == m_content ? m_tree->currentItem() : nullptr;
    for (const client::Snapshot& one : m_snapshots.all)
        if (item && one.name == item->data(0, Qt::UserRole).toString())
            return &one;
    return nullptr;
}

void SnapshotsTab::follow()
{
    const bool can = m_known && makeable();
    m_new->setEnabled(can);
    m_new->setToolTip(can ? QString() : m_snapshots.obstacle);
    const client::Snapshot* one = chosen();
    const client::Instance* i = instance();
    const bool off = i && i->runtime.state == client::State::Stopped;
    for (QPushButton* verb : {m_revert, m_delete}) {
        verb->setEnabled(one);
        verb->setToolTip(one ? QString() : tr("Choose a snapshot first"));
    }
    const bool kept = std::any_of(m_snapshots.all.cbegin(), m_snapshots.all.cend(),
                                  [](const client::Snapshot& snapshot) { return snapshot.external; });
    const bool here = !store().connectionOf(id());
    m_clone->setEnabled(m_known && (off || (kept && here)));
    m_clone->setToolTip(m_clone->isEnabled()
                            ? tr("Another machine like this one, as it is now or as a snapshot kept it")
                            : tr("Stop it first: its disks change while it runs"));
    const bool runs = i && (i->runtime.state == client::State::Running || i->runtime.state == client::State::Paused);
    const QString lacks = models::connectionForbids(store(), id(), u"backup"_s);
    m_backUp->setEnabled(m_known && runs && lacks.isEmpty());
    m_backUp->setToolTip(!lacks.isEmpty() ? lacks
                         : runs ? tr("Its disks as they are at one moment, into a storage pool, while it runs")
                                : tr("While it is off its volumes can be copied on the page Storage"));
    waitForOthers();
    m_note->setText(m_snapshots.all.isEmpty() || makeable() ? QString() : m_snapshots.obstacle);
    m_note->setToolTip(m_note->text());
}

/// One thing at a time: libvirt would refuse a second one.
void SnapshotsTab::waitForOthers()
{
    const QString busy = models::busyReason(store(), id());
    for (QPushButton* verb : {m_new, m_revert, m_delete, m_clone, m_backUp}) {
        if (!busy.isEmpty()) {
            verb->setEnabled(false);
            verb->setToolTip(busy);
        }
        verb->setAccessibleDescription(verb->toolTip());
    }
}

bool SnapshotsTab::makeable() const
{
    return m_snapshots.obstacle.isEmpty() || m_snapshots.externalObstacle.isEmpty();
}

void SnapshotsTab::await(const QString& operation)
{
    // A failure is told above the pages.
    context().operations->whenEnded(operation, this, [this](const client::Operation&) { activate(); });
}

} // namespace diptych::pages
