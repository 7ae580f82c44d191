// The control groups as a tree. Each listing is merged: rows stay the rows they were, so that selection and what is
// opened survive; rates come from two listings.
#pragma once

#include "client/group_types.h"

#include <QAbstractItemModel>
#include <QHash>

#include <functional>
#include <memory>
#include <vector>

namespace diptych::models {

class GroupModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, MakerColumn, CpuColumn, MemoryColumn, TasksColumn, PressureColumn, ColumnCount };
    enum Role {
        PathRole = Qt::UserRole + 1, ///< QString
        SortRole,                    ///< a number, or the name
        InstanceRole,                ///< QString, id
        FrozenRole,                  ///< bool
        LimitRole,                   ///< double: use of the limit of this column, 0 to 1; -1 without one
    };
    struct Entry
    {
        client::ControlGroup group;
        double cores = 0;     ///< used between the last two listings
        double throttled = 0; ///< share of that time it was held back
        double readRate = 0, writeRate = 0;
        bool rated = false; ///< it was in the listing before too
    };

    explicit GroupModel(QObject* parent = nullptr);
    ~GroupModel() override;

    /// The name of an instance by its id; empty when it is not known.
    void setInstanceNames(std::function<QString(const QString&)> names) { m_names = std::move(names); }
    void merge(const client::GroupListing& listing);
    [[nodiscard]] const Entry* find(const QString& path) const;
    [[nodiscard]] QModelIndex indexOf(const QString& path) const;
    [[nodiscard]] QStringList childrenOf(const QString& path) const; ///< paths, by name
    [[nodiscard]] int size() const { return int(m_nodes.size()); }

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    static QString makerName(const QString& maker); ///< "podman": "Podman container"
    /// What of a group needs a look, in words; empty: nothing.
    static QString trouble(const Entry& entry);

signals:
    void merged();

private:
    struct Node
    {
        Entry entry;
        Node* parent = nullptr;
        std::vector<Node*> children; ///< by path
    };
    [[nodiscard]] static Node* nodeOf(const QModelIndex& index);
    [[nodiscard]] static int rowOf(const Node& node);
    [[nodiscard]] QModelIndex indexOf(const Node& node, int column = 0) const;
    void removeGone(const QHash<QString, const client::ControlGroup*>& there);
    void remove(Node* node);
    void add(const client::ControlGroup& group);
    void update(Node& node, const client::ControlGroup& now, double seconds);
    [[nodiscard]] QString text(const Entry& entry, int column) const;
    [[nodiscard]] QVariant sortKey(const Entry& entry, int column) const;

    std::function<QString(const QString&)> m_names;
    QHash<QString, Node*> m_index;
    std::vector<std::unique_ptr<Node>> m_nodes;
    Node* m_root = nullptr;
    qint64 m_time = 0;
};

} // namespace diptych::models
