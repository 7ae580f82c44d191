#include "pages/traffic_card.h"

#include "client/wall_calls.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "models/wall_words.h"
#include "pages/parts.h"
#include "pages/workloads.h"
#include "widgets/evidencetable.h"
#include "widgets/ratebars.h"

#include <QHeaderView>
#include <QTimer>
#include <QVBoxLayout>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using client::Flow;
using widgets::RateBars;

namespace {

constexpr int countFor = 700; ///< ms
constexpr qsizetype mostKinds = 12;

/// The kinds that most happen of, over all columns, then the rest in one line; the sum above them.
RateBars::Section sectionOf(const QString& title, const QString& all, const QList<const Flow*>& flows,
                            const std::function<QString(int)>& others)
{
    QMap<QString, QList<double>> kinds;
    RateBars::Row sum{all, {}, true};
    for (qsizetype column = 0; column < flows.size(); ++column) {
        const Flow* flow = flows.at(column);
        const bool known = flow && (flow->counted || !flow->kinds.isEmpty());
        sum.values.append(known ? flow->perSecond : -1);
        if (!known)
            continue;
        for (const client::FlowKind& kind : flow->kinds) {
            QList<double>& values = kinds[kind.name];
            values.resize(flows.size(), 0);
            values[column] = kind.perSecond;
        }
    }
    QList<RateBars::Row> rows;
    for (auto kind = kinds.cbegin(); kind != kinds.cend(); ++kind)
        rows.append({kind.key(), kind.value(), false});
    const auto most = [](const RateBars::Row& row) {
        return *std::max_element(row.values.cbegin(), row.values.cend());
    };
    std::stable_sort(rows.begin(), rows.end(), [&most](const auto& a, const auto& b) { return most(a) > most(b); });
    if (rows.size() > mostKinds) {
        RateBars::Row rest{others(int(rows.size() - mostKinds)), {}, false};
        rest.values.resize(flows.size(), 0);
        for (qsizetype i = mostKinds; i < rows.size(); ++i)
            for (qsizetype column = 0; column < flows.size(); ++column)
                rest.values[column] += rows.at(i).values.at(column);
        rows.resize(mostKinds);
        rows.append(rest);
    }
    for (RateBars::Row& row : rows)
        for (qsizetype column = 0; column < flows.size(); ++column)
            if (sum.values.at(column) < 0)
                row.values[column] = -1;
    rows.prepend(sum);
    return {title, rows};
}

} // namespace

TrafficCard::TrafficCard(const Context& context, QWidget* parent)
    : Card(tr("Traffic through the wall"), parent),
      m_context(context),
      m_count(
          button(tr("Count"), this, tr("While it counts, every system call of this machine takes a little longer"))),
      m_note(new ToneLabel({}, widgets::Tone::Muted, this)),
      m_bars(new RateBars(this)),
      m_rows(new widgets::EvidenceTable(this))
{
    setTitle(tr("Traffic through the wall"), tr("a second, by kind"));
    m_count->setCheckable(true);
    addHeaderWidget(m_count);
    m_note->setWordWrap(true);
    m_bars->setAccessibleName(tr("Traffic through the wall"));
    m_bars->setFormatter([](double value) {
        return value < 10 && value > 0 ? QString::number(value, 'f', 1) : models::count(qint64(value));
    });
    m_rows->setAccessibleName(tr("How the traffic is counted"));
    m_rows->setHead(tr("Counted"));
    m_rows->setResourceText(&models::figureName);
    m_rows->setSentence(&models::statement);
    m_rows->setClaimText(&models::claimName);
    m_rows->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (auto signal : {&QTreeWidget::itemExpanded, &QTreeWidget::itemCollapsed})
        connect(m_rows, signal, this, &TrafficCard::fit);
    m_rows->hide();
    body()->addWidget(m_note);
    body()->addWidget(m_bars);
    body()->addWidget(m_rows);
    connect(m_count, &QPushButton::toggled, this, [this](bool on) {
        m_count->setText(on ? tr("Stop counting") : tr("Count"));
        askNext();
        showTraffic();
    });
    connect(context.store, &models::InstanceStore::liveChanged, this, [this] {
        m_asking = false;
        askNext();
    });
    showTraffic();
}

