// org.diptych.Namespaces.ListInterfaces as the window has it.
#pragma once

#include "client/namespace_types.h"

namespace diptych::client {

struct NetworkNamespace
{
    QString id;
    bool host = false;
    QString path, problem;
    QList<int> owners; ///< into Wiring::owners, the host last
    int processes = 0;
    QString kept; ///< what keeps it where no process does
    bool moreRoutes = false;
};

struct Route
{
    QString netns;
    QString destination; ///< "default", "10.77.0.0/24"
    QString kind;        ///< "unicast", "blackhole", ...
    QString gateway;     ///< empty: directly
    int index = 0;       ///< of the interface, 0 for none
    QString source;
    int metric = 0;
    [[nodiscard]] bool isDefault() const { return destination == QStringLiteral("default"); }
};

struct NetworkInterface
{
    struct Opener
    {
        int pid = 0;
        int owner = 0; ///< into Wiring::owners
    };
    QString netns;
    int index = 0;
    QString name;
    QString kind; ///< "device", "loopback", "veth", "bridge", "tun", ...
    QString mac;
    int mtu = 0;
    bool up = false, carrier = false;
    int master = 0, link = 0;
    QString peerNamespace;
    QStringList addresses;
    qint64 receivedBytes = 0, sentBytes = 0;
    QList<Opener> openers;

    /// Of it alone on this machine.
    [[nodiscard]] QString key() const { return QStringLiteral("%1/%2").arg(netns).arg(index); }
    [[nodiscard]] QString masterKey() const
    {
        return master > 0 ? QStringLiteral("%1/%2").arg(netns).arg(master) : QString();
    }
    [[nodiscard]] QString peerKey() const
    {
        return peerNamespace.isEmpty() ? QString() : QStringLiteral("%1/%2").arg(peerNamespace).arg(link);
    }
};

struct Wiring
{
    QList<NetworkNamespace> namespaces;
    QList<NetworkInterface> interfaces;
    QList<Route> routes; ///< by namespace
    QList<NamespaceOwner> owners;
    qint64 time = 0; ///< of the counters, ns of a monotonic clock
};

} // namespace diptych::client
