#include "models/instance_model.h"

#include "models/connection_words.h"
#include "models/formatting.h"
#include "models/operation_model.h"

#include <QDateTime>
#include <QFont>

namespace diptych::models {

using namespace Qt::StringLiterals;

namespace {

QString addressText(const client::Instance& instance)
{
    if (instance.runtime.hostNamespaces.contains(u"network"_s))
        return InstanceModel::tr("the host's");
    const QString ports = portsText(instance.context.ports);
    return instance.runtime.address.isEmpty() ? ports : (instance.runtime.address + u' ' + ports).trimmed();
}

bool isUp(const client::Instance& instance)
{
    const client::State state = instance.runtime.state;
    return state == client::State::Running || state == client::State::Paused || state == client::State::Stopping;
}

QString connectionName(const InstanceStore& store, const client::Instance& instance)
{
    if (instance.runtime.connection.isEmpty())
        return InstanceModel::tr("this machine");
    const client::LibvirtConnection* on = store.connection(instance.runtime.connection);
    return on ? on->name : QString();
}

QString connectionToolTip(const InstanceStore& store, const client::Instance& instance)
{
    const client::LibvirtConnection* on = store.connection(instance.runtime.connection);
    if (!on)
        return {};
    return on->state == u"connected"_s ? on->uri : on->uri + u'\n' + connectionState(*on);
}

/// Addresses sort by their numbers.
QString addressKey(const QString& address)
{
    QString key;
    for (const QString& part : address.split(u'.'))
        key += part.rightJustified(3, u'0');
    return key;
}

/// What its limit is held against: a container's charge. A machine's limit is the guest's memory, and what QEMU needs
/// beside that is not within it.
qint64 heldAgainstLimit(const client::Instance& instance, const client::Point& point)
{
    return instance.context.kind == client::Kind::Machine && point.memoryGuest > 0 ? point.memoryGuest : point.memory;
}

bool hasMemoryShare(const client::Instance& instance, const client::Point& point)
{
    return instance.context.kind == client::Kind::Container || point.memoryGuest > 0;
}

QString memoryToolTip(const client::Instance& instance, const client::Point* point)
{
    QStringList lines{InstanceModel::tr("limit: %1").arg(bytesOrNone(instance.context.limits.memory))};
    if (point && instance.context.kind == client::Kind::Machine) {
        lines.append(point->memoryGuest > 0
                         ? InstanceModel::tr("in use inside, as its kernel says: %1").arg(bytes(point->memoryGuest))
                         : InstanceModel::tr("its kernel does not say what is in use inside"));
        lines.append(InstanceModel::tr("resident on the host, QEMU's own with it: %1").arg(bytes(point->memory)));
    }
    return lines.join(u'\n');
}

} // namespace

InstanceModel::InstanceModel(const InstanceStore& store, QObject* parent)
    : QAbstractTableModel(parent), m_store(store), m_ids(store.ids())
{
    connect(&store, &InstanceStore::aboutToRemove, this, &InstanceModel::remove);
    connect(&store, &InstanceStore::added, this, [this](const QStringList& ids) {
        beginInsertRows({}, int(m_ids.size()), int(m_ids.size() + ids.size() - 1));
        m_ids += ids;
        endInsertRows();
    });
    connect(&store, &InstanceStore::changed, this, [this](const QStringList& ids) {
        QList<int> rows;
        for (const QString& id : ids)
            if (const int row = m_store.indexOf(id); row >= 0)
                rows.append(row);
        std::sort(rows.begin(), rows.end());
        // Neighbours at once, and many at once with those between: each signal costs every view and proxy a round.
        const qsizetype apart = rows.size() > 20 ? m_ids.size() : 1;
        for (qsizetype i = 0; i < rows.size();) {
            const int first = rows.at(i);
            int last = first;
            for (++i; i < rows.size() && rows.at(i) - last <= apart; ++i)
                last = rows.at(i);
            emit dataChanged(index(first, 0), index(last, ColumnCount - 1));
        }
    });
    connect(&store, &InstanceStore::swept, this, [this] {
        if (m_ids.isEmpty())
            return;
        const int last = int(m_ids.size() - 1);
        emit dataChanged(index(0, CpuColumn), index(last, MemoryColumn));
        emit dataChanged(index(0, UpColumn), index(last, UpColumn), {Qt::DisplayRole});
    });
    const auto stale = [this] {
        if (!m_ids.isEmpty())
            emit dataChanged(index(0, 0), index(int(m_ids.size() - 1), ColumnCount - 1), {StaleRole, Qt::DisplayRole});
    };
    connect(&store, &InstanceStore::liveChanged, this, stale);
    connect(&store, &InstanceStore::connectionsChanged, this, stale);
}

void InstanceModel::remove(const QStringList& ids)
{
    QList<int> rows;
    for (const QString& id : ids)
        rows.append(m_store.indexOf(id));
    std::sort(rows.begin(), rows.end(), std::greater<>());
    // Runs of neighbours go at once, from below, so that the rows above keep their numbers.
    for (qsizetype i = 0; i < rows.size();) {
        const int last = rows.at(i);
        int first = last;
        for (++i; i < rows.size() && rows.at(i) == first - 1; ++i)
            first = rows.at(i);
        beginRemoveRows({}, first, last);
        m_ids.remove(first, last - first + 1);
        endRemoveRows();
    }
}

int InstanceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_ids.size());
}

int InstanceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

Qt::ItemFlags InstanceModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

QString InstanceModel::idAt(const QModelIndex& index) const
{
    return index.isValid() && index.row() < m_ids.size() ? m_ids.at(index.row()) : QString();
}

QModelIndex InstanceModel::indexOf(const QString& id, int column) const
{
    const int row = m_store.indexOf(id);
    return row < 0 || row >= m_ids.size() || m_ids.at(row) != id ? QModelIndex() : index(row, column);
}

QVariant InstanceModel::data(const QModelIndex& index, int role) const
{
    const QString id = idAt(index);
    const client::Instance* instance = m_store.find(id);
    if (!instance)
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(id, *instance, column);
    case Qt::ToolTipRole:
        return toolTip(id, *instance, column);
    case Qt::AccessibleTextRole:
        return column == KindColumn ? QVariant(kindName(instance->context.kind))
               : column == NameColumn && !instance->runtime.title.isEmpty()
                   ? QVariant(u"%1, %2"_s.arg(instance->context.name, instance->runtime.title))
                   : text(id, *instance, column);
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignLeading | Qt::AlignVCenter);
    case IdRole:
        return id;
    case SortRole:
        return sortKey(id, *instance, column);
    case KindRole:
        return int(instance->context.kind);
    case StateRole:
        return int(instance->runtime.state);
    case BusyRole:
        return m_store.isBusy(id);
    case ProblemRole:
        return instance->runtime.problem;
    case TitleRole:
        return instance->runtime.title;
    case StaleRole:
        return !m_store.isCurrent(id);
    case HistoryRole:
    case LimitRole:
    case FractionRole:
        return measured(id, *instance, column, role);
    default:
        return {};
    }
}

QVariant InstanceModel::text(const QString& id, const client::Instance& instance, int column) const
{
    const client::Point* point = m_store.point(id);
    switch (column) {
    case NameColumn:
        return instance.context.name;
    case StateColumn:
        return stateText(instance.runtime);
    case CpuColumn:
        return point ? cpuUse(point->cpu, instance.context.limits.cpus) : QString();
    case MemoryColumn:
        if (point)
            return memoryUse(heldAgainstLimit(instance, *point),
                             hasMemoryShare(instance, *point) ? instance.context.limits.memory : 0);
        return instance.context.limits.memory > 0 ? tr("of %1").arg(bytes(instance.context.limits.memory)) : QString();
    case ImageColumn:
        return instance.runtime.managed ? instance.context.image : tr("disks of its own");
    case AddressColumn:
        return addressText(instance);
    case ConnectionColumn:
        return connectionName(m_store, instance);
    case UpColumn:
        return isUp(instance) && instance.runtime.startedAt > 0
                   ? duration(QDateTime::currentMSecsSinceEpoch() - instance.runtime.startedAt)
                   : QString();
    default:
        return {};
    }
}

