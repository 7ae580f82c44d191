#include "models/formatting.h"
#include "models/statements.h"
#include "pages/detail_tabs.h"
#include "pages/parts.h"
#include "pages/process_card.h"

#include <QHeaderView>
#include <QSplitter>
#include <QTableWidget>
#include <QVBoxLayout>

namespace diptych::pages {

namespace {
constexpr int interval = 3000;
enum Column { CommandColumn, InsideColumn, HostColumn, UserColumn, MemoryColumn, CpuColumn, ColumnCount };
} // namespace

ProcessesTab::ProcessesTab(const Context& context, QWidget* parent)
    : DetailTab(context, parent),
      m_table(new QTableWidget(0, ColumnCount, this)),
      m_note(new ToneLabel({}, widgets::Tone::Muted, this)),
      m_card(new ProcessCard(context, this))
{
    m_table->setHorizontalHeaderLabels(
        {tr("Command"), tr("PID inside"), tr("PID on the host"), tr("User"), tr("Memory"), tr("CPU time")});
    m_table->setAccessibleName(tr("Processes"));
    dressTable(m_table);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight(this, 1.9));
    m_table->setColumnWidth(CommandColumn, 230);
    m_note->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 12, 0, 12);
    layout->addWidget(m_note);
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->setChildrenCollapsible(false);
    split->addWidget(m_table);
    split->addWidget(scrolling(m_card, split));
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setSizes({660, 480});
    layout->addWidget(split, 1);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    connect(m_table, &QTableWidget::currentCellChanged, this, &ProcessesTab::choose);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible())
            activate();
    });
    m_timer.start();
    setFocusProxy(m_table);
}

void ProcessesTab::reset()
{
    m_table->setRowCount(0);
    m_processes.clear();
    m_note->clear();
    m_asking = false;
    if (const client::Instance* i = instance())
        m_card->setOwner(id(), i->context.name, i->context.kind);
}

void ProcessesTab::activate()
{
    const client::Instance* i = instance();
    if (!i || m_asking)
        return;
    if (i->runtime.state != client::State::Running && i->runtime.state != client::State::Paused) {
        m_table->setRowCount(0);
        m_note->setText(tr("%1 is %2: it has no processes.").arg(i->context.name, models::stateName(i->runtime.state)));
        return;
    }
    m_asking = true;
    const QString asked = id();
    client().processes(asked, this, [this, asked](const client::Answer<QList<client::Process>>& answer) {
        if (asked != id())
            return;
        m_asking = false;
        if (answer)
            showProcesses(answer.value());
        else
            m_note->setText(models::errorText(answer.error()));
    });
}

void ProcessesTab::showProcesses(const QList<client::Process>& processes)
{
    const bool machine = std::all_of(processes.cbegin(), processes.cend(),
                                     [](const client::Process& process) { return process.pid == 0; });
    m_note->setText(
        machine ? tr("%n process(es) inside. The host sees none of them: only QEMU.", nullptr, int(processes.size()))
                : tr("%n process(es). Each is a process of the host too, under another number.", nullptr,
                     int(processes.size())));
    m_processes = processes;
    m_table->setRowCount(int(processes.size()));
    for (int row = 0; row < processes.size(); ++row) {
        const client::Process& p = processes.at(row);
        const QStringList texts{p.command,
                                p.insidePid > 0 ? QString::number(p.insidePid) : models::none(),
                                p.pid > 0 ? QString::number(p.pid) : models::none(),
                                p.user,
                                models::bytes(p.memory),
                                tr("%1 s").arg(p.cpuSeconds, 0, 'f', 2)};
        for (int column = 0; column < ColumnCount; ++column) {
            QTableWidgetItem* item = m_table->item(row, column);
            if (!item)
                m_table->setItem(row, column, item = new QTableWidgetItem);
            if (item->text() != texts.at(column))
                item->setText(texts.at(column));
            item->setToolTip(column == CommandColumn ? p.command : QString());
        }
    }
    if (m_table->currentRow() < 0 && !processes.isEmpty())
        m_table->setCurrentCell(0, CommandColumn);
    else
        choose(m_table->currentRow());
}

void ProcessesTab::choose(int row)
{
    if (row >= 0 && row < m_processes.size())
        m_card->show(m_processes.at(row));
}

} // namespace diptych::pages
