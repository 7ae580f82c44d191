#include "pages/group_detail.h"

#include "client/group_calls.h"
#include "dialogs/group_dialogs.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "pages/limits_panel.h"
#include "pages/parts.h"
#include "widgets/banner.h"
#include "widgets/card.h"
#include "widgets/kind.h"
#include "widgets/limitslider.h"

#include <QHeaderView>
#include <QTableWidget>
#include <QVBoxLayout>

namespace diptych::pages {

using client::Answer;
using client::Nothing;
using models::GroupModel;
using widgets::Tone;

namespace {

enum TaskColumn { TaskCommandColumn, TaskPidColumn, TaskUserColumn, TaskMemoryColumn, TaskCpuColumn, TaskColumnCount };
constexpr double throttledNote = 0.01;

} // namespace

Tone toneOfGroup(const QString& maker)
{
    if (maker == QLatin1String("libvirt"))
        return Tone::Machine;
    const QStringList containers{QStringLiteral("diptych"),    QStringLiteral("podman"), QStringLiteral("docker"),
                                 QStringLiteral("containerd"), QStringLiteral("crio"),   QStringLiteral("kubernetes"),
                                 QStringLiteral("lxc"),        QStringLiteral("nspawn")};
    return containers.contains(maker) ? Tone::Container : Tone::Host;
}

GroupDetail::GroupDetail(const Context& context, const GroupModel& model, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_model(model),
      m_name(new QLabel(this)),
      m_maker(new widgets::Pill({}, Tone::Host, this)),
      m_frozen(new widgets::Pill(tr("frozen"), Tone::Warn, this)),
      m_pathLabel(monospaceLabel({}, this)),
      m_open(button(tr("Open instance"), this, tr("Show it among the instances"))),
      m_freeze(button(tr("Freeze"), this)),
      m_kill(button(tr("Kill…"), this)),
      m_banner(new widgets::Banner(this)),
      m_facts(new widgets::Card(tr("What it uses"), this)),
      m_factText(new QLabel(this)),
      m_limitsCard(new widgets::Card({}, this)),
      m_limits(new LimitsPanel(this)),
      m_limitsNote(new ToneLabel({}, Tone::Muted, this)),
      m_processCard(new widgets::Card(tr("What runs in it"), this)),
      m_processes(new QTableWidget(0, TaskColumnCount, this)),
      m_move(linkButton(tr("Move to another group…"), this, tr("The current process of the list")))
{
    m_factText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_factText->setTextFormat(Qt::RichText);
    m_facts->body()->addWidget(m_factText);
    m_facts->body()->addStretch();
    buildLimits();
    buildProcesses();
    auto* cards = new QHBoxLayout;
    cards->setSpacing(14);
    cards->addWidget(m_facts, 3);
    cards->addWidget(m_limitsCard, 4);
    cards->addWidget(m_processCard, 6);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(22, 14, 22, 16);
    layout->setSpacing(10);
    layout->addWidget(buildHead());
    layout->addWidget(m_banner);
    layout->addLayout(cards, 1);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (const GroupModel::Entry* entry = m_model.find(m_path))
            emit m_context.navigator->openInstance(entry->group.instance);
    });
    connect(m_freeze, &QPushButton::clicked, this, &GroupDetail::freeze);
    connect(m_kill, &QPushButton::clicked, this, &GroupDetail::kill);
    connect(m_move, &QPushButton::clicked, this, &GroupDetail::moveProcess);
}

QWidget* GroupDetail::buildHead()
{
    m_name->setFont(widgets::scaledFont(15.0 / 13, QFont::Bold));
    m_name->setTextFormat(Qt::PlainText);
    m_pathLabel->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* head = new QWidget(this);
    auto* line = new QHBoxLayout(head);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(m_name);
    line->addWidget(m_maker);
    line->addWidget(m_frozen);
    line->addWidget(m_pathLabel, 1);
    line->addWidget(m_open);
    line->addWidget(m_freeze);
    line->addWidget(m_kill);
    return head;
}

void GroupDetail::buildLimits()
{
    m_limitsCard->setTitle(tr("Limits"), tr("hold at once"));
    m_limitsNote->setWordWrap(true);
    m_limitsCard->body()->addWidget(m_limits);
    m_limitsCard->body()->addWidget(m_limitsNote);
    m_limitsCard->body()->addStretch();
    m_limits->setHost(m_context.store->host());
    connect(m_context.store, &models::InstanceStore::hostChanged, this,
            [this] { m_limits->setHost(m_context.store->host()); });
    connect(m_limits, &LimitsPanel::limitsChanged, this, [this](const client::Limits& limits) {
        m_context.client->groupCalls().setLimits(m_path, limits, this, [this](const Answer<Nothing>& answer) {
            answered(answer, tr("The limits were not changed"));
        });
    });
}

