#include "models/hardware.h"

#include "models/formatting.h"
#include "models/reasons.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace diptych::models {

using namespace Qt::StringLiterals;

namespace {

struct Hardware
{
    Q_DECLARE_TR_FUNCTIONS(Hardware)
};

/// Only what runs has these, and they differ at each start.
bool comparable(const QString& property)
{
    static const QStringList passing{u"path"_s,  u"tap"_s,    u"port"_s, u"allocation"_s,
                                     u"state"_s, u"bridge"_s, u"boot"_s};
    return !passing.contains(property);
}

bool alike(const client::Device& a, const client::Device& b)
{
    QStringList names = a.properties.keys() + b.properties.keys();
    for (const QString& name : names)
        if (comparable(name) && a.properties.value(name) != b.properties.value(name))
            return false;
    return true;
}

const client::Device* find(const std::optional<client::HardwareConfig>& config, const QString& key)
{
    if (!config)
        return nullptr;
    for (const client::Device& device : config->devices)
        if (device.key == key)
            return &device;
    return nullptr;
}

} // namespace

QList<HardwareRow> hardwareRows(const client::Hardware& hardware)
{
    QList<HardwareRow> rows;
    using When = HardwareRow::When;
    if (hardware.next)
        for (const client::Device& device : hardware.next->devices) {
            const client::Device* now = find(hardware.live, device.key);
            const When when = !hardware.live        ? When::Both
                              : !now                ? When::NextOnly
                              : alike(device, *now) ? When::Both
                                                    : When::Differs;
            rows.append({device, when});
        }
    if (hardware.live)
        for (const client::Device& device : hardware.live->devices)
            if (!find(hardware.next, device.key))
                rows.append({device, hardware.next ? When::LiveOnly : When::Both});
    return rows;
}

QString whenText(HardwareRow::When when)
{
    switch (when) {
    case HardwareRow::When::NextOnly:
        return Hardware::tr("at next start");
    case HardwareRow::When::LiveOnly:
        return Hardware::tr("until it is off");
    case HardwareRow::When::Differs:
        return Hardware::tr("differs at next start");
    case HardwareRow::When::Both:
        break;
    }
    return {};
}

QString deviceTypeName(const QString& type)
{
    static const QMap<QString, const char*> names{{u"disk"_s, QT_TRANSLATE_NOOP("Hardware", "Disk")},
                                                  {u"interface"_s, QT_TRANSLATE_NOOP("Hardware", "Network interface")},
                                                  {u"graphics"_s, QT_TRANSLATE_NOOP("Hardware", "Display")},
                                                  {u"video"_s, QT_TRANSLATE_NOOP("Hardware", "Video card")},
                                                  {u"rng"_s, QT_TRANSLATE_NOOP("Hardware", "Random numbers")},
                                                  {u"tpm"_s, QT_TRANSLATE_NOOP("Hardware", "TPM")},
                                                  {u"watchdog"_s, QT_TRANSLATE_NOOP("Hardware", "Watchdog")},
                                                  {u"sound"_s, QT_TRANSLATE_NOOP("Hardware", "Sound card")},
                                                  {u"input"_s, QT_TRANSLATE_NOOP("Hardware", "Input device")},
                                                  {u"channel"_s, QT_TRANSLATE_NOOP("Hardware", "Guest agent channel")},
                                                  {u"clipboard"_s, QT_TRANSLATE_NOOP("Hardware", "Clipboard channel")},
                                                  {u"panic"_s, QT_TRANSLATE_NOOP("Hardware", "Panic notifier")},
                                                  {u"vsock"_s, QT_TRANSLATE_NOOP("Hardware", "Host socket (vsock)")},
                                                  {u"iommu"_s, QT_TRANSLATE_NOOP("Hardware", "IOMMU")},
                                                  {u"audio"_s, QT_TRANSLATE_NOOP("Hardware", "Sound output")},
                                                  {u"parallel"_s, QT_TRANSLATE_NOOP("Hardware", "Parallel port")},
                                                  {u"redirdev"_s, QT_TRANSLATE_NOOP("Hardware", "USB redirection")},
                                                  {u"smartcard"_s, QT_TRANSLATE_NOOP("Hardware", "Smartcard reader")},
                                                  {u"memory"_s, QT_TRANSLATE_NOOP("Hardware", "Memory module")},
                                                  {u"controller"_s, QT_TRANSLATE_NOOP("Hardware", "Controller")},
                                                  {u"filesystem"_s, QT_TRANSLATE_NOOP("Hardware", "Shared directory")},
                                                  {u"hostdev"_s, QT_TRANSLATE_NOOP("Hardware", "Device of the host")},
                                                  {u"memballoon"_s, QT_TRANSLATE_NOOP("Hardware", "Memory balloon")},
                                                  {u"serial"_s, QT_TRANSLATE_NOOP("Hardware", "Serial port")},
                                                  {u"console"_s, QT_TRANSLATE_NOOP("Hardware", "Console")}};
    const char* name = names.value(type);
    return name ? Hardware::tr(name) : type;
}