void TrafficCard::setIds(const QStringList& ids)
{
    QStringList now;
    for (const Side& side : std::as_const(m_sides))
        now.append(side.id);
    if (ids == now)
        return;
    m_sides.clear();
    for (const QString& id : ids)
        m_sides.append({id, {}, {}});
    m_next = 0;
    m_bars->setColumns(columns());
    m_rows->setColumns(columns());
    showTraffic();
    askNext();
}

QList<std::pair<QString, widgets::Tone>> TrafficCard::columns() const
{
    QList<std::pair<QString, widgets::Tone>> all;
    for (const Side& side : m_sides) {
        const client::Instance* one = m_context.store->find(side.id);
        all.append({one ? one->context.name : models::none(), one ? toneOfInstance(*one) : widgets::Tone::Muted});
    }
    return all;
}

void TrafficCard::showEvent(QShowEvent* event)
{
    Card::showEvent(event);
    askNext();
}

void TrafficCard::askNext()
{
    if (m_asking || !m_count->isChecked() || !isVisible() || m_sides.isEmpty() || !m_context.store->isLive())
        return;
    m_asking = true;
    m_next = (m_next + 1) % m_sides.size();
    const QString id = m_sides.at(m_next).id;
    m_context.client->wallCalls().traffic(
        id, countFor, this, [this, id](const client::Answer<client::Traffic>& answer) { take(id, answer); });
}

void TrafficCard::take(const QString& id, const client::Answer<client::Traffic>& answer)
{
    constexpr int afterProblem = 2000, afterAnswer = 100;
    m_asking = false;
    for (Side& side : m_sides) {
        if (side.id != id)
            continue;
        side.traffic = answer ? std::optional(answer.value()) : std::nullopt;
        side.problem = answer ? QString() : models::errorText(answer.error());
    }
    showTraffic();
    QTimer::singleShot(answer ? afterAnswer : afterProblem, this, &TrafficCard::askNext);
}

void TrafficCard::showTraffic()
{
    QList<const Flow*> calls, exits;
    QStringList problems;
    bool any = false, machine = false;
    for (const Side& side : std::as_const(m_sides)) {
        calls.append(side.traffic ? &side.traffic->calls : nullptr);
        exits.append(side.traffic && side.traffic->exits ? &*side.traffic->exits : nullptr);
        any |= side.traffic.has_value();
        machine |= exits.last() && exits.last()->counted;
        if (!side.problem.isEmpty())
            problems.append(side.problem);
    }
    const auto others = [](int count) { return tr("%n other kind(s)", nullptr, count); };
    QList<RateBars::Section> sections;
    if (any)
        sections.append(sectionOf(tr("System calls"), tr("all"), calls, others));
    if (machine)
        sections.append(sectionOf(tr("VM exits"), tr("all"), exits, others));
    m_bars->setVisible(any);
    m_bars->setSections(sections);
    m_note->setText(
        !problems.isEmpty() ? problems.join(u'\n')
        : any               ? QString()
        : m_count->isChecked()
            ? tr("Counting …")
            : tr("A container's system calls go to this machine's kernel; a virtual machine's stay with its "
                 "own, and only QEMU's reach this one."));
    m_note->setVisible(!m_note->text().isEmpty());
    showRows();
}

void TrafficCard::showRows()
{
    QList<client::IsolationReport> reports;
    bool any = false;
    for (const Side& side : std::as_const(m_sides)) {
        client::IsolationReport report;
        if (side.traffic) {
            report.rows.append(side.traffic->calls.row);
            if (side.traffic->exits)
                report.rows.append(side.traffic->exits->row);
        }
        any |= !report.rows.isEmpty();
        reports.append(report);
    }
    m_rows->setVisible(any);
    m_rows->setReports(reports);
    fit();
}

void TrafficCard::fit()
{
    QTimer::singleShot(0, m_rows, [this] { m_rows->setFixedHeight(m_rows->wholeHeight()); });
}

} // namespace diptych::pages