void GroupDetail::buildProcesses()
{
    m_processes->setHorizontalHeaderLabels({tr("Command"), tr("PID"), tr("User"), tr("Memory"), tr("CPU time")});
    m_processes->setAccessibleName(tr("Processes of the group"));
    dressTable(m_processes);
    m_processes->setSelectionMode(QAbstractItemView::SingleSelection);
    m_processes->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_processes->verticalHeader()->setDefaultSectionSize(rowHeight(this, 1.7));
    m_processes->horizontalHeader()->setStretchLastSection(false);
    m_processes->horizontalHeader()->setSectionResizeMode(TaskCommandColumn, QHeaderView::Stretch);
    m_processes->horizontalHeader()->setMinimumSectionSize(48);
    const std::initializer_list<std::pair<int, int>> widths{
        {TaskPidColumn, 58}, {TaskUserColumn, 58}, {TaskMemoryColumn, 70}, {TaskCpuColumn, 66}};
    for (const auto& [column, width] : widths)
        m_processes->setColumnWidth(column, width);
    m_processCard->addHeaderWidget(m_move);
    m_processCard->body()->addWidget(m_processes, 1);
    m_move->setEnabled(false);
    connect(m_processes, &QTableWidget::currentCellChanged, this,
            [this](int row) { m_move->setEnabled(row >= 0 && row < m_tasks.size()); });
}

void GroupDetail::setPath(const QString& path)
{
    if (path == m_path)
        return;
    m_path = path;
    m_banner->dismiss();
    m_tasks.clear();
    m_processes->setRowCount(0);
    m_move->setEnabled(false);
    m_asking = false;
    follow();
}

void GroupDetail::follow()
{
    const GroupModel::Entry* entry = m_model.find(m_path);
    setEnabled(entry);
    if (!entry)
        return;
    showHead(*entry);
    showFacts(*entry);
    showLimits(*entry);
    askProcesses();
}

QString GroupDetail::reason() const
{
    const GroupModel::Entry* entry = m_model.find(m_path);
    const QString by = entry ? entry->group.protectedBy : QStringLiteral("root");
    if (by == QLatin1String("root"))
        return tr("The root holds everything: it can't be changed.");
    if (by == QLatin1String("helper"))
        return tr("The helper or the first process runs in it: without them nothing could be undone.");
    if (by == QLatin1String("instance"))
        return tr("It belongs to an instance: change that one.");
    return {};
}

void GroupDetail::showHead(const GroupModel::Entry& entry)
{
    const client::ControlGroup& g = entry.group;
    const QString known = m_context.store->contains(g.instance) ? m_context.store->nameOf(g.instance) : QString();
    m_name->setText(g.path == QLatin1String("/") ? tr("this machine") : known.isEmpty() ? g.name : known);
    m_maker->setText(GroupModel::makerName(g.maker));
    m_maker->setTone(toneOfGroup(g.maker));
    m_frozen->setVisible(g.frozen);
    m_pathLabel->setText(g.path);
    m_pathLabel->setToolTip(g.path);
    m_open->setVisible(!known.isEmpty());
    const QString why = reason();
    m_freeze->setText(g.frozen ? tr("Thaw") : tr("Freeze"));
    m_freeze->setEnabled(why.isEmpty());
    m_freeze->setToolTip(!why.isEmpty() ? why
                         : g.frozen     ? tr("Let its processes go on")
                                        : tr("Hold all its processes where they are"));
    m_kill->setEnabled(why.isEmpty());
    m_kill->setToolTip(why.isEmpty() ? tr("End all its processes at once") : why);
}

void GroupDetail::showFacts(const GroupModel::Entry& entry)
{
    const client::ControlGroup& g = entry.group;
    QList<std::pair<QString, QString>> facts;
    if (g.path != QLatin1String("/")) {
        facts.append({tr("CPU"), entry.rated ? models::percent(entry.cores) : models::none()});
        facts.append({tr("CPU so far"), models::nanoseconds(g.cpuNanoseconds)});
        facts.append({tr("Held back"), entry.throttled > throttledNote
                                           ? tr("%1 now").arg(models::percent(std::min(1.0, entry.throttled)))
                                       : g.throttledNanoseconds > 0 ? models::nanoseconds(g.throttledNanoseconds)
                                                                    : tr("never")});
        facts.append({tr("Memory"), models::bytes(g.memory)});
        if (g.memoryPeak > 0)
            facts.append({tr("At most so far"), models::bytes(g.memoryPeak)});
        facts.append({tr("Of it page cache"), models::bytes(g.memoryFile)});
        facts.append({tr("Killed for memory"), g.oomKills > 0 ? models::count(g.oomKills) : tr("never")});
        facts.append({tr("Read"), models::rate(entry.readRate)});
        facts.append({tr("Written"), models::rate(entry.writeRate)});
    }
    if (g.pressure) {
        facts.append({tr("CPU pressure"), models::percent(g.pressure->cpuSome / 100)});
        facts.append({tr("Memory pressure"), models::percent(g.pressure->memorySome / 100)});
        facts.append({tr("IO pressure"), models::percent(g.pressure->ioSome / 100)});
    }
    facts.append({tr("Controllers"), g.controllers.isEmpty() ? models::none() : g.controllers.join(u' ')});
    QString text = QStringLiteral("<table cellspacing=0 cellpadding=1>");
    const QString quiet = widgets::colors().muted.name();
    for (const auto& [name, value] : std::as_const(facts))
        text += QStringLiteral("<tr><td style='color:%1;padding-right:14px'>%2</td><td>%3</td></tr>")
                    .arg(quiet, name.toHtmlEscaped(), value.toHtmlEscaped());
    m_factText->setText(text + QStringLiteral("</table>"));
    m_factText->setWordWrap(true);
}

