// WallCalls over Varlink.
#pragma once

#include "client/varlink_client.h"
#include "client/wall_calls.h"

namespace diptych::client {

class VarlinkWalls final : public WallCalls
{
public:
    explicit VarlinkWalls(VarlinkClient& client) : m_client(client) {}

    void resources(const QString& id, QObject* guard, Callback<ResourceReport> done) override;
    void process(const QString& id, int pid, int insidePid, QObject* guard, Callback<ProcessView> done) override;
    void workloads(QObject* guard, Callback<QList<Workload>> done) override;
    void namespaces(QObject* guard, Callback<NamespaceListing> done) override;
    void namespaceRows(const QString& id, QObject* guard, Callback<IsolationReport> done) override;
    void wiring(QObject* guard, Callback<Wiring> done) override;
    void traffic(const QString& id, int milliseconds, QObject* guard, Callback<Traffic> done) override;

private:
    VarlinkClient& m_client;
};

} // namespace diptych::client
