// Which entries of the activity are listed, and what is listed as a table for other programs.
#pragma once

#include <QSortFilterProxyModel>

namespace diptych::pages {

class ActivityFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setText(const QString& text);
    void setOutcome(const QString& outcome); ///< empty: all
    void setArea(const QString& area);       ///< kind of action: "life" "limits" "images" "groups" "events"; empty: all
    void setKind(int kind);                  ///< of instances, client::Kind; -1: all

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QString m_text;
    QString m_outcome;
    QString m_area;
    int m_kind = -1;
};

/// Of a view on an ActivityModel: a header line, quoted fields, times in UTC.
QByteArray activityCsv(const QAbstractItemModel& listed);

} // namespace diptych::pages
