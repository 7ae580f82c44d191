#include "models/image_model.h"

#include "models/formatting.h"

namespace diptych::models {

using namespace Qt::StringLiterals;

ImageModel::ImageModel(client::Client& client, QObject* parent) : QAbstractTableModel(parent)
{
    connect(&client, &client::Client::imagesChanged, this, &ImageModel::merge);
}

int ImageModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_images.size());
}

int ImageModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const client::Image* ImageModel::find(const QString& reference) const
{
    const int row = m_rows.value(reference, -1);
    return row < 0 ? nullptr : &m_images.at(row);
}

void ImageModel::number()
{
    m_rows.clear();
    for (int row = 0; row < m_images.size(); ++row)
        m_rows.insert(m_images.at(row).reference, row);
}

void ImageModel::merge(const QList<client::Image>& images)
{
    QSet<QString> present;
    for (const client::Image& image : images)
        present.insert(image.reference);
    for (int row = int(m_images.size()) - 1; row >= 0; --row) {
        if (present.contains(m_images.at(row).reference))
            continue;
        beginRemoveRows({}, row, row);
        m_images.removeAt(row);
        number();
        endRemoveRows();
    }
    QList<client::Image> fresh;
    for (const client::Image& image : images) {
        const int row = m_rows.value(image.reference, -1);
        if (row < 0) {
            fresh.append(image);
        } else if (!(m_images.at(row) == image)) {
            m_images[row] = image;
            emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
    if (!fresh.isEmpty()) {
        beginInsertRows({}, int(m_images.size()), int(m_images.size() + fresh.size()) - 1);
        m_images.append(fresh);
        number();
        endInsertRows();
    }
    m_loaded = true;
    emit changed();
}

QVariant ImageModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_images.size())
        return {};
    const client::Image& image = m_images.at(index.row());
    if (role == ReferenceRole)
        return image.reference;
    if (role == SortRole && index.column() == SizeColumn)
        return image.size;
    if (role == SortRole && index.column() == CreatedColumn)
        return image.createdAt;
    if (role == SearchRole)
        return QStringList{image.reference, image.digest, image.architecture}.join(u' ');
    if (role == Qt::ToolTipRole)
        return index.column() == CreatedColumn ? dateTime(image.createdAt) : image.digest;
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    switch (index.column()) {
    case ReferenceColumn:
        return image.reference;
    case SizeColumn:
        return bytes(image.size);
    case CreatedColumn:
        return ago(image.createdAt);
    case ArchitectureColumn:
        return image.architecture;
    case LayersColumn:
        return role == SortRole ? QVariant(image.layers.size()) : QVariant(count(image.layers.size()));
    case UsedByColumn:
        if (role == SortRole)
            return image.usedBy.size();
        return image.usedBy.isEmpty() ? none() : tr("%n instance(s)", nullptr, int(image.usedBy.size()));
    default:
        return {};
    }
}

QVariant ImageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ReferenceColumn:
        return tr("Image");
    case SizeColumn:
        return tr("Size");
    case CreatedColumn:
        return tr("Made");
    case ArchitectureColumn:
        return tr("Architecture");
    case LayersColumn:
        return tr("Layers");
    case UsedByColumn:
        return tr("Used by");
    default:
        return {};
    }
}

} // namespace diptych::models
