#include "gui/support/fake_helper.h"

#include <QDateTime>
#include <QJsonDocument>

namespace diptych::test {

using namespace Qt::StringLiterals;

namespace {

QByteArray frame(const QJsonObject& message)
{
    QByteArray bytes = QJsonDocument(message).toJson(QJsonDocument::Compact);
    bytes.append('\0');
    return bytes;
}

} // namespace

FakeHelper::FakeHelper()
{
    connect(&m_server, &QLocalServer::newConnection, this, &FakeHelper::accept);
    setSamples();
}

FakeHelper::~FakeHelper()
{
    stop();
}

bool FakeHelper::start()
{
    QLocalServer::removeServer(path());
    return m_server.listen(path());
}

void FakeHelper::stop()
{
    m_server.close();
    dropConnections();
}

void FakeHelper::dropConnections()
{
    m_streams.clear();
    m_held.clear();
    m_terminals.clear();
    qDeleteAll(std::exchange(m_peers, {}));
    const QList<QLocalSocket*> sockets = std::exchange(m_sockets, {});
    m_buffers.clear();
    for (QLocalSocket* socket : sockets) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
}

void FakeHelper::setError(const QString& method, const QString& name, const QJsonObject& parameters)
{
    m_errors[method] = {{u"error"_s, name}, {u"parameters"_s, parameters}};
}

void FakeHelper::setSilent(const QString& method, bool silent)
{
    if (silent)
        m_silent.append(method);
    else
        m_silent.removeAll(method);
}

void FakeHelper::release(const QString& method)
{
    const auto held = std::exchange(m_held, {});
    for (const auto& [name, socket] : held)
        if (name == method)
            reply(socket, {{u"parameters"_s, m_answers.value(method)}});
        else
            m_held.append({name, socket});
}

void FakeHelper::push(const QString& method, const QJsonObject& parameters)
{
    for (QLocalSocket* socket : m_streams.value(method))
        reply(socket, {{u"parameters"_s, parameters}, {u"continues"_s, true}});
}

QList<QJsonObject> FakeHelper::calls(const QString& method) const
{
    QList<QJsonObject> all;
    for (const auto& [name, parameters] : m_calls)
        if (name == method)
            all.append(parameters);
    return all;
}

void FakeHelper::accept()
{
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        m_sockets.append(socket);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
            m_sockets.removeAll(socket);
            m_buffers.remove(socket);
            if (m_sinks.contains(m_upgraded.value(socket)))
                m_whole.append(m_upgraded.value(socket));
            m_upgraded.remove(socket);
            if (QLocalSocket* peer = m_peers.take(socket))
                peer->deleteLater();
            m_terminals.removeAll(socket);
            m_held.removeIf([&](const auto& held) { return held.second == socket; });
            for (auto& stream : m_streams)
                stream.removeAll(socket);
            socket->deleteLater();
        });
        read(socket);
    }
}

void FakeHelper::read(QLocalSocket* socket)
{
    QByteArray& buffer = m_buffers[socket];
    buffer += socket->readAll();
    while (!m_terminals.contains(socket)) {
        const qsizetype end = buffer.indexOf('\0');
        if (end < 0)
            return;
        const QJsonObject call = QJsonDocument::fromJson(buffer.left(end)).object();
        buffer.remove(0, end + 1);
        handle(socket, call);
    }
    const QByteArray bytes = std::exchange(buffer, {});
    if (QLocalSocket* peer = m_peers.value(socket))
        peer->write(bytes);
    else if (const QString method = m_upgraded.value(socket); m_sinks.contains(method))
        m_taken[method] += bytes;
    else
        socket->write(bytes);
}

void FakeHelper::handle(QLocalSocket* socket, const QJsonObject& call)
{
    const QString method = call[u"method"_s].toString();
    m_calls.append({method, call[u"parameters"_s].toObject()});
    if (m_raw.contains(method)) {
        socket->write(m_raw.value(method));
        return;
    }
    if (m_errors.contains(method)) {
        reply(socket, m_errors.value(method));
        return;
    }
    if (m_silent.contains(method)) {
        m_held.append({method, socket});
        return;
    }
    if (!m_answers.contains(method)) {
        reply(socket, {{u"error"_s, u"org.varlink.service.MethodNotFound"_s},
                       {u"parameters"_s, QJsonObject{{u"method"_s, method}}}});
        return;
    }
    QJsonObject message{{u"parameters"_s, m_answers.value(method)}};
    if (call[u"more"_s].toBool()) {
        m_streams[method].append(socket);
        message[u"continues"_s] = true;
    }
    reply(socket, message);
    if (call[u"upgrade"_s].toBool())
        upgrade(socket, method);
}

