#include "models/instance_model.h"

namespace diptych::models {

InstanceFilter::InstanceFilter(InstanceModel& model, QObject* parent) : QSortFilterProxyModel(parent), m_model(model)
{
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    setSourceModel(&model);
    setSortRole(InstanceModel::SortRole);
    setDynamicSortFilter(true);
    sort(InstanceModel::NameColumn);
}

void InstanceFilter::setText(const QString& text)
{
    if (m_text == text)
        return;
    m_text = text;
    m_words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    refilter();
}

void InstanceFilter::setKind(std::optional<client::Kind> kind)
{
    if (m_kind == kind)
        return;
    m_kind = kind;
    refilter();
}

void InstanceFilter::setConnection(const std::optional<QString>& connection)
{
    if (m_connection == connection)
        return;
    m_connection = connection;
    refilter();
}

void InstanceFilter::setStates(const QSet<int>& states)
{
    if (m_states == states)
        return;
    m_states = states;
    refilter();
}

void InstanceFilter::refilter()
{
    invalidateFilter();
    emit filterChanged();
}

QString InstanceFilter::idAt(const QModelIndex& index) const
{
    return m_model.idAt(mapToSource(index));
}

QModelIndex InstanceFilter::indexOf(const QString& id, int column) const
{
    return mapFromSource(m_model.indexOf(id, column));
}

QStringList InstanceFilter::idsOf(const QModelIndexList& indexes) const
{
    QList<int> rows;
    for (const QModelIndex& index : indexes)
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    QStringList ids;
    for (const int row : std::as_const(rows))
        ids.append(idAt(index(row, 0)));
    return ids;
}

bool InstanceFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    const client::Instance* instance = m_model.store().find(m_model.idAt(m_model.index(row, 0)));
    if (!instance)
        return false;
    if (m_kind && instance->context.kind != *m_kind)
        return false;
    if (m_connection && instance->runtime.connection != *m_connection)
        return false;
    if (!m_states.isEmpty() && !m_states.contains(int(instance->runtime.state)))
        return false;
    return std::all_of(m_words.cbegin(), m_words.cend(), [&](const QString& word) {
        return instance->context.name.contains(word, Qt::CaseInsensitive) ||
               instance->context.image.contains(word, Qt::CaseInsensitive) ||
               instance->runtime.title.contains(word, Qt::CaseInsensitive) ||
               instance->runtime.address.contains(word) || instance->id.startsWith(word, Qt::CaseInsensitive);
    });
}

bool InstanceFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const QVariant a = m_model.data(left, InstanceModel::SortRole);
    const QVariant b = m_model.data(right, InstanceModel::SortRole);
    int order = 0;
    if (a.typeId() == QMetaType::QString)
        order = m_collator.compare(a.toString(), b.toString());
    else if (a.toDouble() != b.toDouble())
        order = a.toDouble() < b.toDouble() ? -1 : 1;
    if (order != 0)
        return order < 0;
    // Equal keys: by name upwards, whichever way the column is sorted.
    const QString nameA = m_model.store().nameOf(m_model.idAt(left));
    const QString nameB = m_model.store().nameOf(m_model.idAt(right));
    const int byName = m_collator.compare(nameA, nameB);
    return sortOrder() == Qt::AscendingOrder ? byName < 0 : byName > 0;
}

} // namespace diptych::models
