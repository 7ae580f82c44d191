#include "pages/resources_panel.h"

#include "models/formatting.h"
#include "models/wall_words.h"
#include "pages/evidence_card.h"
#include "widgets/card.h"

#include <QVBoxLayout>

namespace diptych::pages {

using client::Figure;
using client::ResourceReport;
using widgets::StackedBars;

namespace {

/// Each bar with its parts below it, the single figures around them.
client::IsolationReport tableOf(const ResourceReport& report)
{
    client::IsolationReport table;
    table.measuredAt = report.measuredAt;
    for (const Figure& figure : report.figures)
        table.rows.append(figure.row);
    return table;
}

client::IsolationReport boundsOf(const ResourceReport& report)
{
    client::IsolationReport table;
    table.rows = report.bounds;
    return table;
}

QString barTitle(const QString& name)
{
    if (name == QLatin1String("believed"))
        return ResourcesPanel::tr("What the inside believes it has");
    if (name == QLatin1String("charged"))
        return ResourcesPanel::tr("Charged by its control group");
    if (name == QLatin1String("resident"))
        return ResourcesPanel::tr("Resident, shared pages by their share");
    return ResourcesPanel::tr("What the guest's kernel does with it");
}

/// Of the group's limit, which "charged" is held against; a machine's end is no line in a bar.
double groupLimit(const ResourceReport& report)
{
    for (const client::IsolationRow& row : report.bounds)
        if (row.statement == QLatin1String("memoryByGroup") || row.statement == QLatin1String("memoryByAncestor"))
            return row.values.value(QStringLiteral("raw")).toDouble();
    return 0;
}

} // namespace

ResourcesPanel::ResourcesPanel(QWidget* parent)
    : QWidget(parent),
      m_bars(new StackedBars(this)),
      m_figures(new EvidenceCard(tr("The same in figures"), tr("Figure"), this)),
      m_bounds(new EvidenceCard(tr("Which limit binds"), tr("Limit"), this))
{
    auto* card = new widgets::Card({}, this);
    card->setTitle(tr("Where the memory is"), tr("one scale; the parts of a bar add up to it"));
    m_bars->setAccessibleName(tr("Where the memory is"));
    card->body()->addWidget(m_bars);
    m_figures->setResourceText(&models::figureName);
    m_bounds->setResourceText(&models::figureName);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    for (QWidget* one : std::initializer_list<QWidget*>{card, m_bounds, m_figures})
        layout->addWidget(one);
}

void ResourcesPanel::setColumns(const QList<std::pair<QString, widgets::Tone>>& columns)
{
    m_columns = columns;
    m_figures->setColumns(columns);
    m_bounds->setColumns(columns);
}

void ResourcesPanel::setReports(const QList<ResourceReport>& reports)
{
    QList<client::IsolationReport> figures;
    QList<client::IsolationReport> bounds;
    for (const ResourceReport& report : reports) {
        figures.append(tableOf(report));
        bounds.append(boundsOf(report));
    }
    m_figures->setReports(figures);
    m_bounds->setReports(bounds);
    showBars(reports);
}

void ResourcesPanel::showBars(const QList<ResourceReport>& reports)
{
    QList<StackedBars::Bar> bars;
    for (qsizetype column = 0; column < reports.size() && column < m_columns.size(); ++column)
        for (const char* name : {"believed", "charged", "resident", "guest"})
            if (const Figure* figure = reports[column].find(QLatin1String(name)); figure && figure->bytes)
                bars.append(bar(column, reports[column], *figure));
    // The host's memory, which a container believes in, would make all else invisible: then it is words only.
    double most = 0;
    for (const StackedBars::Bar& one : std::as_const(bars))
        if (!one.parts.isEmpty())
            most = std::max({most, one.value, one.limit});
    for (StackedBars::Bar& one : bars)
        if (one.parts.isEmpty() && one.value > 2 * most)
            one.value = 2 * most;
    m_bars->setBars(bars);
}

StackedBars::Bar ResourcesPanel::bar(qsizetype column, const ResourceReport& report, const Figure& figure) const
{
    StackedBars::Bar made;
    made.title = barTitle(figure.name);
    made.amount = models::bytes(*figure.bytes);
    made.owner = m_columns.size() > 1 ? m_columns[column].first : QString();
    made.tone = m_columns[column].second;
    made.value = double(*figure.bytes);
    for (const Figure& part : report.figures) {
        if (part.part != figure.name || !part.bytes || *part.bytes == 0)
            continue;
        const QString sign = *part.bytes < 0 ? QStringLiteral("−") : QString();
        made.parts.append(
            {models::figureName(part.name), sign + models::bytes(std::abs(*part.bytes)), double(*part.bytes)});
    }
    if (figure.name == QLatin1String("charged")) {
        made.limit = groupLimit(report);
        made.limitText = tr("limit %1").arg(models::bytes(qint64(made.limit)));
    }
    return made;
}

} // namespace diptych::pages
