#include "models/group_model.h"

#include "models/formatting.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych::models {

using client::ControlGroup;

namespace {

constexpr double second = 1e9;
constexpr double nearLimit = 0.9;
constexpr double held = 0.05; ///< throttled for more than this share of the time is said

QString parentPath(const QString& path)
{
    const qsizetype slash = path.lastIndexOf(u'/');
    return slash <= 0 ? QStringLiteral("/") : path.left(slash);
}

double share(double used, double limit)
{
    return limit > 0 ? std::min(1.0, used / limit) : -1;
}

struct MakerWord
{
    const char *maker, *name;
};
constexpr MakerWord makers[] = {
    {"root", QT_TRANSLATE_NOOP("GroupMaker", "the whole machine")},
    {"slice", QT_TRANSLATE_NOOP("GroupMaker", "slice")},
    {"service", QT_TRANSLATE_NOOP("GroupMaker", "service")},
    {"scope", QT_TRANSLATE_NOOP("GroupMaker", "scope")},
    {"session", QT_TRANSLATE_NOOP("GroupMaker", "login session")},
    {"diptych", QT_TRANSLATE_NOOP("GroupMaker", "Diptych container")},
    {"libvirt", QT_TRANSLATE_NOOP("GroupMaker", "virtual machine")},
    {"podman", QT_TRANSLATE_NOOP("GroupMaker", "Podman container")},
    {"docker", QT_TRANSLATE_NOOP("GroupMaker", "Docker container")},
    {"containerd", QT_TRANSLATE_NOOP("GroupMaker", "containerd container")},
    {"crio", QT_TRANSLATE_NOOP("GroupMaker", "CRI-O container")},
    {"kubernetes", QT_TRANSLATE_NOOP("GroupMaker", "Kubernetes")},
    {"lxc", QT_TRANSLATE_NOOP("GroupMaker", "LXC container")},
    {"nspawn", QT_TRANSLATE_NOOP("GroupMaker", "systemd-nspawn container")},
    {"flatpak", QT_TRANSLATE_NOOP("GroupMaker", "Flatpak application")},
    {"other", QT_TRANSLATE_NOOP("GroupMaker", "group")},
};

} // namespace

GroupModel::GroupModel(QObject* parent) : QAbstractItemModel(parent) {}
GroupModel::~GroupModel() = default;

QString GroupModel::makerName(const QString& maker)
{
    for (const MakerWord& word : makers)
        if (maker == QLatin1String(word.maker))
            return QCoreApplication::translate("GroupMaker", word.name);
    return maker;
}

void GroupModel::merge(const client::GroupListing& listing)
{
    QHash<QString, const ControlGroup*> there;
    for (const ControlGroup& group : listing.groups)
        there.insert(group.path, &group);
    removeGone(there);
    const double seconds = m_time > 0 ? double(listing.time - m_time) / second : 0;
    for (const ControlGroup& group : listing.groups) {
        if (Node* known = m_index.value(group.path))
            update(*known, group, seconds);
        else
            add(group);
    }
    m_time = listing.time;
    for (const auto& node : m_nodes)
        if (!node->children.empty())
            emit dataChanged(indexOf(*node->children.front()), indexOf(*node->children.back(), ColumnCount - 1));
    if (m_root)
        emit dataChanged(indexOf(*m_root), indexOf(*m_root, ColumnCount - 1));
    emit merged();
}

void GroupModel::removeGone(const QHash<QString, const ControlGroup*>& there)
{
    QStringList gone;
    for (auto it = m_index.cbegin(); it != m_index.cend(); ++it)
        if (!there.contains(it.key()))
            gone.append(it.key());
    // The topmost first: what is below goes with it.
    std::sort(gone.begin(), gone.end());
    for (const QString& path : std::as_const(gone))
        if (Node* node = m_index.value(path))
            remove(node);
}

