// org.diptych.Namespaces as the window has it.
#pragma once

#include "client/types.h"

namespace diptych::client {

/// Who is in namespaces: an instance, a workload that nobody registered, or "host".
struct NamespaceOwner
{
    QString id, name;
    QString form;  ///< "container", "machine", "sandbox", "service", "host"
    QString maker; ///< "diptych" for instances
};

struct IdRange
{
    qint64 inside = 0, outside = 0, count = 0;
};

struct NamespaceHolder
{
    QString how; ///< "task", "thread", "forChildren", "fd", "mount", "child"
    int pid = 0;
    QString path;
};

struct Namespace
{
    QString id; ///< "net:[4026531840]"
    QString kind;
    bool host = false;
    QString owner; ///< the user namespace that owns it, or empty
    QString parent;
    std::optional<qint64> creator;
    QList<IdRange> uidMap, gidMap;
    int processes = 0;
    QList<NamespaceHolder> holders;
};

struct NamespaceMember
{
    int pid = 0;
    QString user, command;
    int owner = 0;          ///< into NamespaceListing::owners
    QStringList namespaces; ///< those that are not the host's
};

struct NamespaceListing
{
    QList<Namespace> namespaces;
    QList<NamespaceMember> members;
    QList<NamespaceOwner> owners; ///< the first is the host
    int unreadable = 0;
};

} // namespace diptych::client
