#include "client/varlink_machines.h"

#include "client/decode_machines.h"
#include "client/display_link.h"
#include "client/encode.h"
#include "client/upload.h"

namespace diptych::client {

namespace {

const auto nothingElse = [](const Json&) { return Nothing{}; };
const auto operationIn = [](const Json& json) { return text(json, "operation"); };

Json of(const QString& id)
{
    return {{"id", encode(id)}};
}

Json propertiesJson(const MachineCalls::Properties& properties)
{
    Json json = Json::object();
    for (auto one = properties.cbegin(); one != properties.cend(); ++one)
        json[one.key().toStdString()] = encode(one.value());
    return json;
}

Json with(Json parameters, const std::optional<VolumeName>& volume)
{
    if (volume) {
        parameters["pool"] = encode(volume->pool);
        parameters["volume"] = encode(volume->volume);
    }
    return parameters;
}

Json specJson(const MachineSpec& spec)
{
    Json disk{{"kind", encode(spec.diskKind)}, {"pool", encode(spec.disk.pool)}};
    if (!spec.disk.volume.isEmpty())
        disk["volume"] = encode(spec.disk.volume);
    if (spec.capacity > 0)
        disk["capacity"] = spec.capacity;
    Json json{{"name", encode(spec.name)},         {"vcpus", spec.vcpus}, {"memory", spec.memory},
              {"firmware", encode(spec.firmware)}, {"tpm", spec.tpm},     {"virtio", spec.virtio},
              {"disk", std::move(disk)},           {"start", spec.start}, {"network", encode(spec.network)}};
    if (!spec.medium.pool.isEmpty())
        json["medium"] = {{"pool", encode(spec.medium.pool)}, {"volume", encode(spec.medium.volume)}};
    if (spec.networkBoot)
        json["networkBoot"] = true;
    if (!spec.system.isEmpty())
        json["system"] = encode(spec.system);
    if (!spec.moreNetworks.isEmpty())
        json["moreNetworks"] = encode(spec.moreNetworks);
    if (!spec.macs.isEmpty())
        json["macs"] = encode(spec.macs);
    if (spec.cloudInit)
        json["cloudInit"] = {{"user", encode(spec.cloudInit->user)},
                             {"password", encode(spec.cloudInit->password)},
                             {"keys", encode(spec.cloudInit->keys)},
                             {"packages", encode(spec.cloudInit->packages)}};
    if (spec.unattended) {
        const Unattended& answers = *spec.unattended;
        json["unattended"] = {{"profile", encode(answers.profile)},   {"user", encode(answers.user)},
                              {"password", encode(answers.password)}, {"language", encode(answers.language)},
                              {"timezone", encode(answers.timezone)}, {"productKey", encode(answers.productKey)}};
    }
    return json;
}

} // namespace

void VarlinkMachines::xml(const QString& id, QObject* guard, Callback<ObjectXml> done)
{
    ask<ObjectXml>("org.diptych.Machines.GetXml", of(id), guard, std::move(done), decodeObjectXml);
}

void VarlinkMachines::defineXml(const QString& id, const QString& xml, const QString& previous, QObject* guard,
                                Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Machines.DefineXml",
                 {{"id", encode(id)}, {"xml", encode(xml)}, {"previous", encode(previous)}}, guard, std::move(done),
                 nothingElse);
}

std::unique_ptr<DisplayStream> VarlinkMachines::display(const QString& id)
{
    return std::make_unique<DisplayLink>(m_client.where(), id);
}

void VarlinkMachines::hardware(const QString& id, QObject* guard, Callback<Hardware> done)
{
    ask<Hardware>("org.diptych.Machines.GetHardware", of(id), guard, std::move(done), decodeHardware);
}

void VarlinkMachines::setVcpus(const QString& id, int current, int maximum, QObject* guard, Callback<Applied> done)
{
    act<Applied>("org.diptych.Machines.SetVcpus", {{"id", encode(id)}, {"current", current}, {"maximum", maximum}},
                 guard, std::move(done), decodeApplied);
}

void VarlinkMachines::setTopology(const QString& id, int sockets, int cores, int threads, QObject* guard,
                                  Callback<Applied> done)
{
    act<Applied>("org.diptych.Machines.SetTopology",
                 {{"id", encode(id)}, {"sockets", sockets}, {"cores", cores}, {"threads", threads}}, guard,
                 std::move(done), decodeApplied);
}

void VarlinkMachines::setPin(const QString& id, int vcpu, const QString& cpus, QObject* guard, Callback<Applied> done)
{
    act<Applied>("org.diptych.Machines.SetPin", {{"id", encode(id)}, {"vcpu", vcpu}, {"cpus", encode(cpus)}}, guard,
                 std::move(done), decodeApplied);
}