QString deviceName(const client::Device& device)
{
    const QString target = device.properties.value(u"target"_s);
    if (device.type == u"disk"_s)
        return device.properties.value(u"device"_s) == u"cdrom"_s ? Hardware::tr("CD-ROM %1").arg(target)
                                                                  : Hardware::tr("Disk %1").arg(target);
    if (device.type == u"channel"_s && device.properties.value(u"kind"_s) == u"qemu-vdagent"_s)
        return deviceTypeName(u"clipboard"_s);
    return deviceTypeName(device.type);
}

QString deviceDetail(const client::Device& device)
{
    const auto of = [&](const char* name) { return device.properties.value(QLatin1String(name)); };
    QStringList parts;
    if (device.type == u"disk"_s) {
        parts.append(of("source").isEmpty() ? Hardware::tr("empty") : QFileInfo(of("source")).fileName());
        parts.append(of("bus"));
        if (const qint64 size = of("capacity").toLongLong(); size > 0)
            parts.append(bytes(size));
    } else if (device.type == u"interface"_s) {
        parts = {of("network").isEmpty() ? of("bridge") + of("dev") : of("network"), of("mode"), of("model"),
                 of("mac")};
        if (of("link") == u"down"_s)
            parts.append(Hardware::tr("unplugged"));
    } else if (device.type == u"filesystem"_s) {
        parts = {of("source"), of("target"), of("driver") == u"path"_s ? u"9p"_s : of("driver")};
        if (!of("readonly").isEmpty())
            parts.append(Hardware::tr("read only"));
    } else if (device.type == u"hostdev"_s) {
        parts = {of("kind").toUpper(), device.key.mid(device.key.indexOf(u':') + 1)};
    } else if (device.type == u"serial"_s) {
        parts = {of("kind"), of("path"), of("port").isEmpty() ? QString() : of("host") + u':' + of("port"),
                 of("model")};
    } else if (device.type == u"controller"_s) {
        parts = {of("kind"), of("model"), of("index")};
    } else {
        for (const char* name : {"kind", "model", "backend", "version", "action", "bus", "name", "state", "address"})
            parts.append(of(name));
    }
    const auto limited = [](const QString& name) {
        return name.endsWith(u"Bytes"_s) || name.endsWith(u"Operations"_s) || name.endsWith(u"Average"_s);
    };
    if (std::any_of(device.properties.keyBegin(), device.properties.keyEnd(), limited))
        parts.append(Hardware::tr("limited"));
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

QString valueName(const client::DeviceOffer& offer, const QString& value)
{
    static const QMap<QString, const char*> names{
        {u"interface.kind.network"_s, QT_TRANSLATE_NOOP("Hardware", "Virtual network")},
        {u"interface.kind.user"_s, QT_TRANSLATE_NOOP("Hardware", "User mode: outwards only")},
        {u"interface.kind.bridge"_s, QT_TRANSLATE_NOOP("Hardware", "Bridge of the host")},
        {u"interface.kind.direct"_s, QT_TRANSLATE_NOOP("Hardware", "Interface of the host (macvtap)")},
        {u"interface.mode.bridge"_s, QT_TRANSLATE_NOOP("Hardware", "bridge: machines on it reach each other")},
        {u"interface.mode.vepa"_s, QT_TRANSLATE_NOOP("Hardware", "vepa: by way of the switch")},
        {u"interface.mode.private"_s, QT_TRANSLATE_NOOP("Hardware", "private: never each other")},
        {u"interface.mode.passthrough"_s, QT_TRANSLATE_NOOP("Hardware", "passthrough: it is this machine's alone")},
        {u"serial.kind.pty"_s, QT_TRANSLATE_NOOP("Hardware", "Terminal (pty)")},
        {u"serial.kind.unix"_s, QT_TRANSLATE_NOOP("Hardware", "Unix socket")},
        {u"serial.kind.tcp"_s, QT_TRANSLATE_NOOP("Hardware", "TCP, from the host alone")},
        {u"serial.kind.file"_s, QT_TRANSLATE_NOOP("Hardware", "Log file")},
        {u"controller.kind.scsi"_s, QT_TRANSLATE_NOOP("Hardware", "SCSI")},
        {u"controller.kind.usb"_s, QT_TRANSLATE_NOOP("Hardware", "USB")}};
    const char* name = names.value(u"%1.%2.%3"_s.arg(offer.type, offer.property, value));
    return name ? Hardware::tr(name) : value;
}

QString unitName(const QString& unit)
{
    if (unit == u"bytes/s"_s)
        return u"MiB/s"_s;
    return unit == u"operations/s"_s ? Hardware::tr("operations/s") : unit;
}

QString mountCommand(const client::Device& device)
{
    if (device.type != u"filesystem"_s)
        return {};
    const QString tag = device.properties.value(u"target"_s);
    return device.properties.value(u"driver"_s) == u"virtiofs"_s
               ? u"mount -t virtiofs %1 /mnt"_s.arg(tag)
               : u"mount -t 9p -o trans=virtio,version=9p2000.L %1 /mnt"_s.arg(tag);
}

bool sameValue(const QString& a, const QString& b)
{
    const auto plain = [](const QString& value) { return value == u"0"_s ? QString() : value; };
    return plain(a) == plain(b);
}

QString propertyName(const QString& property)
{
    static const QMap<QString, const char*> names{
        {u"device"_s, QT_TRANSLATE_NOOP("Hardware", "Kind")},
        {u"kind"_s, QT_TRANSLATE_NOOP("Hardware", "Kind")},
        {u"bus"_s, QT_TRANSLATE_NOOP("Hardware", "Bus")},
        {u"cache"_s, QT_TRANSLATE_NOOP("Hardware", "Cache")},
        {u"discard"_s, QT_TRANSLATE_NOOP("Hardware", "Discard")},
        {u"io"_s, QT_TRANSLATE_NOOP("Hardware", "I/O")},
        {u"readonly"_s, QT_TRANSLATE_NOOP("Hardware", "Read only")},
        {u"shareable"_s, QT_TRANSLATE_NOOP("Hardware", "Shareable")},
        {u"network"_s, QT_TRANSLATE_NOOP("Hardware", "Network")},
        {u"model"_s, QT_TRANSLATE_NOOP("Hardware", "Model")},
        {u"link"_s, QT_TRANSLATE_NOOP("Hardware", "Link")},
        {u"listen"_s, QT_TRANSLATE_NOOP("Hardware", "Listens on")},
        {u"source"_s, QT_TRANSLATE_NOOP("Hardware", "Source")},
        {u"backend"_s, QT_TRANSLATE_NOOP("Hardware", "Backend")},
        {u"version"_s, QT_TRANSLATE_NOOP("Hardware", "Version")},
        {u"action"_s, QT_TRANSLATE_NOOP("Hardware", "Action")},
        {u"target"_s, QT_TRANSLATE_NOOP("Hardware", "Name inside")},
        {u"path"_s, QT_TRANSLATE_NOOP("Hardware", "On the host")},
        {u"host"_s, QT_TRANSLATE_NOOP("Hardware", "Address")},
        {u"port"_s, QT_TRANSLATE_NOOP("Hardware", "Port")},
        {u"bridge"_s, QT_TRANSLATE_NOOP("Hardware", "Bridge")},
        {u"dev"_s, QT_TRANSLATE_NOOP("Hardware", "Interface")},
        {u"mode"_s, QT_TRANSLATE_NOOP("Hardware", "Mode")},
        {u"index"_s, QT_TRANSLATE_NOOP("Hardware", "Number")},
        {u"driver"_s, QT_TRANSLATE_NOOP("Hardware", "By")},
        {u"vendor"_s, QT_TRANSLATE_NOOP("Hardware", "Vendor")},
        {u"product"_s, QT_TRANSLATE_NOOP("Hardware", "Product")},
        {u"totalBytes"_s, QT_TRANSLATE_NOOP("Hardware", "Read and write")},
        {u"readBytes"_s, QT_TRANSLATE_NOOP("Hardware", "Read")},
        {u"writeBytes"_s, QT_TRANSLATE_NOOP("Hardware", "Write")},
        {u"totalOperations"_s, QT_TRANSLATE_NOOP("Hardware", "All operations")},
        {u"readOperations"_s, QT_TRANSLATE_NOOP("Hardware", "Read operations")},
        {u"writeOperations"_s, QT_TRANSLATE_NOOP("Hardware", "Write operations")},
        {u"inboundAverage"_s, QT_TRANSLATE_NOOP("Hardware", "Into it, average")},
        {u"inboundPeak"_s, QT_TRANSLATE_NOOP("Hardware", "Into it, peak")},
        {u"inboundBurst"_s, QT_TRANSLATE_NOOP("Hardware", "Into it, burst")},
        {u"outboundAverage"_s, QT_TRANSLATE_NOOP("Hardware", "Out of it, average")},
        {u"outboundPeak"_s, QT_TRANSLATE_NOOP("Hardware", "Out of it, peak")},
        {u"outboundBurst"_s, QT_TRANSLATE_NOOP("Hardware", "Out of it, burst")}};
    const char* name = names.value(property);
    return name ? Hardware::tr(name) : property;
}

QString appliedText(const client::Applied& applied)
{
    if (applied.live)
        return applied.next ? Hardware::tr("Done at once, and for the next start.")
                            : Hardware::tr("Done at once, until it is off.");
    return applied.reason.isEmpty()
               ? Hardware::tr("It applies at the next start.")
               : Hardware::tr("It applies at the next start. Not at once: %1").arg(reasonText(applied.reason));
}

QList<client::DeviceOffer> changeable(const client::Hardware& hardware, const QString& type, bool adding)
{
    // What has a control of its own, or is nobody's choice.
    static const QStringList hidden{u"target"_s, u"boot"_s, u"name"_s, u"state"_s};
    QList<client::DeviceOffer> offers;
    for (const client::DeviceOffer& offer : hardware.offers)
        if (offer.type == type && (adding || !offer.fixed) && !hidden.contains(offer.property) &&
            !(type == u"channel"_s && offer.property == u"kind"_s) &&
            (!adding || !offer.fixed || offer.values.size() > 1) && (!adding || offer.unit.isEmpty()))
            offers.append(offer);
    if (type == u"interface"_s)
        offers.prepend({type, u"network"_s, hardware.networks, false, {}});
    return offers;
}

} // namespace diptych::models
