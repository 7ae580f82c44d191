// What can be asked about and done with control groups. An older helper answers MethodNotFound.
#pragma once

#include "client/client.h"
#include "client/group_types.h"

namespace diptych::client {

class GroupCalls
{
public:
    GroupCalls() = default;
    virtual ~GroupCalls() = default;
    Q_DISABLE_COPY_MOVE(GroupCalls)

    virtual void list(QObject* guard, Callback<GroupListing> done) = 0;
    virtual void processes(const QString& path, QObject* guard, Callback<QList<GroupTask>> done) = 0;
    virtual void setLimits(const QString& path, const Limits& limits, QObject* guard, Callback<Nothing> done) = 0;
    virtual void freeze(const QString& path, bool frozen, QObject* guard, Callback<Nothing> done) = 0;
    virtual void kill(const QString& path, QObject* guard, Callback<Nothing> done) = 0;
    virtual void move(const GroupTask& task, const QString& path, QObject* guard, Callback<Nothing> done) = 0;
};

} // namespace diptych::client
