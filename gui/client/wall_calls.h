// What can be asked about walls beyond the isolation table. An older helper answers MethodNotFound.
#pragma once

#include "client/client.h"
#include "client/copy_types.h"
#include "client/namespace_types.h"
#include "client/traffic_types.h"
#include "client/wall_types.h"
#include "client/wiring_types.h"

namespace diptych::client {

class WallCalls
{
public:
    WallCalls() = default;
    virtual ~WallCalls() = default;
    Q_DISABLE_COPY_MOVE(WallCalls)

    virtual void resources(const QString& id, QObject* guard, Callback<ResourceReport> done) = 0;
    /// pid on the host, 0 where it has none there; else insidePid.
    virtual void process(const QString& id, int pid, int insidePid, QObject* guard, Callback<ProcessView> done) = 0;
    virtual void workloads(QObject* guard, Callback<QList<Workload>> done) = 0;
    virtual void namespaces(QObject* guard, Callback<NamespaceListing> done) = 0;
    /// How we know of one of them; level plainLevel.
    virtual void namespaceRows(const QString& id, QObject* guard, Callback<IsolationReport> done) = 0;
    /// Every network interface of the machine, in all network namespaces.
    virtual void wiring(QObject* guard, Callback<Wiring> done) = 0;
    /// What passes through an instance's wall, counted for that long.
    virtual void traffic(const QString& id, int milliseconds, QObject* guard, Callback<Traffic> done) = 0;
    /// Ten points a second while it runs, until the returned object goes. From an older helper none come.
    virtual std::unique_ptr<QObject> watch(const QString& id, std::function<void(const Point&)> heard) = 0;
    /// An error of what does not run.
    virtual void counters(const QString& id, QObject* guard, Callback<Counters> done) = 0;
    /// A container's walls, and the throw-away copies of it without some.
    virtual void walls(const QString& id, QObject* guard, Callback<WallReport> done) = 0;
    virtual void takeDown(const QString& id, const QStringList& walls, QObject* guard, Callback<QString> operation) = 0;
    virtual void putBack(const QString& copy, QObject* guard, Callback<Nothing> done) = 0;
};

} // namespace diptych::client
