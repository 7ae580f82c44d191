// GroupCalls over the lanes of the Varlink client.
#pragma once

#include "client/group_calls.h"
#include "client/varlink_client.h"

namespace diptych::client {

class VarlinkGroups final : public GroupCalls
{
public:
    explicit VarlinkGroups(VarlinkClient& client) : m_client(client) {}

    void list(QObject* guard, Callback<GroupListing> done) override;
    void processes(const QString& path, QObject* guard, Callback<QList<GroupTask>> done) override;
    void setLimits(const QString& path, const Limits& limits, QObject* guard, Callback<Nothing> done) override;
    void freeze(const QString& path, bool frozen, QObject* guard, Callback<Nothing> done) override;
    void kill(const QString& path, QObject* guard, Callback<Nothing> done) override;
    void move(const GroupTask& task, const QString& path, QObject* guard, Callback<Nothing> done) override;

private:
    void act(const char* method, const Json& parameters, QObject* guard, Callback<Nothing> done);

    VarlinkClient& m_client;
};

} // namespace diptych::client