void FakeHelper::upgrade(QLocalSocket* socket, const QString& method)
{
    m_terminals.append(socket);
    m_upgraded[socket] = method;
    if (m_relays.contains(method)) {
        auto* peer = new QLocalSocket(this);
        peer->setSocketDescriptor(m_relays.value(method)());
        m_peers.insert(socket, peer);
        connect(peer, &QLocalSocket::readyRead, socket, [peer, socket] { socket->write(peer->readAll()); });
        connect(peer, &QLocalSocket::disconnected, socket, &QLocalSocket::disconnectFromServer);
        return;
    }
    if (!m_sources.contains(method))
        return;
    socket->write(m_sources.value(method));
    socket->flush();
    socket->disconnectFromServer(); // once all is written
}

void FakeHelper::reply(QLocalSocket* socket, const QJsonObject& message)
{
    socket->write(frame(message));
}

QJsonObject FakeHelper::instance(const QString& id, const QString& name, const QString& kind, const QString& state)
{
    const bool runs = state == u"running"_s;
    const QJsonObject limits{{u"cpus"_s, 1.0}, {u"memory"_s, 536870912}, {u"pids"_s, 256}};
    const QJsonObject network{{u"mode"_s, u"nat"_s}, {u"name"_s, u"default"_s}};
    return {{u"id"_s, id},
            {u"context"_s, QJsonObject{{u"name"_s, name},
                                       {u"kind"_s, kind},
                                       {u"image"_s, u"localhost/busybox:1"_s},
                                       {u"limits"_s, limits},
                                       {u"network"_s, network},
                                       {u"ports"_s, QJsonArray()},
                                       {u"twin"_s, QString()}}},
            {u"runtime"_s, QJsonObject{{u"state"_s, state},
                                       {u"managed"_s, true},
                                       {u"createdAt"_s, 1.7e12},
                                       {u"startedAt"_s, runs ? QDateTime::currentMSecsSinceEpoch() - 600'000 : 0},
                                       {u"address"_s, runs ? u"192.168.122.11"_s : QString()},
                                       {u"pid"_s, runs ? 4711 : 0},
                                       {u"acceleration"_s, kind == u"machine"_s ? u"tcg"_s : QString()},
                                       {u"startNanoseconds"_s, 6'800'000}}}};
}

void FakeHelper::setInstances(const QJsonArray& instances)
{
    m_ids.clear();
    for (const QJsonValue& one : instances)
        m_ids.append(one[u"id"_s].toString());
    setAnswer(u"org.diptych.Instances.Subscribe"_s, {{u"changed"_s, instances}, {u"removed"_s, QJsonArray()}});
    setAnswer(u"org.diptych.Metrics.Subscribe"_s, sweep(QDateTime::currentMSecsSinceEpoch()));
}

void FakeHelper::fill(int count)
{
    QJsonArray all;
    for (int i = 0; i < count; ++i)
        all.append(instance(u"id-%1"_s.arg(i), u"name-%1"_s.arg(i), i % 3 == 2 ? u"machine"_s : u"container"_s));
    setInstances(all);
}

QJsonObject FakeHelper::sweep(qint64 time) const
{
    QJsonArray points;
    int i = 0;
    for (const QString& id : m_ids) {
        const QJsonObject point{{u"time"_s, time},
                                {u"cpu"_s, (++i * 7 + time / 1000 * 3) % 100 / 100.0},
                                {u"memory"_s, i % 40 * 4'000'000 + 1'000'000},
                                {u"pids"_s, 4},
                                {u"throttled"_s, 0.0},
                                {u"memoryGuest"_s, 0}};
        points.append(QJsonObject{{u"id"_s, id}, {u"point"_s, point}});
    }
    const QJsonObject host{{u"time"_s, time},
                           {u"cpus"_s, QJsonArray{0.4, 0.2}},
                           {u"memoryUsed"_s, 4e9},
                           {u"memoryTotal"_s, 8e9},
                           {u"cpuPressure"_s, 2.1}};
    return {{u"host"_s, host}, {u"instances"_s, points}};
}

void FakeHelper::setSamples()
{
    setAnswer(u"org.diptych.Ping"_s, {{u"version"_s, u"0.1.0"_s}});
    setAnswer(u"org.diptych.GetHost"_s,
              {{u"hostname"_s, u"workstation"_s},
               {u"system"_s, u"Debian GNU/Linux 12 (bookworm)"_s},
               {u"kernel"_s, u"6.1.0"_s},
               {u"cpus"_s, 2},
               {u"memory"_s, 8e9},
               {u"acceleration"_s, u"tcg"_s},
               {u"cgroupMode"_s, u"unified"_s},
               {u"accelerationReason"_s, u"the processor shows neither vmx nor svm"_s},
               {u"granted"_s, QJsonArray{u"org.diptych.observe"_s, u"org.diptych.lifecycle"_s}}});
    setInstances({instance(u"web"_s, u"web"_s), instance(u"web-vm"_s, u"web-vm"_s, u"machine"_s),
                  instance(u"notes"_s, u"notes"_s, u"container"_s, u"stopped"_s)});
    setAnswer(u"org.diptych.Operations.Subscribe"_s, {{u"operations"_s, QJsonArray()}});
    setAnswer(
        u"org.diptych.Images.Subscribe"_s,
        {{u"images"_s, QJsonArray{QJsonObject{{u"reference"_s, u"localhost/busybox:1"_s}, {u"size"_s, 2'000'000}}}}});
    setAnswer(u"org.diptych.Images.ListTemplates"_s, {{u"templates"_s, QJsonArray()}});
    setAnswer(u"org.diptych.Connections.Subscribe"_s, {{u"connections"_s, QJsonArray()}});
    setAnswer(u"org.diptych.Connections.SubscribePlaces"_s, {{u"connections"_s, QJsonArray()}});
    setAnswer(u"org.diptych.Activity.Subscribe"_s, {{u"entries"_s, QJsonArray()}});
    setAnswer(u"org.diptych.Activity.List"_s, {{u"entries"_s, QJsonArray()}});
    setAnswer(u"org.diptych.Metrics.GetHistory"_s, {{u"points"_s, QJsonArray()}});
    setAnswer(u"org.diptych.Metrics.GetRange"_s, {{u"step"_s, 1000}, {u"points"_s, QJsonArray()}});
    setAnswer(u"org.diptych.Metrics.GetCounters"_s, {{u"counters"_s, QJsonObject{{u"time"_s, 1},
                                                                                 {u"cpuNanoseconds"_s, 12.3e9},
                                                                                 {u"throttledNanoseconds"_s, 0},
                                                                                 {u"memory"_s, 1048576},
                                                                                 {u"pids"_s, 1},
                                                                                 {u"oomKills"_s, 0},
                                                                                 {u"readBytes"_s, 13'002'342},
                                                                                 {u"writtenBytes"_s, 4096},
                                                                                 {u"receivedBytes"_s, 104'000},
                                                                                 {u"sentBytes"_s, 512}}}});
    setAnswer(u"org.diptych.Metrics.GetHostHistory"_s, {{u"points"_s, QJsonArray()}});
    setAnswer(u"org.diptych.Isolation.GetEvidence"_s,
              {{u"rows"_s, QJsonArray()}, {u"probe"_s, QString()}, {u"measuredAt"_s, 0}});
    setAnswer(u"org.diptych.Isolation.GetCosts"_s, {{u"startNanoseconds"_s, 6'800'000}});
    setAnswer(u"org.diptych.Instances.GetTimeline"_s, {{u"timeline"_s, QJsonObject()}});
    setAnswer(u"org.diptych.Instances.ListProcesses"_s, {{u"processes"_s, QJsonArray()}});
    setAnswer(u"org.diptych.Instances.ListTerminals"_s, {{u"sessions"_s, QJsonArray()}});
    setAnswer(u"org.diptych.Instances.OpenTerminal"_s, {{u"session"_s, u"s1"_s}});
    setAnswer(u"org.diptych.Instances.ResizeTerminal"_s, {});
    setAnswer(u"org.diptych.Instances.Stop"_s, {{u"operations"_s, QJsonArray{u"op-1"_s}}});
    setAnswer(u"org.diptych.Instances.SetLimits"_s, {});
}

} // namespace diptych::test
