#include "models/group_filter.h"

#include "models/group_model.h"

namespace diptych::models {

GroupFilter::GroupFilter(QObject* parent) : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
    setSortRole(GroupModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setDynamicSortFilter(true);
}

void GroupFilter::setText(const QString& text)
{
    m_text = text;
    invalidateFilter();
}

void GroupFilter::setOnlyTrouble(bool on)
{
    m_trouble = on;
    invalidateFilter();
}

bool GroupFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const auto cell = [this, row, &parent](int column) { return sourceModel()->index(row, column, parent).data(); };
    if (m_trouble && cell(GroupModel::PressureColumn).toString().isEmpty())
        return false;
    return m_text.isEmpty() || cell(GroupModel::NameColumn).toString().contains(m_text, Qt::CaseInsensitive) ||
           cell(GroupModel::MakerColumn).toString().contains(m_text, Qt::CaseInsensitive);
}

} // namespace diptych::models
