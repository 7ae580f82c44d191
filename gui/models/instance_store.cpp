#include "models/instance_store.h"

namespace diptych::models {

namespace {

bool isOpen(const client::Operation& operation)
{
    return operation.state == client::OperationState::Waiting || operation.state == client::OperationState::Running;
}

} // namespace

InstanceStore::InstanceStore(client::Client& client, QObject* parent) : QObject(parent), m_client(client)
{
    connect(&client, &client::Client::instancesChanged, this, &InstanceStore::mergeInstances);
    connect(&client, &client::Client::operationsChanged, this, &InstanceStore::mergeOperations);
    connect(&client, &client::Client::swept, this, &InstanceStore::mergeSweep);
    connect(&client, &client::Client::connectionsChanged, this,
            [this](const QList<client::LibvirtConnection>& connections) {
                if (m_connections == connections)
                    return;
                m_connections = connections;
                emit connectionsChanged();
            });
    connect(&client, &client::Client::stateChanged, this, [this](client::ConnectionState state) {
        if (state == client::ConnectionState::Connected)
            askHost();
        else
            setLive(false);
    });
    if (client.state() == client::ConnectionState::Connected)
        askHost();
}

InstanceStore::~InstanceStore() = default;

int InstanceStore::indexOf(const QString& id) const
{
    const auto found = m_entries.constFind(id);
    return found == m_entries.cend() ? -1 : found->index;
}

const client::Instance* InstanceStore::find(const QString& id) const
{
    if (const auto found = m_entries.constFind(id); found != m_entries.cend())
        return &found->instance;
    const auto other = m_others.constFind(id);
    return other == m_others.cend() ? nullptr : &*other;
}

const client::LibvirtConnection* InstanceStore::connection(const QString& id) const
{
    const auto found = std::find_if(m_connections.cbegin(), m_connections.cend(),
                                    [&](const client::LibvirtConnection& one) { return one.id == id; });
    return found == m_connections.cend() ? nullptr : &*found;
}

const client::LibvirtConnection* InstanceStore::connectionOf(const QString& id) const
{
    const client::Instance* instance = find(id);
    return instance && !instance->runtime.connection.isEmpty() ? connection(instance->runtime.connection) : nullptr;
}

bool InstanceStore::isCurrent(const QString& id) const
{
    const client::LibvirtConnection* on = connectionOf(id);
    return m_live && (!on || on->state == QLatin1String("connected"));
}

void InstanceStore::setOthers(const QList<client::Workload>& workloads)
{
    client::Workload machine;
    machine.id = machine.maker = machine.form = QStringLiteral("host");
    machine.name = m_host.hostname.isEmpty() ? machine.id : m_host.hostname;
    machine.pid = 1;
    machine.startedAt = m_host.bootedAt;
    QList<client::Workload> all{machine};
    all += workloads;
    if (all == m_workloads)
        return;
    m_workloads = all;
    m_others.clear();
    for (const client::Workload& one : std::as_const(m_workloads)) {
        client::Instance instance;
        instance.id = one.id;
        instance.context.name = one.name;
        instance.context.kind = one.form == QLatin1String("machine") ? client::Kind::Machine : client::Kind::Container;
        instance.context.limits = one.limits;
        instance.runtime.state = client::State::Running;
        instance.runtime.managed = false;
        instance.runtime.pid = one.pid;
        instance.runtime.cgroup = one.cgroup;
        instance.runtime.startedAt = one.startedAt;
        m_others.insert(one.id, instance);
    }
    emit othersChanged();
}

QString InstanceStore::idOfName(const QString& name) const
{
    for (const QString& id : m_ids)
        if (find(id)->context.name == name)
            return id;
    return {};
}

QString InstanceStore::nameOf(const QString& id) const
{
    const client::Instance* instance = find(id);
    return instance ? instance->context.name : id;
}

QString InstanceStore::twinOf(const QString& id) const
{
    const client::Instance* instance = find(id);
    if (!instance)
        return {};
    if (const QString& twin = instance->context.twin; !twin.isEmpty() && contains(twin))
        return twin;
    // The half that was made first may not say it yet: the other one does.
    return m_named.value(id);
}

void InstanceStore::renameTwin(const QString& id, const QString& before, const QString& after)
{
    if (m_named.value(before) == id)
        m_named.remove(before);
    if (!after.isEmpty() && after != id)
        m_named.insert(after, id);
}

std::optional<std::pair<QString, QString>> InstanceStore::firstTwins() const
{
    for (const QString& id : m_ids) {
        if (find(id)->context.kind != client::Kind::Container)
            continue;
        if (const QString twin = twinOf(id); !twin.isEmpty())
            return std::pair{id, twin};
    }
    return {};
}

int InstanceStore::count(client::Kind kind) const
{
    return int(std::count_if(m_entries.cbegin(), m_entries.cend(),
                             [&](const Entry& entry) { return entry.instance.context.kind == kind; }));
}

int InstanceStore::count(client::State state) const
{
    return int(std::count_if(m_entries.cbegin(), m_entries.cend(),
                             [&](const Entry& entry) { return entry.instance.runtime.state == state; }));
}

const client::Point* InstanceStore::point(const QString& id) const
{
    const auto found = m_entries.constFind(id);
    return found == m_entries.cend() || !found->measured ? nullptr : &found->history.last();
}

const History& InstanceStore::history(const QString& id) const
{
    static const History empty;
    const auto found = m_entries.constFind(id);
    return found == m_entries.cend() ? empty : found->history;
}

void InstanceStore::fillHistory(const QString& id)
{
    const auto entry = m_entries.find(id);
    if (entry == m_entries.end() || std::exchange(entry->historyAsked, true))
        return;
    m_client.history(id, this, [this, id](const client::Answer<QList<client::Point>>& answer) {
        const auto found = m_entries.find(id);
        if (found == m_entries.end())
            return;
        found->historyAsked = bool(answer);
        if (!answer)
            return;
        found->history.prepend(answer.value());
        emit historyFilled(id);
    });
}

void InstanceStore::fillHostHistory()
{
    if (std::exchange(m_hostHistoryAsked, true))
        return;
    m_client.hostHistory(this, [this](const client::Answer<QList<client::HostPoint>>& answer) {
        m_hostHistoryAsked = bool(answer);
        if (!answer)
            return;
        m_hostHistory.prepend(answer.value());
        emit historyFilled({});
    });
}

QList<client::Operation> InstanceStore::operations(const QString& id) const
{
    const auto found = m_entries.constFind(id);
    return found == m_entries.cend() ? QList<client::Operation>() : found->operations;
}

bool InstanceStore::isBusy(const QString& id) const
{
    const auto found = m_entries.constFind(id);
    return found != m_entries.cend() && !found->operations.isEmpty();
}

bool InstanceStore::isGranted(const QString& action) const
{
    return m_host.granted.contains(action);
}

void InstanceStore::mergeInstances(const QList<client::Instance>& instances, const QStringList& removedIds,
                                   bool snapshot)
{
    QStringList gone = removedIds;
    if (snapshot) {
        QSet<QString> present;
        for (const client::Instance& instance : instances)
            present.insert(instance.id);
        for (const QString& id : std::as_const(m_ids))
            if (!present.contains(id))
                gone.append(id);
    }
    removeIds(gone);
    QStringList changedIds;
    QHash<QString, client::Instance> fresh;
    QStringList freshIds;
    for (const client::Instance& instance : instances) {
        if (const auto found = m_entries.find(instance.id); found != m_entries.end()) {
            if (found->instance == instance)
                continue;
            renameTwin(instance.id, found->instance.context.twin, instance.context.twin);
            found->instance = instance;
            if (instance.runtime.state != client::State::Running && instance.runtime.state != client::State::Paused)
                found->measured = false;
            changedIds.append(instance.id);
            continue;
        }
        if (!fresh.contains(instance.id))
            freshIds.append(instance.id);
        fresh.insert(instance.id, instance);
    }
    if (!freshIds.isEmpty()) {
        emit aboutToAdd(int(freshIds.size()));
        for (const QString& id : std::as_const(freshIds)) {
            Entry entry{.instance = fresh.value(id), .history = {}, .operations = {}, .index = int(m_ids.size())};
            for (const client::Operation& operation : std::as_const(m_operations))
                if (operation.instances.contains(id))
                    entry.operations.append(operation);
            renameTwin(id, {}, entry.instance.context.twin);
            m_entries.insert(id, std::move(entry));
            m_ids.append(id);
        }
        emit added(freshIds);
    }
    if (!changedIds.isEmpty())
        emit changed(changedIds);
    if (snapshot && !std::exchange(m_loaded, true))
        emit loadedChanged();
    if (snapshot)
        setLive(true);
}

void InstanceStore::removeIds(const QStringList& gone)
{
    QStringList known;
    QSet<QString> set;
    for (const QString& id : gone)
        if (m_entries.contains(id) && !set.contains(id)) {
            known.append(id);
            set.insert(id);
        }
    if (known.isEmpty())
        return;
    emit aboutToRemove(known);
    m_ids.removeIf([&](const QString& id) { return set.contains(id); });
    for (const QString& id : std::as_const(known)) {
        renameTwin(id, m_entries.value(id).instance.context.twin, {});
        m_entries.remove(id);
    }
    for (qsizetype i = 0; i < m_ids.size(); ++i)
        m_entries[m_ids.at(i)].index = int(i);
    emit removed(known);
}

void InstanceStore::mergeOperations(const QList<client::Operation>& operations, bool snapshot)
{
    QSet<QString> touched;
    const auto touch = [&](const client::Operation& operation) {
        touched.unite(QSet<QString>(operation.instances.cbegin(), operation.instances.cend()));
    };
    if (snapshot) {
        for (const client::Operation& operation : std::as_const(m_operations))
            touch(operation);
        m_operations.clear();
    }
    for (const client::Operation& operation : operations) {
        const bool was = m_operations.contains(operation.id);
        if (isOpen(operation))
            m_operations.insert(operation.id, operation);
        else
            m_operations.remove(operation.id);
        if (was || isOpen(operation))
            touch(operation);
    }
    QStringList changedIds;
    for (const QString& id : std::as_const(touched))
        if (const auto entry = m_entries.find(id); entry != m_entries.end()) {
            entry->operations.clear();
            changedIds.append(id);
        }
    QList<client::Operation> open = m_operations.values();
    std::sort(open.begin(), open.end(), [](const auto& a, const auto& b) { return a.startedAt < b.startedAt; });
    for (const client::Operation& operation : std::as_const(open))
        for (const QString& id : operation.instances)
            if (touched.contains(id))
                if (const auto entry = m_entries.find(id); entry != m_entries.end())
                    entry->operations.append(operation);
    if (!changedIds.isEmpty())
        emit changed(changedIds);
}

void InstanceStore::mergeSweep(const client::Sweep& sweep)
{
    m_hostHistory.append(sweep.host);
    for (auto entry = m_entries.begin(); entry != m_entries.end(); ++entry) {
        const auto point = sweep.instances.constFind(entry.key());
        entry->measured = point != sweep.instances.cend();
        if (entry->measured)
            entry->history.append(*point);
    }
    emit swept();
}

void InstanceStore::setLive(bool live)
{
    if (m_live == live)
        return;
    m_live = live;
    emit liveChanged(live);
}

void InstanceStore::askHost()
{
    m_client.host(this, [this](const client::Answer<client::Host>& answer) {
        if (!answer)
            return;
        m_host = answer.value();
        emit hostChanged();
    });
}

} // namespace diptych::models
