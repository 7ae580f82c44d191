#include "pages/namespace_detail.h"

#include "client/wall_calls.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "models/wall_words.h"
#include "pages/namespace_boxes.h"
#include "pages/parts.h"
#include "pages/workloads.h"
#include "widgets/evidencetable.h"
#include "widgets/kind.h"

#include <QHeaderView>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace diptych::pages {

using models::NamespaceModel;
using widgets::Tone;

namespace {

constexpr int memberOwnerRole = Qt::UserRole;
constexpr qsizetype mostMembers = 500;

} // namespace

NamespaceDetail::NamespaceDetail(const Context& context, const NamespaceModel& model, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_model(model),
      m_kind(new widgets::Pill({}, Tone::Host, this)),
      m_name(monospaceLabel({}, this)),
      m_open(button(tr("Open"), this)),
      m_rows(new widgets::EvidenceTable(this)),
      m_problem(new ToneLabel({}, Tone::Warn, this)),
      m_count(new ToneLabel({}, Tone::Muted, this)),
      m_members(new QTreeWidget(this))
{
    m_rows->setAccessibleName(tr("How this namespace is known"));
    m_rows->setHead(tr("Of it"));
    m_rows->setColumns({{tr("on the host"), Tone::Host}});
    m_rows->setResourceText(&models::figureName);
    m_rows->setSentence(&models::statement);
    m_rows->setClaimText(&models::claimName);
    m_rows->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (auto signal : {&QTreeWidget::itemExpanded, &QTreeWidget::itemCollapsed})
        connect(m_rows, signal, this, &NamespaceDetail::fit);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_members->setAccessibleName(tr("Processes in this namespace"));
    m_members->setHeaderLabels({tr("Process"), tr("PID"), tr("Whose")});
    m_members->setRootIsDecorated(false);
    m_members->setUniformRowHeights(true);
    m_members->setFrameShape(QFrame::NoFrame);
    m_members->header()->setStretchLastSection(false);
    m_members->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_members->setColumnWidth(1, 72);
    m_members->setColumnWidth(2, 120);
    m_members->setMinimumHeight(140);
    auto* head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(m_kind);
    head->addWidget(m_name, 1);
    head->addWidget(m_open);
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_problem);
    column->addWidget(m_rows);
    column->addWidget(m_count);
    column->addWidget(m_members, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 22, 12);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(scrolling(content, this), 1);
    connect(m_members, &QTreeWidget::currentItemChanged, this, &NamespaceDetail::followMember);
    connect(m_members, &QTreeWidget::itemActivated, this, &NamespaceDetail::jump);
    connect(m_open, &QPushButton::clicked, this, &NamespaceDetail::jump);
}

void NamespaceDetail::setNamespace(const QString& id)
{
    if (id == m_id)
        return;
    m_id = id;
    m_rows->setReports({});
    m_problem->hide();
    m_members->clear();
    m_asking = false;
    follow();
    ask();
}

void NamespaceDetail::follow()
{
    const client::Namespace* one = m_model.find(m_id);
    if (!one) {
        m_id.clear();
        m_members->clear();
        m_rows->setReports({});
        m_name->clear();
        m_open->setEnabled(false);
        return;
    }
    const QList<int>& owners = m_model.ownersOf(m_id);
    m_kind->setText(NamespaceModel::kindName(one->kind));
    m_kind->setTone(one->host || owners.isEmpty() ? Tone::Host
                                                  : toneOfOwner(m_model.listing().owners.at(owners.first())));
    m_name->setText(one->id);
    fillMembers();
    followMember();
}

void NamespaceDetail::ask()
{
    if (m_asking || m_id.isEmpty())
        return;
    m_asking = true;
    m_context.client->wallCalls().namespaceRows(
        m_id, this, [this, asked = m_id](const client::Answer<client::IsolationReport>& answer) {
            if (asked != m_id)
                return;
            m_asking = false;
            m_problem->setVisible(!answer);
            if (answer)
                m_rows->setReports({answer.value()});
            else
                m_problem->setText(models::errorText(answer.error()));
            fit();
        });
}

void NamespaceDetail::fit()
{
    QTimer::singleShot(0, m_rows, [this] { m_rows->setFixedHeight(m_rows->wholeHeight()); });
}

void NamespaceDetail::fillMembers()
{
    const QSignalBlocker quiet(m_members);
    const QString before = m_members->currentItem() ? m_members->currentItem()->text(1) : QString();
    const QList<int>& members = m_model.membersOf(m_id);
    m_members->clear();
    const QStringList others = [this] {
        const client::Namespace* one = m_model.find(m_id);
        return one && one->processes == 0 ? QStringList{m_model.heldOf(m_id)} : QStringList();
    }();
    m_count->setText(members.isEmpty()              ? others.value(0)
                     : members.size() > mostMembers ? tr("the first %n", nullptr, int(mostMembers))
                                                    : tr("%n process(es) in it", nullptr, int(members.size())));
    QList<QTreeWidgetItem*> rows;
    for (qsizetype i = 0; i < std::min(members.size(), mostMembers); ++i) {
        const client::NamespaceMember& member = m_model.listing().members.at(members.at(i));
        const client::NamespaceOwner& owner = m_model.listing().owners.at(member.owner);
        auto* item = new QTreeWidgetItem(
            {member.command, QString::number(member.pid), member.owner == 0 ? tr("this machine") : owner.name});
        item->setToolTip(0, member.command);
        item->setToolTip(2, member.owner == 0 ? QString() : models::workloadMaker(owner.maker));
        item->setData(0, memberOwnerRole, member.owner);
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        rows.append(item);
    }
    m_members->addTopLevelItems(rows);
    for (QTreeWidgetItem* item : std::as_const(rows))
        if (item->text(1) == before)
            m_members->setCurrentItem(item);
}

const client::NamespaceOwner* NamespaceDetail::chosenOwner() const
{
    const QList<int>& owners = m_model.ownersOf(m_id);
    const QTreeWidgetItem* current = m_members->currentItem();
    const int owner = current ? current->data(0, memberOwnerRole).toInt() : owners.isEmpty() ? 0 : owners.first();
    return owner > 0 && owner < m_model.listing().owners.size() ? &m_model.listing().owners.at(owner) : nullptr;
}

void NamespaceDetail::followMember()
{
    const client::NamespaceOwner* owner = chosenOwner();
    m_open->setEnabled(owner);
    m_open->setText(owner ? tr("Open %1").arg(owner->name) : tr("Open"));
    m_open->setToolTip(owner ? tr("Show it among the instances")
                             : tr("The chosen process belongs to no instance and no workload."));
}

void NamespaceDetail::jump()
{
    if (const client::NamespaceOwner* owner = chosenOwner())
        openOwner(m_context, this, owner->id);
}

} // namespace diptych::pages
