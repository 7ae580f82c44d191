// Values of org.diptych.Machines, .Storage and .Networks.
#pragma once

#include "client/types.h"

namespace diptych::client {

/// What libvirt has of a domain, as text.
struct DomainXml
{
    QString live; ///< empty while it is off
    QString next; ///< empty for a domain that is gone once it is off
};

struct Device
{
    QString key;
    QString type;
    QMap<QString, QString> properties;
    bool operator==(const Device&) const = default;
};
struct HardwareConfig
{
    int vcpus = 0;
    int maximumVcpus = 0;
    qint64 memory = 0;
    qint64 maximumMemory = 0;
    QString machine;
    QString architecture;
    QString firmware;
    QStringList boot;
    QList<Device> devices;
};
struct DeviceOffer
{
    QString type;
    QString property;
    QStringList values;
    bool fixed = false; ///< said when the device is added, and stays
};
struct Hardware
{
    std::optional<HardwareConfig> live;
    std::optional<HardwareConfig> next;
    QList<DeviceOffer> offers;
    QMap<QString, QString> unavailable; ///< type -> why
    QStringList networks;
    bool autostart = false;
    bool saved = false;
};
/// Where a change was made, and why not at once.
struct Applied
{
    bool live = false;
    bool next = false;
    QString reason;
};
struct VolumeName
{
    QString pool;
    QString volume; ///< empty: nothing in it
};

struct Snapshot
{
    QString name;
    QString description;
    QString parent;
    qint64 createdAt = 0;
    QString state;
    bool memory = false;
    bool external = false;
    bool current = false;
};
struct Snapshots
{
    QList<Snapshot> all;
    QString obstacle; ///< why none can be made
    bool withMemory = false;
};

struct CloudInit
{
    QString user;
    QString password;
    QStringList keys;
    QStringList packages;
};
struct MachineSpec
{
    QString name;
    int vcpus = 2;
    qint64 memory = 0;
    QString firmware = QStringLiteral("bios"); ///< bios, uefi, secureUefi
    bool tpm = false;
    bool virtio = true;
    QString diskKind = QStringLiteral("new"); ///< new, existing, copy, overlay
    VolumeName disk;
    qint64 capacity = 0;
    VolumeName medium; ///< pool empty: none
    std::optional<CloudInit> cloudInit;
    QString network;
    bool start = true;
};

struct StoragePool
{
    QString name;
    QString type;
    QString path;
    bool active = false;
    bool autostart = false;
    qint64 capacity = 0;
    qint64 allocation = 0;
    qint64 available = 0;
    int volumes = 0;
};
struct StorageVolume
{
    QString name;
    QString path;
    QString format;
    qint64 capacity = 0;
    qint64 allocation = 0;
    QString backing;
    QStringList users;
};

struct VirtualNetwork
{
    QString name;
    QString mode;
    QString bridge;
    bool active = false;
    bool autostart = false;
    QString address;
    QString dhcpStart;
    QString dhcpEnd;
    QStringList users;
};
struct Lease
{
    QString mac;
    QString address;
    QString hostname;
    qint64 expiresAt = 0;
};
struct NewNetwork
{
    QString name;
    QString mode; ///< nat, route, isolated, bridge
    QString address;
    bool dhcp = true;
    QString bridge;
};

} // namespace diptych::client