QVariant InstanceModel::sortKey(const QString& id, const client::Instance& instance, int column) const
{
    const client::Point* point = m_store.point(id);
    switch (column) {
    case KindColumn:
        return int(instance.context.kind);
    case StateColumn:
        return int(instance.runtime.state);
    case CpuColumn:
        return point ? point->cpu : -1.0;
    case MemoryColumn:
        return point ? double(heldAgainstLimit(instance, *point)) : -1.0;
    case AddressColumn:
        return addressKey(instance.runtime.address);
    case UpColumn: // longest first when descending, what is down at the other end
        return isUp(instance) && instance.runtime.startedAt > 0 ? -double(instance.runtime.startedAt) : -1e18;
    default:
        return text(id, instance, column);
    }
}

static QString nameToolTip(const QString& id, const client::Instance& instance)
{
    constexpr int most = 400;
    const QString& about = instance.runtime.description;
    QStringList lines{instance.runtime.title, about.size() > most ? about.left(most) + u'…' : about, id};
    lines.removeAll(QString());
    return plainToolTip(lines.join(u'\n'));
}

QVariant InstanceModel::toolTip(const QString& id, const client::Instance& instance, int column) const
{
    switch (column) {
    case KindColumn:
        return instance.runtime.acceleration.isEmpty()
                   ? kindName(instance.context.kind)
                   : kindName(instance.context.kind) + u" · "_s + accelerationName(instance.runtime.acceleration);
    case NameColumn:
        return nameToolTip(id, instance);
    case StateColumn: {
        QStringList lines;
        for (const client::Operation& operation : m_store.operations(id))
            lines.append(OperationModel::title(operation));
        if (!instance.runtime.problem.isEmpty())
            lines.append(instance.runtime.problem);
        if (instance.runtime.finishedAt > 0 && !isUp(instance))
            lines.append(tr("ended %1").arg(ago(instance.runtime.finishedAt)));
        return lines.join(u'\n');
    }
    case CpuColumn:
        return tr("limit: %1").arg(coresOrNone(instance.context.limits.cpus));
    case MemoryColumn:
        return memoryToolTip(instance, m_store.point(id));
    case ConnectionColumn:
        return connectionToolTip(m_store, instance);
    case UpColumn:
        return instance.runtime.startedAt > 0 ? tr("started %1").arg(dateTime(instance.runtime.startedAt)) : QString();
    default:
        return text(id, instance, column);
    }
}

QVariant InstanceModel::measured(const QString& id, const client::Instance& instance, int column, int role) const
{
    if (column != CpuColumn && column != MemoryColumn)
        return {};
    const bool cpu = column == CpuColumn;
    const double limit = cpu ? instance.context.limits.cpus : double(instance.context.limits.memory);
    if (role == LimitRole)
        return limit;
    if (role == HistoryRole) {
        const History& history = m_store.history(id);
        return QVariant::fromValue(cpu ? history.series(&client::Point::cpu, SparkPoints)
                                       : history.series(&client::Point::memory, SparkPoints));
    }
    const client::Point* point = m_store.point(id);
    if (!point)
        return -1.0;
    if (!cpu && limit > 0 && !hasMemoryShare(instance, *point))
        return -1.0;
    const double whole = limit > 0 ? limit : cpu ? double(m_store.host().cpus) : double(m_store.host().memory);
    return whole > 0 ? std::clamp((cpu ? point->cpu : double(heldAgainstLimit(instance, *point))) / whole, 0.0, 1.0)
                     : -1.0;
}

QVariant InstanceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeading | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (section) {
    case KindColumn:
        return role == Qt::AccessibleTextRole ? tr("Kind") : QString();
    case NameColumn:
        return tr("Name");
    case StateColumn:
        return tr("State");
    case CpuColumn:
        return tr("CPU");
    case MemoryColumn:
        return tr("Memory");
    case ImageColumn:
        return tr("Image");
    case AddressColumn:
        return tr("Address");
    case UpColumn:
        return tr("Up");
    case ConnectionColumn:
        return tr("Connection");
    default:
        return {};
    }
}

} // namespace diptych::models