void VarlinkMachines::setCpuModel(const QString& id, const QString& model, QObject* guard, Callback<Applied> done)
{
    act<Applied>("org.diptych.Machines.SetCpuModel", {{"id", encode(id)}, {"model", encode(model)}}, guard,
                 std::move(done), decodeApplied);
}

void VarlinkMachines::setMemory(const QString& id, qint64 current, qint64 maximum, QObject* guard,
                                Callback<Applied> done)
{
    act<Applied>("org.diptych.Machines.SetMemory", {{"id", encode(id)}, {"current", current}, {"maximum", maximum}},
                 guard, std::move(done), decodeApplied);
}

void VarlinkMachines::setBoot(const QString& id, const QStringList& order, bool menu, QObject* guard,
                              Callback<Applied> done)
{
    act<Applied>("org.diptych.Machines.SetBoot", {{"id", encode(id)}, {"order", encode(order)}, {"menu", menu}}, guard,
                 std::move(done), decodeApplied);
}

void VarlinkMachines::addDevice(const QString& id, const QString& type, const Properties& properties,
                                const std::optional<VolumeName>& volume, QObject* guard, Callback<Applied> done)
{
    act<Applied>("org.diptych.Machines.AddDevice",
                 with({{"id", encode(id)}, {"type", encode(type)}, {"properties", propertiesJson(properties)}}, volume),
                 guard, std::move(done), decodeApplied);
}

void VarlinkMachines::changeDevice(const QString& id, const QString& key, const Properties& properties,
                                   const std::optional<VolumeName>& volume, QObject* guard, Callback<Applied> done)
{
    act<Applied>("org.diptych.Machines.ChangeDevice",
                 with({{"id", encode(id)}, {"key", encode(key)}, {"properties", propertiesJson(properties)}}, volume),
                 guard, std::move(done), decodeApplied);
}

void VarlinkMachines::removeDevice(const QString& id, const QString& key, QObject* guard, Callback<Applied> done)
{
    act<Applied>("org.diptych.Machines.RemoveDevice", {{"id", encode(id)}, {"key", encode(key)}}, guard,
                 std::move(done), decodeApplied);
}

void VarlinkMachines::resizeDisk(const QString& id, const QString& key, qint64 capacity, QObject* guard,
                                 Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Machines.ResizeDisk", {{"id", encode(id)}, {"key", encode(key)}, {"capacity", capacity}},
                 guard, std::move(done), nothingElse);
}

void VarlinkMachines::hostDevices(QObject* guard, Callback<QList<HostDevice>> done)
{
    ask<QList<HostDevice>>("org.diptych.Machines.ListHostDevices", Json::object(), guard, std::move(done),
                           [](const Json& json) { return list(json, "devices", decodeHostDevice); });
}

void VarlinkMachines::addHostDevice(const QString& id, const QString& device, QObject* guard, Callback<Applied> done)
{
    act<Applied>("org.diptych.Machines.AddHostDevice", {{"id", encode(id)}, {"device", encode(device)}}, guard,
                 std::move(done), decodeApplied);
}

void VarlinkMachines::addHostCard(const QString& id, const HostCard& card, QObject* guard, Callback<Applied> done)
{
    act<Applied>("org.diptych.Machines.AddHostCard",
                 {{"id", encode(id)},
                  {"kind", encode(card.kind)},
                  {"device", encode(card.device)},
                  {"mode", encode(card.kind == QLatin1String("direct") ? card.mode : QStringLiteral("none"))},
                  {"model", encode(card.model)}},
                 guard, std::move(done), decodeApplied);
}

void VarlinkMachines::addShare(const QString& id, const Share& share, QObject* guard, Callback<Applied> done)
{
    act<Applied>("org.diptych.Machines.AddShare",
                 {{"id", encode(id)},
                  {"path", encode(share.path)},
                  {"tag", encode(share.tag)},
                  {"driver", encode(share.driver)},
                  {"readOnly", share.readOnly}},
                 guard, std::move(done), decodeApplied);
}

void VarlinkMachines::setNotes(const QString& id, const QString& title, const QString& description, QObject* guard,
                               Callback<Applied> done)
{
    act<Applied>("org.diptych.Machines.SetNotes",
                 {{"id", encode(id)}, {"title", encode(title)}, {"description", encode(description)}}, guard,
                 std::move(done), decodeApplied);
}

void VarlinkMachines::setAutostart(const QString& id, bool autostart, QObject* guard, Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Machines.SetAutostart", {{"id", encode(id)}, {"autostart", autostart}}, guard,
                 std::move(done), nothingElse);
}

void VarlinkMachines::resetMachine(const QString& id, QObject* guard, Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Machines.Reset", of(id), guard, std::move(done), nothingElse);
}

