#include "models/image_filter.h"

namespace diptych::models {

ImageFilter::ImageFilter(ImageModel& model, QObject* parent) : QSortFilterProxyModel(parent), m_model(model)
{
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    setSourceModel(&model);
    setSortRole(ImageModel::SortRole);
    setDynamicSortFilter(true);
}

void ImageFilter::setText(const QString& text)
{
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    invalidateFilter();
    emit filterChanged();
}

QString ImageFilter::referenceAt(const QModelIndex& index) const
{
    return index.data(ImageModel::ReferenceRole).toString();
}

QModelIndex ImageFilter::indexOf(const QString& reference) const
{
    const client::Image* image = m_model.find(reference);
    if (!image)
        return {};
    return mapFromSource(m_model.index(int(image - m_model.images().constData()), 0));
}

QStringList ImageFilter::referencesOf(const QModelIndexList& indexes) const
{
    QModelIndexList sorted = indexes;
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.row() < b.row(); });
    QStringList all;
    for (const QModelIndex& index : std::as_const(sorted))
        if (const QString reference = referenceAt(index); all.isEmpty() || all.last() != reference)
            all.append(reference);
    return all;
}

bool ImageFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QString text = m_model.index(row, 0, parent).data(ImageModel::SearchRole).toString();
    return std::all_of(m_words.cbegin(), m_words.cend(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool ImageFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const QVariant a = left.data(ImageModel::SortRole);
    const QVariant b = right.data(ImageModel::SortRole);
    if (a != b)
        return a.typeId() == QMetaType::QString ? m_collator.compare(a.toString(), b.toString()) < 0
                                                : a.toDouble() < b.toDouble();
    return m_collator.compare(referenceAt(left), referenceAt(right)) < 0;
}

} // namespace diptych::models
