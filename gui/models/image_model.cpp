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
    const auto found = std::find_if(m_images.cbegin(), m_images.cend(),
                                    [&](const client::Image& image) { return image.reference == reference; });
    return found == m_images.cend() ? nullptr : &*found;
}

void ImageModel::merge(const QList<client::Image>& images)
{
    const auto known = [](const QList<client::Image>& all, const QString& reference) {
        return std::any_of(all.cbegin(), all.cend(),
                           [&](const client::Image& one) { return one.reference == reference; });
    };
    for (int row = int(m_images.size()) - 1; row >= 0; --row) {
        if (known(images, m_images.at(row).reference))
            continue;
        beginRemoveRows({}, row, row);
        m_images.removeAt(row);
        endRemoveRows();
    }
    for (const client::Image& image : images) {
        const client::Image* present = find(image.reference);
        if (present) {
            const int row = int(present - m_images.constData());
            m_images[row] = image;
            emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
            continue;
        }
        beginInsertRows({}, int(m_images.size()), int(m_images.size()));
        m_images.append(image);
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
    if (role == Qt::ToolTipRole)
        return image.digest;
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    switch (index.column()) {
    case ReferenceColumn:
        return image.reference;
    case SizeColumn:
        return bytes(image.size);
    case CreatedColumn:
        return dateTime(image.createdAt);
    case ArchitectureColumn:
        return image.architecture;
    case UsedByColumn:
        return role == SortRole ? QVariant(image.usedBy.size())
                                : QVariant(tr("%n instance(s)", nullptr, int(image.usedBy.size())));
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
    case UsedByColumn:
        return tr("Used by");
    default:
        return {};
    }
}

} // namespace diptych::models