void GroupDetail::showLimits(const GroupModel::Entry& entry)
{
    QString why = reason();
    m_limits->setLimits(entry.group.limits);
    const auto lacks = [&entry](const char* controller) {
        return entry.group.controllers.contains(QLatin1String(controller))
                   ? QString()
                   : tr("This group has no %1 controller.").arg(QLatin1String(controller));
    };
    m_limits->cpu()->setReason(why.isEmpty() ? lacks("cpu") : why);
    m_limits->memory()->setReason(why.isEmpty() ? lacks("memory") : why);
    m_limits->pids()->setReason(why.isEmpty() ? lacks("pids") : why);
    if (why.isEmpty() && entry.group.maker != QLatin1String("other"))
        why = tr("Who made the group may set its own limits again.");
    m_limitsNote->setText(why);
}

void GroupDetail::askProcesses()
{
    if (m_asking || m_path.isEmpty() || !isVisible())
        return;
    if (m_path == QLatin1String("/")) {
        m_processCard->setTitle(tr("What runs in it"), tr("choose a group"));
        return;
    }
    m_asking = true;
    m_context.client->groupCalls().processes(m_path, this,
                                             [this, asked = m_path](const Answer<QList<client::GroupTask>>& answer) {
                                                 if (asked != m_path)
                                                     return;
                                                 m_asking = false;
                                                 if (answer)
                                                     showProcesses(answer.value());
                                             });
}

void GroupDetail::showProcesses(const QList<client::GroupTask>& tasks)
{
    const int before = m_processes->currentRow();
    const int pid = before >= 0 && before < m_tasks.size() ? m_tasks.at(before).pid : 0;
    m_tasks = tasks;
    m_processCard->setTitle(tr("What runs in it"),
                            tr("%n process(es), with the groups inside", nullptr, int(tasks.size())));
    m_processes->setRowCount(int(tasks.size()));
    for (int row = 0; row < tasks.size(); ++row) {
        const client::GroupTask& task = tasks.at(row);
        const QStringList texts{task.command, QString::number(task.pid), task.user, models::bytes(task.memory),
                                tr("%1 s").arg(task.cpuSeconds, 0, 'f', 1)};
        for (int column = 0; column < TaskColumnCount; ++column) {
            QTableWidgetItem* item = m_processes->item(row, column);
            if (!item)
                m_processes->setItem(row, column, item = new QTableWidgetItem);
            if (item->text() != texts.at(column))
                item->setText(texts.at(column));
            item->setToolTip(column == TaskCommandColumn ? task.command : QString());
        }
        if (pid > 0 && task.pid == pid && row != before)
            m_processes->setCurrentCell(row, TaskCommandColumn);
    }
    m_move->setEnabled(m_processes->currentRow() >= 0 && m_processes->currentRow() < m_tasks.size());
}

void GroupDetail::freeze()
{
    const GroupModel::Entry* entry = m_model.find(m_path);
    if (!entry)
        return;
    m_freeze->setEnabled(false);
    m_context.client->groupCalls().freeze(m_path, !entry->group.frozen, this, [this](const Answer<Nothing>& answer) {
        answered(answer, tr("Not changed"));
    });
}

void GroupDetail::kill()
{
    const GroupModel::Entry* entry = m_model.find(m_path);
    if (!entry)
        return;
    auto* dialog = new dialogs::KillGroupDialog(m_context.client->groupCalls(), m_path, entry->group.pids, this);
    connect(dialog, &QDialog::accepted, this, &GroupDetail::changed);
    dialog->ask();
}

void GroupDetail::moveProcess()
{
    const int row = m_processes->currentRow();
    if (row < 0 || row >= m_tasks.size())
        return;
    QStringList groups;
    QStringList open{QStringLiteral("/")};
    while (!open.isEmpty()) {
        const QString path = open.takeFirst();
        groups += m_model.childrenOf(path);
        open += m_model.childrenOf(path);
    }
    groups.sort();
    auto* dialog =
        new dialogs::MoveProcessDialog(m_context.client->groupCalls(), m_tasks.at(row), m_path, groups, this);
    connect(dialog, &QDialog::accepted, this, &GroupDetail::changed);
    dialog->ask();
}

void GroupDetail::answered(const Answer<Nothing>& answer, const QString& failed)
{
    if (answer)
        m_banner->dismiss();
    else
        m_banner->showMessage(widgets::Banner::Level::Error, failed, models::errorText(answer.error()),
                              answer.error().name);
    emit changed();
}

} // namespace diptych::pages
