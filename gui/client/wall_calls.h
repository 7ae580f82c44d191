// What can be asked about walls beyond the isolation table. An older helper answers MethodNotFound.
#pragma once

#include "client/client.h"
#include "client/wall_types.h"

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
};

} // namespace diptych::client
