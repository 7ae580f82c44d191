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
    std::unique_ptr<QObject> watch(const QString& id, std::function<void(const Point&)> heard) override;
    void counters(const QString& id, QObject* guard, Callback<Counters> done) override;
    void walls(const QString& id, QObject* guard, Callback<WallReport> done) override;
    void takeDown(const QString& id, const QStringList& walls, QObject* guard, Callback<QString> operation) override;
    void putBack(const QString& copy, QObject* guard, Callback<Nothing> done) override;

private:
    VarlinkClient& m_client;
};

} // namespace diptych::client
