// The images of the host's store, as a table.
#pragma once

#include "client/client.h"

#include <QAbstractTableModel>
#include <QHash>

namespace diptych::models {

/// Merges, never resets: selection and scroll position stay.
class ImageModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        ReferenceColumn,
        SizeColumn,
        CreatedColumn,
        ArchitectureColumn,
        LayersColumn,
        UsedByColumn,
        ColumnCount
    };
    enum Role { ReferenceRole = Qt::UserRole + 1, SortRole, SearchRole };

    explicit ImageModel(client::Client& client, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    [[nodiscard]] const QList<client::Image>& images() const { return m_images; }
    [[nodiscard]] const client::Image* find(const QString& reference) const;
    [[nodiscard]] bool isLoaded() const { return m_loaded; }

signals:
    void changed(); ///< after rows have moved or changed

private:
    void merge(const QList<client::Image>& images);
    void number();

    QList<client::Image> m_images;
    QHash<QString, int> m_rows; ///< reference -> row
    bool m_loaded = false;
};

} // namespace diptych::models
