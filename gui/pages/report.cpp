#include "pages/report.h"

#include "models/formatting.h"
#include "models/statements.h"

#include <QDateTime>

namespace diptych::pages {

namespace {

QString ratioOf(qint64 left, qint64 right)
{
    return left > 0 && right > 0 ? models::ratio(double(right) / double(left)) : models::none();
}

QString sizeOrNone(qint64 size)
{
    return size > 0 ? models::bytes(size) : models::none();
}

/// A cell must not end its row, nor begin markup.
QString escapedMarkdown(QString text)
{
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    text.replace(QLatin1Char('|'), QLatin1String("\\|"));
    text.replace(QLatin1Char('<'), QLatin1String("&lt;"));
    text.replace(QLatin1Char('\n'), QLatin1String("<br>"));
    return text;
}

} // namespace

Report::Report(ReportSide left, ReportSide right, client::Host host)
    : m_left(std::move(left)), m_right(std::move(right)), m_host(std::move(host))
{
}

Report::Table Report::costs(const client::Costs& left, const client::Costs& right)
{
    const auto size = [](const QString& name, qint64 a, qint64 b) {
        return QStringList{name, sizeOrNone(a), sizeOrNone(b), ratioOf(a, b)};
    };
    return {tr("What it costs"),
            {{}, {}, {}, tr("Ratio")},
            {{tr("Start"), models::nanoseconds(left.startNanoseconds), models::nanoseconds(right.startNanoseconds),
              ratioOf(left.startNanoseconds, right.startNanoseconds)},
             size(tr("Memory before work"), left.memoryBefore, right.memoryBefore),
             size(tr("Disk before work"), left.diskBefore, right.diskBefore),
             size(tr("Memory now"), left.memory, right.memory),
             size(tr("Disk now"), left.disk, right.disk)}};
}

QString Report::title() const
{
    return tr("%1 and %2 on %3").arg(m_left.instance.context.name, m_right.instance.context.name, m_host.hostname);
}

QString Report::hostLine() const
{
    return tr("%1, kernel %2, %3, %4, virtual machines on %5. Measured %6.")
        .arg(m_host.system, m_host.kernel, tr("%n core(s)", nullptr, m_host.cpus), models::bytes(m_host.memory),
             models::accelerationName(m_host.acceleration), models::dateTime(QDateTime::currentMSecsSinceEpoch()));
}

Report::Table Report::isolation() const
{
    Table table{
        tr("What is isolated"), {tr("Resource"), m_left.instance.context.name, m_right.instance.context.name}, {}};
    const auto cell = [](const client::IsolationReport& report, const QString& resource) {
        for (const client::IsolationRow& row : report.rows)
            if (row.resource == resource)
                return tr("%1 (%2)").arg(models::statement(row), models::levelName(row.level));
        return models::none();
    };
    QStringList resources;
    for (const ReportSide* side : {&m_left, &m_right})
        for (const client::IsolationRow& row : side->isolation.rows)
            if (!resources.contains(row.resource))
                resources.append(row.resource);
    for (const QString& resource : resources)
        table.rows.append(
            {models::resourceName(resource), cell(m_left.isolation, resource), cell(m_right.isolation, resource)});
    return table;
}

Report::Table Report::evidence(const ReportSide& side) const
{
    Table table{tr("Evidence of %1").arg(side.instance.context.name),
                {tr("Resource"), tr("Claim"), tr("Value"), tr("Source"), tr("Command")},
                {}};
    for (const client::IsolationRow& row : side.isolation.rows)
        for (const client::Evidence& e : row.evidence)
            table.rows.append(
                {models::resourceName(row.resource), models::claimName(e.claim), e.value, e.source, e.command});
    return table;
}

Report::Table Report::timeline(const ReportSide& side)
{
    Table table{tr("Start of %1: %2").arg(side.instance.context.name, models::nanoseconds(side.timeline.total)),
                {tr("Step"), tr("Begins"), tr("Takes"), tr("Detail")},
                {}};
    for (const client::TimelineStep& step : side.timeline.steps)
        table.rows.append({models::stepName(step.name), models::nanoseconds(step.begin),
                           models::nanoseconds(step.end - step.begin), step.detail});
    return table;
}

QList<Report::Table> Report::tables() const
{
    Table cost = costs(m_left.costs, m_right.costs);
    cost.header = {tr("Cost"), m_left.instance.context.name, m_right.instance.context.name, tr("Ratio")};
    return {isolation(), cost, timeline(m_left), timeline(m_right), evidence(m_left), evidence(m_right)};
}

QString Report::html() const
{
    QString out =
        QStringLiteral(
            "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>%1</title>\n<style>"
            "body{font:14px/1.5 Inter,sans-serif;max-width:1000px;margin:32px auto;padding:0 20px;color:#19212d}"
            "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #e1e5ea;padding:6px 8px;"
            "text-align:left;vertical-align:top;overflow-wrap:anywhere}th{color:#667181}</style></head><body>\n"
            "<h1>%1</h1>\n<p>%2</p>\n")
            .arg(title().toHtmlEscaped(), hostLine().toHtmlEscaped());
    const auto line = [&out](const QStringList& cells, const char* tag) {
        out += QLatin1String("<tr>");
        for (const QString& cell : cells)
            out += QStringLiteral("<%1>%2</%1>").arg(QLatin1String(tag), cell.toHtmlEscaped());
        out += QLatin1String("</tr>\n");
    };
    for (const Table& table : tables()) {
        out += QStringLiteral("<h2>%1</h2>\n<table>\n").arg(table.title.toHtmlEscaped());
        line(table.header, "th");
        for (const QStringList& row : table.rows)
            line(row, "td");
        out += QLatin1String("</table>\n");
    }
    return out + QLatin1String("</body></html>\n");
}

QString Report::markdown() const
{
    QString out = QStringLiteral("# %1\n\n%2\n").arg(escapedMarkdown(title()), escapedMarkdown(hostLine()));
    const auto line = [&out](const QStringList& cells) {
        out += QLatin1Char('|');
        for (const QString& cell : cells)
            out += QStringLiteral(" %1 |").arg(escapedMarkdown(cell));
        out += QLatin1Char('\n');
    };
    for (const Table& table : tables()) {
        out += QStringLiteral("\n## %1\n\n").arg(escapedMarkdown(table.title));
        line(table.header);
        out += QLatin1Char('|') + QStringLiteral(" --- |").repeated(table.header.size()) + QLatin1Char('\n');
        for (const QStringList& row : table.rows)
            line(row);
    }
    return out;
}

} // namespace diptych::pages
