#include "models/namespace_filter.h"

#include "models/namespace_model.h"

namespace diptych::models {

NamespaceFilter::NamespaceFilter(QObject* parent) : QSortFilterProxyModel(parent)
{
    setSortRole(NamespaceModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setDynamicSortFilter(true);
}

void NamespaceFilter::setText(const QString& text)
{
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void NamespaceFilter::setKind(const QString& kind)
{
    m_kind = kind;
    invalidateFilter();
}

void NamespaceFilter::setWithoutHost(bool without)
{
    m_withoutHost = without;
    invalidateFilter();
}

bool NamespaceFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_withoutHost && index.data(NamespaceModel::HostRole).toBool())
        return false;
    if (!m_kind.isEmpty() && index.data(NamespaceModel::KindRole).toString() != m_kind)
        return false;
    if (m_words.isEmpty())
        return true;
    const QString all = index.data(NamespaceModel::SearchRole).toString();
    return std::all_of(m_words.cbegin(), m_words.cend(),
                       [&all](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

} // namespace diptych::models
