#include "models/namespace_model.h"

#include "models/formatting.h"

#include <QSet>

#include <algorithm>

namespace diptych::models {

using namespace Qt::StringLiterals;
using client::Namespace;
using client::NamespaceHolder;

QStringList NamespaceModel::kinds()
{
    return {u"user"_s, u"mnt"_s, u"pid"_s, u"net"_s, u"ipc"_s, u"uts"_s, u"cgroup"_s, u"time"_s};
}

QString NamespaceModel::kindName(const QString& kind)
{
    const QHash<QString, QString> names{
        {u"user"_s, tr("users")}, {u"mnt"_s, tr("mounts")},    {u"pid"_s, tr("processes")}, {u"net"_s, tr("network")},
        {u"ipc"_s, tr("IPC")},    {u"uts"_s, tr("host name")}, {u"cgroup"_s, tr("cgroup")}, {u"time"_s, tr("clocks")}};
    return names.value(kind, kind);
}

QString NamespaceModel::numberOf(const QString& id)
{
    return id.section(u'[', 1).chopped(id.contains(u'[') ? 1 : 0);
}

QString NamespaceModel::mapText(const QList<client::IdRange>& map)
{
    QStringList parts;
    for (const client::IdRange& range : map)
        parts.append(range.inside == range.outside && range.count >= 4294967295
                         ? tr("all as outside")
                         : tr("%1 → %2, %3 of them", "first number inside, outside, how many")
                               .arg(QString::number(range.inside), QString::number(range.outside), count(range.count)));
    return parts.join(u"; "_s);
}

void NamespaceModel::merge(const client::NamespaceListing& listing)
{
    QSet<QString> there;
    for (const Namespace& one : listing.namespaces)
        there.insert(one.id);
    for (qsizetype row = m_ids.size() - 1; row >= 0; --row) {
        if (there.contains(m_ids.at(row)))
            continue;
        beginRemoveRows({}, int(row), int(row));
        m_texts.remove(m_ids.at(row));
        m_ids.removeAt(row);
        endRemoveRows();
    }
    const QSet<QString> before(m_ids.cbegin(), m_ids.cend());
    QStringList fresh;
    for (const Namespace& one : listing.namespaces)
        if (!before.contains(one.id))
            fresh.append(one.id);
    m_listing = listing;
    relate();
    for (const QString& id : std::as_const(fresh))
        for (int column = 0; column < ColumnCount; ++column)
            m_texts[id][size_t(column)] = text(*find(id), column);
    if (!fresh.isEmpty()) {
        beginInsertRows({}, int(m_ids.size()), int(m_ids.size() + fresh.size()) - 1);
        m_ids.append(fresh);
        endInsertRows();
    }
    m_rows.clear();
    for (qsizetype row = 0; row < m_ids.size(); ++row)
        m_rows.insert(m_ids.at(row), row);
    tellChanges();
    emit merged();
}

/// Thousands of rows are sorted and filtered again when they change, and most never do.
void NamespaceModel::tellChanges()
{
    for (int row = 0; row < m_ids.size(); ++row) {
        const QString& id = m_ids.at(row);
        Texts texts;
        for (int column = 0; column < ColumnCount; ++column)
            texts[size_t(column)] = text(*find(id), column);
        Texts& shown = m_texts[id];
        if (shown == texts)
            continue;
        shown = texts;
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void NamespaceModel::relate()
{
    m_places.clear();
    m_members.clear();
    m_owners.clear();
    QHash<QString, QString> hosts; // kind -> id
    for (qsizetype i = 0; i < m_listing.namespaces.size(); ++i) {
        const Namespace& one = m_listing.namespaces.at(i);
        m_places.insert(one.id, i);
        if (one.host)
            hosts.insert(one.kind, one.id);
    }
    for (int i = 0; i < m_listing.members.size(); ++i) {
        const client::NamespaceMember& member = m_listing.members.at(i);
        QHash<QString, QString> in = hosts;
        for (const QString& id : member.namespaces)
            in.insert(id.section(u':', 0, 0), id);
        for (const QString& id : std::as_const(in)) {
            m_members[id].append(i);
            QList<int>& owners = m_owners[id];
            if (owners.isEmpty() || (owners.last() != member.owner && !owners.contains(member.owner)))
                owners.append(member.owner);
        }
    }
    for (QList<int>& owners : m_owners)
        if (owners.removeOne(0))
            owners.append(0);
}

const Namespace* NamespaceModel::find(const QString& id) const
{
    const auto place = m_places.constFind(id);
    return place == m_places.cend() ? nullptr : &m_listing.namespaces.at(*place);
}

QModelIndex NamespaceModel::indexOf(const QString& id) const
{
    const auto row = m_rows.constFind(id);
    return row == m_rows.cend() ? QModelIndex() : index(int(*row), 0);
}

const QList<int>& NamespaceModel::membersOf(const QString& id) const
{
    static const QList<int> nobody;
    const auto members = m_members.constFind(id);
    return members == m_members.cend() ? nobody : *members;
}

const QList<int>& NamespaceModel::ownersOf(const QString& id) const
{
    static const QList<int> nobody;
    const auto owners = m_owners.constFind(id);
    return owners == m_owners.cend() ? nobody : *owners;
}

QString NamespaceModel::whoOf(const QString& id) const
{
    constexpr qsizetype named = 3;
    const QList<int>& owners = ownersOf(id);
    QStringList names;
    const Namespace* one = find(id);
    if (one && one->host)
        names.append(tr("this machine"));
    for (const int owner : owners)
        if (owner != 0 && names.size() < named)
            names.append(m_listing.owners.at(owner).name);
    if (owners.contains(0) && names.isEmpty() && !membersOf(id).isEmpty()) {
        const client::NamespaceMember& first = m_listing.members.at(membersOf(id).first());
        names.append(first.command.section(u' ', 0, 0).section(u'/', -1));
    }
    const qsizetype all = owners.size() - (owners.contains(0) ? 1 : 0) + (one && one->host ? 1 : 0);
    if (names.isEmpty())
        return tr("nobody");
    return all > names.size() ? tr("%1 and %n more", nullptr, int(all - names.size())).arg(names.join(u", "_s))
                              : names.join(u", "_s);
}

QString NamespaceModel::heldOf(const QString& id) const
{
    const Namespace* one = find(id);
    if (!one)
        return {};
    QStringList parts;
    if (one->processes > 0)
        parts.append(tr("%n process(es)", nullptr, one->processes));
    for (const NamespaceHolder& holder : one->holders) {
        QString part;
        if (holder.how == u"mount"_s)
            part = tr("bind mount %1").arg(holder.path);
        else if (holder.how == u"fd"_s)
            part = tr("open file of process %1").arg(holder.pid);
        else if (holder.how == u"thread"_s)
            part = tr("thread of process %1").arg(holder.pid);
        else if (holder.how == u"child"_s)
            part = tr("a namespace below it");
        else if (holder.how == u"forChildren"_s && one->processes == 0)
            part = tr("children to come of process %1").arg(holder.pid);
        if (!part.isEmpty() && !parts.contains(part))
            parts.append(part);
    }
    return parts.join(u" · "_s);
}

QString NamespaceModel::text(const Namespace& one, int column) const
{
    switch (column) {
    case KindColumn:
        return u"%1 · %2"_s.arg(one.kind, kindName(one.kind));
    case NumberColumn:
        return numberOf(one.id);
    case WhoColumn:
        return whoOf(one.id);
    case ProcessesColumn:
        return count(one.processes);
    case HeldColumn:
        return heldOf(one.id);
    case OwnerColumn: {
        const Namespace* owner = find(one.owner);
        if (!owner)
            return one.kind == u"user"_s && one.host ? tr("the root") : none();
        return owner->host ? tr("this machine") : u"%1 (%2)"_s.arg(numberOf(owner->id), whoOf(owner->id));
    }
    case MapColumn:
        return mapText(one.uidMap);
    default:
        return {};
    }
}

int NamespaceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_ids.size());
}

int NamespaceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant NamespaceModel::data(const QModelIndex& index, int role) const
{
    const Namespace* one = index.isValid() ? find(m_ids.value(index.row())) : nullptr;
    if (!one)
        return {};
    const QString shown = m_texts.value(one->id).at(size_t(index.column()));
    switch (role) {
    case Qt::DisplayRole:
        return shown;
    case Qt::ToolTipRole:
        return index.column() == NumberColumn ? one->id : shown;
    case Qt::TextAlignmentRole:
        return int((index.column() == ProcessesColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case IdRole:
        return one->id;
    case KindRole:
        return one->kind;
    case HostRole:
        return one->host;
    case SortRole:
        if (index.column() == KindColumn)
            return u"%1 %2"_s.arg(kinds().indexOf(one->kind)).arg(one->id);
        return index.column() == ProcessesColumn ? QVariant(one->processes) : shown;
    case SearchRole: {
        QStringList words{one->id, whoOf(one->id), heldOf(one->id)};
        for (const int owner : ownersOf(one->id))
            words.append(m_listing.owners.at(owner).name);
        if (!one->host)
            for (const int member : membersOf(one->id))
                words.append(m_listing.members.at(member).command);
        return words.join(u' ');
    }
    default:
        return {};
    }
}

QVariant NamespaceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == ProcessesColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const std::array<QString, ColumnCount> names{tr("Kind"),    tr("Number"),   tr("Who is in it"), tr("Processes"),
                                                 tr("Kept by"), tr("Owned by"), tr("Users in it")};
    return names.at(size_t(section));
}

} // namespace diptych::models
