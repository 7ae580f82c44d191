#include "pages/process_card.h"

#include "client/wall_calls.h"
#include "models/statements.h"
#include "models/wall_words.h"
#include "pages/parts.h"
#include "widgets/evidencetable.h"

#include <QComboBox>
#include <QHeaderView>
#include <QTimer>
#include <QVBoxLayout>

namespace diptych::pages {

using client::Process;

namespace {

constexpr int askAgain = 8000; ///< each asks inside, which costs a process there

/// "nginx" of "/usr/sbin/nginx -g daemon".
QString programOf(const QString& command)
{
    return command.section(u' ', 0, 0).section(u'/', -1);
}

/// A kernel's own threads are no programs.
bool isProgram(const Process& process)
{
    return !process.command.startsWith(u'[');
}

} // namespace

ProcessCard::ProcessCard(const Context& context, QWidget* parent)
    : Card(tr("One process, from all sides"), parent),
      m_context(context),
      m_programs(new QComboBox(this)),
      m_table(new widgets::EvidenceTable(this)),
      m_note(new ToneLabel({}, widgets::Tone::Muted, this))
{
    m_programs->setAccessibleName(tr("Program"));
    m_programs->setMaximumWidth(320);
    m_programs->hide();
    addHeaderWidget(m_programs);
    m_note->setWordWrap(true);
    m_note->hide();
    m_table->setAccessibleName(tr("One process, from all sides"));
    m_table->setHead(tr("Of it"));
    m_table->setResourceText(&models::figureName);
    m_table->setSentence(&models::statement);
    m_table->setClaimText(&models::claimName);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (auto signal : {&QTreeWidget::itemExpanded, &QTreeWidget::itemCollapsed})
        connect(m_table, signal, this, &ProcessCard::fit);
    body()->addWidget(m_note);
    body()->addWidget(m_table);
    body()->addStretch(1);
    connect(m_programs, &QComboBox::activated, this, &ProcessCard::follow);
}

void ProcessCard::setNames(const QList<std::pair<QString, client::Kind>>& names)
{
    QList<std::pair<QString, widgets::Tone>> columns;
    const auto inside = [](const auto& one) {
        return std::pair{tr("inside %1").arg(one.first), widgets::toneOf(one.second)};
    };
    const std::pair host{tr("on the host"), widgets::Tone::Host};
    columns.append(inside(names.front()));
    columns.append(host);
    if (names.size() > 1) {
        columns.append(host);
        columns.append(inside(names.back()));
    }
    m_table->setColumns(columns);
}

void ProcessCard::setOwner(const QString& id, const QString& name, client::Kind kind)
{
    m_sides[0] = {id, name, kind, {}};
    m_shown = {};
    m_count = 1;
    setNames({{name, kind}});
    showViews();
}

void ProcessCard::show(const Process& process)
{
    ask(0, m_sides[0].id, &process);
}

void ProcessCard::setSides(const std::array<Side, 2>& sides)
{
    const bool others = sides[0].id != m_sides[0].id || sides[1].id != m_sides[1].id;
    m_sides = sides;
    m_count = 2;
    m_programs->setVisible(true);
    if (others) {
        m_shown = {};
        setNames({{sides[0].name, sides[0].kind}, {sides[1].name, sides[1].kind}});
    }
    fillPrograms();
    follow();
}

void ProcessCard::fillPrograms()
{
    QStringList wanted;
    for (const Side& side : m_sides)
        for (const Process& one : side.processes)
            if (isProgram(one) && !wanted.contains(one.command))
                wanted.append(one.command);
    QStringList have;
    for (int i = 0; i < m_programs->count(); ++i)
        have.append(m_programs->itemText(i));
    if (wanted == have)
        return;
    const QString current = m_programs->currentText();
    m_programs->clear();
    m_programs->addItems(wanted);
    m_programs->setCurrentIndex(std::max<int>(0, int(wanted.indexOf(current))));
}

const Process* ProcessCard::counterpart(const Process& process, const QList<Process>& others)
{
    const Process* named = nullptr;
    for (const Process& one : others) {
        if (!isProgram(one))
            continue;
        if (one.command == process.command)
            return &one;
        if (!named && programOf(one.command) == programOf(process.command))
            named = &one;
    }
    return named;
}

void ProcessCard::follow()
{
    Process wanted;
    wanted.command = m_programs->currentText();
    for (size_t side = 0; side < 2; ++side)
        ask(side, m_sides[side].id, wanted.command.isEmpty() ? nullptr : counterpart(wanted, m_sides[side].processes));
    showViews();
}

void ProcessCard::ask(size_t side, const QString& id, const Process* process)
{
    if (!process) {
        m_shown[side] = {};
        return;
    }
    Shown next{id, process->pid, process->pid > 0 ? 0 : process->insidePid, {}};
    if (m_shown[side] == next) {
        if (m_shown[side].asked.isValid() && !m_shown[side].asked.hasExpired(askAgain))
            return;
        next.view = m_shown[side].view;
    }
    next.asked.start();
    m_shown[side] = next;
    m_context.client->wallCalls().process(id, next.pid, next.insidePid, this,
                                          [this, side, next](const client::Answer<client::ProcessView>& answer) {
                                              if (!(m_shown[side] == next))
                                                  return;
                                              m_shown[side].view = answer ? answer.value() : client::ProcessView{};
                                              m_note->setVisible(!answer);
                                              if (!answer)
                                                  m_note->setText(models::errorText(answer.error()));
                                              showViews();
                                          });
}

void ProcessCard::showViews()
{
    QList<client::IsolationReport> reports{m_shown[0].view.inside, m_shown[0].view.host};
    if (m_count > 1) {
        reports.append(m_shown[1].view.host);
        reports.append(m_shown[1].view.inside);
    }
    m_table->setReports(reports);
    fit();
}

void ProcessCard::fit()
{
    QTimer::singleShot(0, m_table, [this] { m_table->setFixedHeight(m_table->wholeHeight()); });
}

} // namespace diptych::pages
