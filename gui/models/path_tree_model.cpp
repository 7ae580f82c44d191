#include "models/path_tree_model.h"

#include "models/formatting.h"

namespace diptych::models {

using namespace Qt::StringLiterals;
using client::PathEntry;

namespace {

QString permissions(int mode)
{
    if (mode < 0)
        return {};
    static constexpr char letters[] = "rwxrwxrwx";
    QString text;
    for (int bit = 0; bit < 9; ++bit)
        text += QLatin1Char((mode & (0400 >> bit)) ? letters[bit] : '-');
    constexpr int setUserId = 04000;
    constexpr int setGroupId = 02000;
    constexpr int sticky = 01000;
    if (mode & setUserId)
        text[2] = text.at(2) == u'x' ? u's' : u'S';
    if (mode & setGroupId)
        text[5] = text.at(5) == u'x' ? u's' : u'S';
    if (mode & sticky)
        text[8] = text.at(8) == u'x' ? u't' : u'T';
    return text;
}

} // namespace

PathTreeModel::PathTreeModel(QObject* parent) : QAbstractItemModel(parent), m_nodes(1)
{
    m_nodes[0].exposed = true;
}

void PathTreeModel::clear()
{
    beginResetModel();
    m_nodes.assign(1, {});
    m_nodes[0].exposed = true;
    m_directories.clear();
    m_counts = {};
    m_matching = 0;
    endResetModel();
}

int PathTreeModel::makeNode(const QString& path)
{
    const qsizetype slash = path.lastIndexOf(u'/');
    int parent = 0;
    if (slash > 0) {
        const QString directory = path.left(slash);
        const auto known = m_directories.constFind(directory);
        parent = known != m_directories.cend() ? *known : makeNode(directory);
        m_directories.insert(directory, parent);
    }
    const int made = int(m_nodes.size());
    Node node;
    node.name = path.mid(slash + 1);
    node.parent = parent;
    m_nodes.push_back(std::move(node));
    m_nodes[size_t(parent)].children.push_back(made);
    return made;
}

void PathTreeModel::take(const PathEntry& entry)
{
    QString path = entry.path;
    while (path.startsWith(u'/'))
        path.remove(0, 1);
    while (path.endsWith(u'/'))
        path.chop(1);
    if (path.isEmpty())
        return;
    const auto known = m_directories.constFind(path);
    const int at = known != m_directories.cend() ? *known : makeNode(path);
    Node& node = m_nodes[size_t(at)];
    node.kind = entry.kind;
    node.mark = entry.mark;
    node.mode = entry.mode;
    node.target = entry.target;
    if (entry.kind == PathEntry::Kind::Directory)
        m_directories.insert(path, at);
    else
        for (int up = at; up >= 0; up = m_nodes[size_t(up)].parent)
            m_nodes[size_t(up)].size += entry.size;
    ++m_counts.paths;
    m_counts.bytes += entry.kind == PathEntry::Kind::Directory ? 0 : entry.size;
    m_counts.added += entry.mark == PathEntry::Mark::Added;
    m_counts.changed += entry.mark == PathEntry::Mark::Changed;
    m_counts.deleted += entry.mark == PathEntry::Mark::Deleted;
}

void PathTreeModel::append(const QList<PathEntry>& entries)
{
    // What views know of: only there must they be told.
    std::vector<std::pair<int, qsizetype>> exposed;
    for (size_t i = 0; i < m_nodes.size(); ++i)
        if (m_nodes[i].exposed)
            exposed.emplace_back(int(i), qsizetype(m_nodes[i].children.size()));
    for (const PathEntry& entry : entries)
        take(entry);
    applyFilter(0);
    for (const auto& [node, before] : exposed) {
        // A directory that stood there without a match may have one now; with a filter all is built anew.
        if (m_filter.isEmpty())
            expose(node, before);
    }
    if (!m_filter.isEmpty())
        setFilter(m_filter);
}

void PathTreeModel::applyFilter(int from)
{
    m_matching = 0;
    for (auto i = qsizetype(m_nodes.size()) - 1; i >= from; --i) {
        Node& node = m_nodes[size_t(i)];
        const bool self = m_filter.isEmpty() || node.name.contains(m_filter, Qt::CaseInsensitive) ||
                          (m_filter.contains(u'/') && pathOf(int(i)).contains(m_filter, Qt::CaseInsensitive));
        m_matching += i > 0 && self;
        node.shows = self || std::any_of(node.children.cbegin(), node.children.cend(),
                                         [this](int child) { return m_nodes[size_t(child)].shows; });
    }
}

void PathTreeModel::setFilter(const QString& text)
{
    beginResetModel();
    m_filter = text.trimmed();
    applyFilter(0);
    for (Node& node : m_nodes) {
        node.shown.clear();
        node.exposed = false;
    }
    Node& root = m_nodes[0];
    root.exposed = true;
    for (int child : root.children) {
        if (!m_nodes[size_t(child)].shows)
            continue;
        m_nodes[size_t(child)].row = int(root.shown.size());
        root.shown.push_back(child);
    }
    endResetModel();
}

void PathTreeModel::expose(int at, qsizetype from)
{
    Node& node = m_nodes[size_t(at)];
    std::vector<int> fresh;
    for (auto i = size_t(from); i < node.children.size(); ++i)
        if (m_nodes[size_t(node.children[i])].shows)
            fresh.push_back(node.children[i]);
    if (fresh.empty()) {
        node.exposed = true;
        return;
    }
    const int first = int(node.shown.size());
    beginInsertRows(indexOf(at), first, first + int(fresh.size()) - 1);
    for (int child : fresh) {
        m_nodes[size_t(child)].row = int(node.shown.size());
        node.shown.push_back(child);
    }
    node.exposed = true;
    endInsertRows();
}

int PathTreeModel::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? int(index.internalId()) : 0;
}

