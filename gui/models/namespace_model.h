// The machine's namespaces, a row each, and who is in which. Each listing is merged: rows stay the rows they were, so
// that the selection survives.
#pragma once

#include "client/namespace_types.h"

#include <QAbstractTableModel>
#include <QHash>

#include <array>

namespace diptych::models {

class NamespaceModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        KindColumn,
        NumberColumn,
        WhoColumn,
        ProcessesColumn,
        HeldColumn,
        OwnerColumn,
        MapColumn,
        ColumnCount
    };
    enum Role {
        IdRole = Qt::UserRole + 1, ///< QString
        KindRole,                  ///< QString, the kernel's word
        HostRole,                  ///< bool: the first process is in it
        SortRole,
        SearchRole, ///< all that can be searched for
    };
    explicit NamespaceModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    void merge(const client::NamespaceListing& listing);
    [[nodiscard]] const client::NamespaceListing& listing() const { return m_listing; }
    [[nodiscard]] const client::Namespace* find(const QString& id) const;
    [[nodiscard]] QModelIndex indexOf(const QString& id) const;
    [[nodiscard]] int size() const { return int(m_ids.size()); }
    /// Indexes into listing().members of those in it.
    [[nodiscard]] const QList<int>& membersOf(const QString& id) const;
    /// Indexes into listing().owners, each once, the host last.
    [[nodiscard]] const QList<int>& ownersOf(const QString& id) const;
    /// The names of who is in it: "web", "web, db and 3 more".
    [[nodiscard]] QString whoOf(const QString& id) const;
    [[nodiscard]] QString heldOf(const QString& id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    static QStringList kinds();
    static QString kindName(const QString& kind);              ///< "mnt": "mounts"
    static QString mapText(const QList<client::IdRange>& map); ///< "0 → 165536, 65536 numbers"
    static QString numberOf(const QString& id);                ///< "4026531840"

signals:
    void merged();

private:
    using Texts = std::array<QString, ColumnCount>;
    void relate();
    void tellChanges();
    [[nodiscard]] QString text(const client::Namespace& one, int column) const;

    client::NamespaceListing m_listing;
    QStringList m_ids; ///< of the rows
    QHash<QString, qsizetype> m_rows;
    QHash<QString, qsizetype> m_places; ///< into m_listing.namespaces
    QHash<QString, QList<int>> m_members, m_owners;
    QHash<QString, Texts> m_texts; ///< as they are shown
};

} // namespace diptych::models
