#include "client/decode_machines.h"

namespace diptych::client {

namespace {

Device decodeDevice(const Json& json)
{
    Device device{text(json, "key"), text(json, "type"), {}};
    if (const Json& properties = member(json, "properties"); properties.is_object())
        for (const auto& [name, value] : properties.items())
            device.properties.insert(QString::fromStdString(name), toText(value));
    return device;
}

Pin decodePin(const Json& json)
{
    return {number(json, "vcpu"), text(json, "cpus")};
}

std::optional<HardwareConfig> decodeConfig(const Json& json)
{
    if (!json.is_object())
        return {};
    return HardwareConfig{number(json, "vcpus"),
                          number(json, "maximumVcpus"),
                          integer(json, "memory"),
                          integer(json, "maximumMemory"),
                          text(json, "machine"),
                          text(json, "architecture"),
                          text(json, "firmware"),
                          texts(json, "boot"),
                          list(json, "devices", decodeDevice),
                          number(json, "sockets"),
                          number(json, "cores"),
                          number(json, "threads"),
                          list(json, "pins", decodePin),
                          text(json, "emulatorPin"),
                          text(json, "cpuModel"),
                          text(json, "title"),
                          text(json, "description"),
                          boolean(json, "bootMenu")};
}

} // namespace

Hardware decodeHardware(const Json& json)
{
    Hardware hardware;
    hardware.live = decodeConfig(member(json, "live"));
    hardware.next = decodeConfig(member(json, "next"));
    hardware.offers = list(json, "offers", [](const Json& offer) {
        return DeviceOffer{text(offer, "type"), text(offer, "property"), texts(offer, "values"),
                           boolean(offer, "fixed"), text(offer, "unit")};
    });
    const auto unavailable =
        list(json, "unavailable", [](const Json& one) { return std::pair(text(one, "type"), text(one, "reason")); });
    for (const auto& [type, reason] : unavailable)
        hardware.unavailable.insert(type, reason);
    hardware.networks = texts(json, "networks");
    hardware.bridges = texts(json, "bridges");
    hardware.interfaces = texts(json, "interfaces");
    hardware.autostart = boolean(json, "autostart");
    hardware.saved = boolean(json, "saved");
    hardware.hostCpus = number(json, "hostCpus");
    hardware.clipboardPins = boolean(json, "clipboardPins");
    return hardware;
}

ObjectXml decodeObjectXml(const Json& json)
{
    return {text(json, "live"), text(json, "next")};
}

Applied decodeApplied(const Json& json)
{
    return {boolean(json, "live"), boolean(json, "next"), text(json, "reason")};
}

HostDevice decodeHostDevice(const Json& json)
{
    return {text(json, "name"),   text(json, "kind"), text(json, "title"),
            text(json, "detail"), text(json, "user"), text(json, "obstacle")};
}

OperatingSystem decodeSystem(const Json& json)
{
    return {text(json, "id"),        text(json, "name"),       text(json, "family"),  boolean(json, "virtio"),
            integer(json, "memory"), integer(json, "storage"), number(json, "vcpus"), boolean(json, "supported", true)};
}

Appliance decodeAppliance(const Json& answer)
{
    const Json& json = member(answer, "machine");
    return {text(json, "name"),
            text(json, "product"),
            text(json, "vendor"),
            text(json, "version"),
            text(json, "annotation"),
            texts(json, "licences"),
            text(json, "system"),
            text(json, "systemText"),
            text(json, "firmware"),
            boolean(json, "tpm"),
            number(json, "vcpus"),
            integer(json, "memory"),
            list(json, "disks",
                 [](const Json& disk) {
                     return ApplianceDisk{text(disk, "name"), text(disk, "file"), integer(disk, "capacity"),
                                          text(disk, "bus"), text(disk, "controller")};
                 }),
            list(json, "cards",
                 [](const Json& card) {
                     return ApplianceCard{text(card, "network"), text(card, "model"), text(card, "mac"),
                                          text(card, "macUser")};
                 }),
            list(json, "drives", [](const Json& drive) { return text(drive, "file"); }),
            list(json, "left", [](const Json& rest) {
                return ApplianceRest{text(rest, "kind"), text(rest, "name")};
            })};
}

UnattendedProfile decodeUnattendedProfile(const Json& json)
{
    return {text(json, "name"), boolean(json, "needsInternet"), boolean(json, "secondMedium"), text(json, "productKey"),
            texts(json, "firmwares")};
}

Guest decodeGuest(const Json& json)
{
    Guest guest{text(json, "obstacle"),
                text(json, "problem"),
                text(json, "hostname"),
                text(json, "system"),
                text(json, "kernel"),
                text(json, "timezone"),
                {},
                {},
                {},
                {}};
    if (boolean(json, "clockKnown"))
        guest.clockAhead = integer(json, "clockAhead");
    guest.addresses = list(json, "addresses", [](const Json& one) {
        return GuestAddress{text(one, "interface"), text(one, "mac"), text(one, "address"), number(one, "prefix")};
    });
    guest.fileSystems = list(json, "fileSystems", [](const Json& one) {
        return GuestFileSystem{text(one, "mountPoint"), text(one, "device"), text(one, "type"), integer(one, "total"),
                               integer(one, "used")};
    });
    guest.users = list(json, "users", [](const Json& one) {
        return GuestUser{text(one, "name"), text(one, "domain"), integer(one, "since")};
    });
    return guest;
}

Snapshots decodeSnapshots(const Json& json)
{
    Snapshots snapshots;
    snapshots.all = list(json, "snapshots", [](const Json& one) {
        return Snapshot{text(one, "name"),         text(one, "description"), text(one, "parent"),
                        integer(one, "createdAt"), text(one, "state"),       boolean(one, "memory"),
                        boolean(one, "external"),  boolean(one, "current"),  boolean(one, "picture")};
    });
    snapshots.obstacle = text(json, "obstacle");
    snapshots.externalObstacle = text(json, "externalObstacle");
    snapshots.withMemory = boolean(json, "withMemory");
    return snapshots;
}

MigrationCheck decodeMigrationCheck(const Json& json)
{
    return {boolean(json, "live"),
            list(json, "problems",
                 [](const Json& one) {
                     return Hindrance{text(one, "field"), text(one, "message")};
                 }),
            list(json, "disks", [](const Json& one) {
                return DiskMove{text(one, "disk"), text(one, "how"), integer(one, "bytes")};
            })};
}

static QMap<QString, QString> lacksOf(const Json& pool)
{
    QMap<QString, QString> lacks;
    for (const auto& [verb, reason] :
         list(pool, "lacks", [](const Json& one) { return std::pair(text(one, "verb"), text(one, "reason")); }))
        lacks[verb] = reason;
    return lacks;
}

StoragePool decodePool(const Json& json)
{
    return {text(json, "name"),
            text(json, "type"),
            text(json, "path"),
            boolean(json, "active"),
            boolean(json, "autostart"),
            integer(json, "capacity"),
            integer(json, "allocation"),
            integer(json, "available"),
            number(json, "volumes"),
            text(json, "source"),
            texts(json, "formats"),
            boolean(json, "givesNames"),
            lacksOf(json)};
}

FoundSource decodeFoundSource(const Json& json)
{
    return {text(json, "source"), text(json, "detail"), integer(json, "size"), text(json, "holds"), text(json, "user")};
}

StorageVolume decodeVolume(const Json& json)
{
    return {text(json, "name"),          text(json, "path"),    text(json, "format"), integer(json, "capacity"),
            integer(json, "allocation"), text(json, "backing"), texts(json, "users")};
}

VirtualNetwork decodeNetwork(const Json& json)
{
    return {text(json, "name"),
            text(json, "mode"),
            text(json, "bridge"),
            boolean(json, "active"),
            boolean(json, "autostart"),
            text(json, "address"),
            text(json, "dhcpStart"),
            text(json, "dhcpEnd"),
            texts(json, "users"),
            text(json, "domain"),
            list(json, "hosts",
                 [](const Json& one) {
                     return NetworkHost{text(one, "kind"), text(one, "mac"), text(one, "address"), text(one, "name")};
                 }),
            text(json, "address6"),
            text(json, "dhcp6Start"),
            text(json, "dhcp6End")};
}

Lease decodeLease(const Json& json)
{
    return {text(json, "mac"), text(json, "address"), text(json, "hostname"), integer(json, "expiresAt")};
}

} // namespace diptych::client