void GroupModel::remove(Node* node)
{
    const int row = rowOf(*node);
    beginRemoveRows(node->parent ? indexOf(*node->parent) : QModelIndex(), row, row);
    if (node->parent)
        node->parent->children.erase(node->parent->children.begin() + row);
    else
        m_root = nullptr;
    std::vector<Node*> all{node};
    for (size_t i = 0; i < all.size(); ++i) {
        m_index.remove(all[i]->entry.group.path);
        all.insert(all.end(), all[i]->children.begin(), all[i]->children.end());
    }
    std::erase_if(m_nodes, [&all](const std::unique_ptr<Node>& one) {
        return std::find(all.begin(), all.end(), one.get()) != all.end();
    });
    endRemoveRows();
}

void GroupModel::add(const ControlGroup& group)
{
    const bool root = group.path == QLatin1String("/");
    Node* parent = root ? nullptr : m_index.value(parentPath(group.path));
    // A group whose parent went between two readings is left for the next listing.
    if ((root && m_root) || (!root && !parent))
        return;
    auto node = std::make_unique<Node>();
    node->entry.group = group;
    node->parent = parent;
    int row = 0;
    if (parent)
        row = int(std::lower_bound(parent->children.begin(), parent->children.end(), group.path,
                                   [](const Node* one, const QString& path) { return one->entry.group.path < path; }) -
                  parent->children.begin());
    beginInsertRows(parent ? indexOf(*parent) : QModelIndex(), row, row);
    if (parent)
        parent->children.insert(parent->children.begin() + row, node.get());
    else
        m_root = node.get();
    m_index.insert(group.path, node.get());
    m_nodes.push_back(std::move(node));
    endInsertRows();
}

void GroupModel::update(Node& node, const ControlGroup& now, double seconds)
{
    const ControlGroup before = node.entry.group;
    Entry& entry = node.entry;
    entry.group = now;
    // Counters that went down belong to another group of the same name.
    entry.rated = seconds > 0 && now.cpuNanoseconds >= before.cpuNanoseconds;
    if (!entry.rated)
        return;
    entry.cores = double(now.cpuNanoseconds - before.cpuNanoseconds) / second / seconds;
    entry.throttled = double(now.throttledNanoseconds - before.throttledNanoseconds) / second / seconds;
    entry.readRate = double(now.readBytes - before.readBytes) / seconds;
    entry.writeRate = double(now.writtenBytes - before.writtenBytes) / seconds;
}

const GroupModel::Entry* GroupModel::find(const QString& path) const
{
    const Node* node = m_index.value(path);
    return node ? &node->entry : nullptr;
}

QStringList GroupModel::childrenOf(const QString& path) const
{
    QStringList paths;
    if (const Node* node = m_index.value(path))
        for (const Node* child : node->children)
            paths.append(child->entry.group.path);
    return paths;
}

GroupModel::Node* GroupModel::nodeOf(const QModelIndex& index)
{
    return static_cast<Node*>(index.internalPointer());
}

int GroupModel::rowOf(const Node& node)
{
    if (!node.parent)
        return 0;
    const auto& all = node.parent->children;
    return int(std::find(all.begin(), all.end(), &node) - all.begin());
}

QModelIndex GroupModel::indexOf(const Node& node, int column) const
{
    return createIndex(rowOf(node), column, &node);
}

QModelIndex GroupModel::indexOf(const QString& path) const
{
    const Node* node = m_index.value(path);
    return node ? indexOf(*node) : QModelIndex();
}

QModelIndex GroupModel::index(int row, int column, const QModelIndex& parent) const
{
    if (row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent))
        return {};
    const Node* node = parent.isValid() ? nodeOf(parent)->children.at(size_t(row)) : m_root;
    return createIndex(row, column, node);
}

QModelIndex GroupModel::parent(const QModelIndex& index) const
{
    const Node* node = index.isValid() ? nodeOf(index)->parent : nullptr;
    return node ? indexOf(*node) : QModelIndex();
}

int GroupModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return m_root ? 1 : 0;
    return parent.column() == 0 ? int(nodeOf(parent)->children.size()) : 0;
}

int GroupModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QString GroupModel::trouble(const Entry& entry)
{
    QStringList parts;
    const ControlGroup& g = entry.group;
    if (g.frozen)
        parts.append(tr("frozen"));
    if (entry.throttled > held)
        parts.append(tr("held back %1").arg(percent(std::min(1.0, entry.throttled))));
    if (share(double(g.memory), double(g.limits.memory)) > nearLimit)
        parts.append(tr("memory nearly full"));
    if (share(double(g.pids), double(g.limits.pids)) > nearLimit)
        parts.append(tr("task limit nearly reached"));
    if (g.oomKills > 0)
        parts.append(tr("%n killed for memory", nullptr, int(g.oomKills)));
    return parts.join(QStringLiteral(" · "));
}

QString GroupModel::text(const Entry& entry, int column) const
{
    const ControlGroup& g = entry.group;
    const bool root = g.path == QLatin1String("/");
    switch (column) {
    case NameColumn: {
        const QString known = m_names && !g.instance.isEmpty() ? m_names(g.instance) : QString();
        return root ? tr("this machine") : known.isEmpty() ? g.path.section(u'/', -1) : known;
    }
    case MakerColumn:
        return makerName(g.maker);
    case CpuColumn:
        if (root || !entry.rated)
            return none();
        return g.limits.cpus > 0 ? tr("%1 of %2").arg(percent(entry.cores), percent(g.limits.cpus))
                                 : percent(entry.cores);
    case MemoryColumn:
        return root || !g.controllers.contains(QLatin1String("memory")) ? none() : memoryUse(g.memory, g.limits.memory);
    case TasksColumn:
        if (root || !g.controllers.contains(QLatin1String("pids")))
            return g.processes > 0 ? count(g.processes) : none();
        return g.limits.pids > 0 ? tr("%1 of %2").arg(count(g.pids), count(g.limits.pids)) : count(g.pids);
    case PressureColumn:
        return trouble(entry);
    default:
        return {};
    }
}

QVariant GroupModel::sortKey(const Entry& entry, int column) const
{
    switch (column) {
    case CpuColumn:
        return entry.cores;
    case MemoryColumn:
        return entry.group.memory;
    case TasksColumn:
        return entry.group.pids;
    default:
        return text(entry, column);
    }
}

QVariant GroupModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Entry& entry = nodeOf(index)->entry;
    switch (role) {
    case Qt::DisplayRole:
        return text(entry, index.column());
    case Qt::ToolTipRole:
        return index.column() == NameColumn ? entry.group.path : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == CpuColumn || index.column() == MemoryColumn || index.column() == TasksColumn
                   ? int(Qt::AlignRight | Qt::AlignVCenter)
                   : int(Qt::AlignLeft | Qt::AlignVCenter);
    case PathRole:
        return entry.group.path;
    case SortRole:
        return sortKey(entry, index.column());
    case InstanceRole:
        return entry.group.instance;
    case FrozenRole:
        return entry.group.frozen;
    case LimitRole:
        if (index.column() == CpuColumn)
            return share(entry.cores, entry.group.limits.cpus);
        if (index.column() == MemoryColumn)
            return share(double(entry.group.memory), double(entry.group.limits.memory));
        return index.column() == TasksColumn ? share(double(entry.group.pids), double(entry.group.limits.pids)) : -1;
    default:
        return {};
    }
}

QVariant GroupModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == CpuColumn || section == MemoryColumn || section == TasksColumn
                   ? int(Qt::AlignRight | Qt::AlignVCenter)
                   : int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const std::array<QString, ColumnCount> names{tr("Group"),  tr("What it is"), tr("CPU"),
                                                 tr("Memory"), tr("Tasks"),      tr("Needs a look")};
    return names.at(size_t(section));
}

} // namespace diptych::models
