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

private:
    VarlinkClient& m_client;
};

} // namespace diptych::client