void VarlinkMachines::save(const QString& id, QObject* guard, Callback<QString> operation)
{
    act<QString>("org.diptych.Machines.Save", of(id), guard, std::move(operation), operationIn);
}

void VarlinkMachines::dropSaved(const QString& id, QObject* guard, Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Machines.DropSaved", of(id), guard, std::move(done), nothingElse);
}

void VarlinkMachines::snapshots(const QString& id, QObject* guard, Callback<Snapshots> done)
{
    ask<Snapshots>("org.diptych.Machines.ListSnapshots", of(id), guard, std::move(done), decodeSnapshots);
}

void VarlinkMachines::createSnapshot(const QString& id, const QString& name, const QString& description, bool external,
                                     bool memory, QObject* guard, Callback<QString> operation)
{
    act<QString>("org.diptych.Machines.CreateSnapshot",
                 {{"id", encode(id)},
                  {"name", encode(name)},
                  {"description", encode(description)},
                  {"external", external},
                  {"memory", memory}},
                 guard, std::move(operation), operationIn);
}

void VarlinkMachines::revertSnapshot(const QString& id, const QString& name, QObject* guard,
                                     Callback<QString> operation)
{
    act<QString>("org.diptych.Machines.RevertSnapshot", {{"id", encode(id)}, {"name", encode(name)}}, guard,
                 std::move(operation), operationIn);
}

void VarlinkMachines::deleteSnapshot(const QString& id, const QString& name, bool children, QObject* guard,
                                     Callback<QString> operation)
{
    act<QString>("org.diptych.Machines.DeleteSnapshot",
                 {{"id", encode(id)}, {"name", encode(name)}, {"children", children}}, guard, std::move(operation),
                 operationIn);
}

void VarlinkMachines::snapshotPicture(const QString& id, const QString& name, QObject* guard, Callback<QByteArray> done)
{
    ask<QByteArray>("org.diptych.Machines.GetSnapshotPicture", {{"id", encode(id)}, {"name", encode(name)}}, guard,
                    std::move(done),
                    [](const Json& json) { return QByteArray::fromBase64(text(json, "picture").toLatin1()); });
}

void VarlinkMachines::clone(const QString& id, const QString& name, bool linked, const QString& snapshot,
                            QObject* guard, Callback<QString> operation)
{
    Json parameters{{"id", encode(id)}, {"name", encode(name)}, {"linked", linked}};
    if (!snapshot.isEmpty()) // an older helper knows nothing of it
        parameters["snapshot"] = encode(snapshot);
    act<QString>("org.diptych.Machines.Clone", std::move(parameters), guard, std::move(operation), operationIn);
}

void VarlinkMachines::checkMigration(const QString& id, const QString& to, bool copyStorage, QObject* guard,
                                     Callback<MigrationCheck> done)
{
    Json parameters{{"id", encode(id)}, {"copyStorage", copyStorage}};
    if (!to.isEmpty())
        parameters["to"] = encode(to);
    ask<MigrationCheck>("org.diptych.Machines.CheckMigration", std::move(parameters), guard, std::move(done),
                        decodeMigrationCheck);
}

void VarlinkMachines::migrate(const QString& id, const Migration& move, QObject* guard, Callback<QString> operation)
{
    Json parameters{{"id", encode(id)}, {"copyStorage", move.copyStorage}, {"undefineSource", move.undefineSource}};
    if (!move.to.isEmpty())
        parameters["to"] = encode(move.to);
    if (!move.address.isEmpty())
        parameters["address"] = encode(move.address);
    if (move.encrypted)
        parameters["encrypted"] = true;
    act<QString>("org.diptych.Machines.Migrate", std::move(parameters), guard, std::move(operation), operationIn);
}

void VarlinkMachines::readAppliance(const QString& descriptor, const QList<FileEntry>& files, QObject* guard,
                                    Callback<Appliance> done)
{
    Json there = Json::array();
    for (const FileEntry& file : files)
        there.push_back({{"name", encode(file.name)}, {"size", file.size}});
    ask<Appliance>("org.diptych.Machines.ReadAppliance",
                   {{"descriptor", encode(descriptor)}, {"files", std::move(there)}}, guard, std::move(done),
                   decodeAppliance);
}

std::unique_ptr<Transfer> VarlinkMachines::importAppliance(const FilePack& archive, const MachineSpec& spec)
{
    return std::make_unique<Upload>(m_client.where(), archive, "org.diptych.Machines.ImportAppliance",
                                    Json{{"spec", specJson(spec)}});
}

void VarlinkMachines::createMachine(const MachineSpec& spec, QObject* guard, Callback<QString> operation)
{
    act<QString>("org.diptych.Machines.Create", {{"spec", specJson(spec)}}, guard, std::move(operation), operationIn);
}

} // namespace diptych::client
