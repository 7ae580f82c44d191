// What Compare shows, as a document to keep: HTML or Markdown. Pure; no widgets, no files.
#pragma once

#include "client/types.h"

#include <QCoreApplication>
#include <QList>

namespace diptych::pages {

struct ReportSide
{
    client::Instance instance;
    client::IsolationReport isolation;
    client::Timeline timeline;
    client::Costs costs;
};

class Report final
{
    Q_DECLARE_TR_FUNCTIONS(Report)
public:
    Report(ReportSide left, ReportSide right, client::Host host);
    [[nodiscard]] QString html() const;
    [[nodiscard]] QString markdown() const;

    struct Table
    {
        QString title;
        QStringList header;
        QList<QStringList> rows;
    };
    static Table costs(const client::Costs& left, const client::Costs& right);

private:
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString hostLine() const;
    [[nodiscard]] QList<Table> tables() const;
    [[nodiscard]] Table isolation() const;
    [[nodiscard]] Table evidence(const ReportSide& side) const;
    static Table timeline(const ReportSide& side);

    ReportSide m_left, m_right;
    client::Host m_host;
};

} // namespace diptych::pages