QModelIndex PathTreeModel::indexOf(int node) const
{
    return node == 0 ? QModelIndex() : createIndex(m_nodes[size_t(node)].row, 0, quintptr(node));
}

QString PathTreeModel::pathOf(int node) const
{
    QString path;
    for (int at = node; at > 0; at = m_nodes[size_t(at)].parent)
        path.prepend(u'/' + m_nodes[size_t(at)].name);
    return path;
}

QModelIndex PathTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    const std::vector<int>& shown = m_nodes[size_t(nodeOf(parent))].shown;
    if (row < 0 || row >= int(shown.size()) || column < 0 || column >= ColumnCount)
        return {};
    return createIndex(row, column, quintptr(shown[size_t(row)]));
}

QModelIndex PathTreeModel::parent(const QModelIndex& index) const
{
    return index.isValid() ? indexOf(m_nodes[size_t(nodeOf(index))].parent) : QModelIndex();
}

int PathTreeModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : int(m_nodes[size_t(nodeOf(parent))].shown.size());
}

int PathTreeModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

bool PathTreeModel::hasChildren(const QModelIndex& parent) const
{
    if (parent.column() > 0)
        return false;
    const Node& node = m_nodes[size_t(nodeOf(parent))];
    return std::any_of(node.children.cbegin(), node.children.cend(),
                       [this](int child) { return m_nodes[size_t(child)].shows; });
}

bool PathTreeModel::canFetchMore(const QModelIndex& parent) const
{
    return !m_nodes[size_t(nodeOf(parent))].exposed && hasChildren(parent);
}

void PathTreeModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent))
        expose(nodeOf(parent), 0);
}

QString PathTreeModel::markName(PathEntry::Mark mark)
{
    switch (mark) {
    case PathEntry::Mark::Added:
        return tr("added");
    case PathEntry::Mark::Changed:
        return tr("changed");
    case PathEntry::Mark::Deleted:
        return tr("deleted");
    case PathEntry::Mark::None:
        break;
    }
    return {};
}

QString PathTreeModel::what(const Node& node) const
{
    if (node.mark != PathEntry::Mark::None)
        return markName(node.mark);
    if (!node.target.isEmpty())
        return u"→ "_s + node.target;
    return node.kind == PathEntry::Kind::Other ? tr("special file") : QString();
}

QVariant PathTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const int at = nodeOf(index);
    const Node& node = m_nodes[size_t(at)];
    switch (role) {
    case PathRole:
    case Qt::ToolTipRole:
        return pathOf(at);
    case KindRole:
        return int(node.kind);
    case MarkRole:
        return int(node.mark);
    case Qt::AccessibleTextRole:
        return index.column() == NameColumn && node.mark != PathEntry::Mark::None
                   ? tr("%1, %2", "path, what happened to it").arg(node.name, markName(node.mark))
                   : data(index, Qt::DisplayRole);
    case Qt::TextAlignmentRole:
        return index.column() == SizeColumn ? int(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case NameColumn:
        return node.name;
    case WhatColumn:
        return what(node);
    case SizeColumn:
        return node.mark == PathEntry::Mark::Deleted || (node.kind == PathEntry::Kind::Directory && node.size == 0)
                   ? QString()
                   : bytes(node.size);
    default:
        return permissions(node.mode);
    }
}

QVariant PathTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Path");
    case WhatColumn:
        return tr("What");
    case SizeColumn:
        return tr("Size");
    default:
        return tr("Mode");
    }
}

} // namespace diptych::models
