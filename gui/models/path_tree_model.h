// Paths, sorted, as a tree: a layer's files, or what a container changed. Made for 100,000 of them: a directory's rows
// come into being when it is opened, so that further pages cost nothing where nobody looks.
#pragma once

#include "client/image_types.h"

#include <QAbstractItemModel>
#include <QHash>

#include <vector>

namespace diptych::models {

class PathTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, WhatColumn, SizeColumn, ModeColumn, ColumnCount };
    enum Role {
        PathRole = Qt::UserRole + 1, ///< QString
        KindRole,                    ///< int of client::PathEntry::Kind
        MarkRole,                    ///< int of client::PathEntry::Mark
    };
    struct Counts
    {
        int paths = 0, added = 0, changed = 0, deleted = 0;
        qint64 bytes = 0;
    };

    explicit PathTreeModel(QObject* parent = nullptr);

    void clear();
    void append(const QList<client::PathEntry>& entries); ///< sorted, all after what is there
    void setFilter(const QString& text);                  ///< part of a path; empty: all
    [[nodiscard]] const Counts& counts() const { return m_counts; }
    [[nodiscard]] int matching() const { return m_matching; } ///< paths that pass the filter

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    static QString markName(client::PathEntry::Mark mark);

private:
    struct Node
    {
        QString name;
        int parent = -1;
        int row = -1; ///< among the shown ones of its parent
        client::PathEntry::Kind kind = client::PathEntry::Kind::Directory;
        client::PathEntry::Mark mark = client::PathEntry::Mark::None;
        qint64 size = 0; ///< a directory's: of all within
        int mode = -1;
        QString target;
        bool shows = true;    ///< it or something in it passes the filter
        bool exposed = false; ///< its rows exist for views
        std::vector<int> children;
        std::vector<int> shown;
    };
    [[nodiscard]] int nodeOf(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(int node) const;
    int makeNode(const QString& path);
    void take(const client::PathEntry& entry);
    void applyFilter(int from);
    void expose(int node, qsizetype from);
    [[nodiscard]] QString pathOf(int node) const;
    [[nodiscard]] QString what(const Node& node) const;

    std::vector<Node> m_nodes; ///< 0 is the root; a parent comes before its children
    QHash<QString, int> m_directories;
    QString m_filter;
    Counts m_counts;
    int m_matching = 0;
};

} // namespace diptych::models
