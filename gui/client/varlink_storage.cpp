// MachineCalls: storage and networks.
#include "client/decode_machines.h"
#include "client/encode.h"
#include "client/upload.h"
#include "client/varlink_machines.h"

namespace diptych::client {

namespace {

const auto done_ = [](const Json&) { return Nothing{}; };

Json of(const VolumeName& volume)
{
    return {{"pool", encode(volume.pool)}, {"volume", encode(volume.volume)}};
}

} // namespace

/// With the connection, where the method takes one: a machine's own is found by its id.
Json VarlinkMachines::placed(const char* method, Json parameters) const
{
    const QLatin1String name(method);
    const bool takes = name.startsWith(QLatin1String("org.diptych.Storage.")) ||
                       name.startsWith(QLatin1String("org.diptych.Networks.")) ||
                       name == QLatin1String("org.diptych.Machines.Create") ||
                       name == QLatin1String("org.diptych.Machines.ListHostDevices");
    if (takes && !m_connection.isEmpty())
        parameters["connection"] = encode(m_connection);
    return parameters;
}

void VarlinkMachines::pools(QObject* guard, Callback<QList<StoragePool>> done)
{
    ask<QList<StoragePool>>("org.diptych.Storage.ListPools", Json::object(), guard, std::move(done),
                            [](const Json& json) { return list(json, "pools", decodePool); });
}

void VarlinkMachines::volumes(const QString& pool, QObject* guard, Callback<QList<StorageVolume>> done)
{
    ask<QList<StorageVolume>>("org.diptych.Storage.ListVolumes", {{"pool", encode(pool)}}, guard, std::move(done),
                              [](const Json& json) { return list(json, "volumes", decodeVolume); });
}

void VarlinkMachines::createPool(const QString& name, const QString& path, QObject* guard, Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Storage.CreatePool", {{"name", encode(name)}, {"path", encode(path)}}, guard,
                 std::move(done), done_);
}

void VarlinkMachines::poolTypes(QObject* guard, Callback<QList<PoolType>> done)
{
    ask<QList<PoolType>>("org.diptych.Storage.ListPoolTypes", Json::object(), guard, std::move(done),
                         [](const Json& json) {
                             return list(json, "types", [](const Json& one) {
                                 return PoolType{text(one, "type"), text(one, "reason")};
                             });
                         });
}

void VarlinkMachines::connectPool(const NewPool& pool, QObject* guard, Callback<Nothing> done)
{
    Json source{{"type", encode(pool.type)}};
    for (const auto& [key, value] : {std::pair{"device", pool.device},
                                     {"host", pool.host},
                                     {"source", pool.source},
                                     {"format", pool.format},
                                     {"initiator", pool.initiator},
                                     {"user", pool.user},
                                     {"password", pool.password},
                                     {"version", pool.version}})
        if (!value.isEmpty())
            source[key] = encode(value);
    if (pool.port != 0)
        source["port"] = pool.port;
    Json parameters{{"name", encode(pool.name)}, {"source", std::move(source)}, {"path", encode(pool.path)}};
    if (!pool.build.isEmpty())
        parameters["build"] = encode(pool.build);
    act<Nothing>("org.diptych.Storage.ConnectPool", std::move(parameters), guard, std::move(done), done_);
}

void VarlinkMachines::poolSources(const QString& type, const QString& host, int port, QObject* guard,
                                  Callback<QList<FoundSource>> done)
{
    Json parameters{{"type", encode(type)}};
    if (!host.isEmpty())
        parameters["host"] = encode(host);
    if (port != 0)
        parameters["port"] = port;
    ask<QList<FoundSource>>("org.diptych.Storage.FindPoolSources", std::move(parameters), guard, std::move(done),
                            [](const Json& json) { return list(json, "sources", decodeFoundSource); });
}

void VarlinkMachines::destroyPool(const QString& pool, QObject* guard, Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Storage.DestroyPool", {{"pool", encode(pool)}}, guard, std::move(done), done_);
}

void VarlinkMachines::changePool(const QString& pool, const QString& change, QObject* guard, Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Storage.ChangePool", {{"pool", encode(pool)}, {"change", encode(change)}}, guard,
                 std::move(done), done_);
}

void VarlinkMachines::deletePool(const QString& pool, QObject* guard, Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Storage.DeletePool", {{"pool", encode(pool)}}, guard, std::move(done), done_);
}

void VarlinkMachines::createVolume(const VolumeName& volume, qint64 capacity, const QString& format, QObject* guard,
                                   Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Storage.CreateVolume",
                 {{"pool", encode(volume.pool)},
                  {"name", encode(volume.volume)},
                  {"capacity", capacity},
                  {"format", encode(format)}},
                 guard, std::move(done), done_);
}

void VarlinkMachines::resizeVolume(const VolumeName& volume, qint64 capacity, QObject* guard, Callback<Nothing> done)
{
    Json parameters = of(volume);
    parameters["capacity"] = capacity;
    act<Nothing>("org.diptych.Storage.ResizeVolume", parameters, guard, std::move(done), done_);
}

void VarlinkMachines::copyVolume(const VolumeName& volume, const QString& name, QObject* guard,
                                 Callback<QString> operation)
{
    Json parameters = of(volume);
    parameters["name"] = encode(name);
    act<QString>("org.diptych.Storage.CopyVolume", parameters, guard, std::move(operation),
                 [](const Json& json) { return text(json, "operation"); });
}

void VarlinkMachines::deleteVolume(const VolumeName& volume, QObject* guard, Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Storage.DeleteVolume", of(volume), guard, std::move(done), done_);
}

std::unique_ptr<Transfer> VarlinkMachines::upload(const QString& file, const VolumeName& volume)
{
    return std::make_unique<Upload>(
        m_client.where(), FilePack{file, {}}, "org.diptych.Storage.Upload",
        placed("org.diptych.Storage.Upload", {{"pool", encode(volume.pool)}, {"name", encode(volume.volume)}}));
}

void VarlinkMachines::networks(QObject* guard, Callback<QList<VirtualNetwork>> done)
{
    ask<QList<VirtualNetwork>>("org.diptych.Networks.List", Json::object(), guard, std::move(done),
                               [](const Json& json) { return list(json, "networks", decodeNetwork); });
}

void VarlinkMachines::leases(const QString& network, QObject* guard, Callback<QList<Lease>> done)
{
    ask<QList<Lease>>("org.diptych.Networks.ListLeases", {{"name", encode(network)}}, guard, std::move(done),
                      [](const Json& json) { return list(json, "leases", decodeLease); });
}

void VarlinkMachines::createNetwork(const NewNetwork& network, QObject* guard, Callback<Nothing> done)
{
    Json parameters{{"name", encode(network.name)},
                    {"mode", encode(network.mode)},
                    {"address", encode(network.address)},
                    {"dhcp", network.dhcp},
                    {"bridge", encode(network.bridge)}};
    // An older helper knows none of these.
    for (const auto& [name, value] :
         {std::pair("dhcpStart", &network.dhcpStart), std::pair("dhcpEnd", &network.dhcpEnd),
          std::pair("domain", &network.domain), std::pair("address6", &network.address6)})
        if (!value->isEmpty())
            parameters[name] = encode(*value);
    if (!network.address6.isEmpty())
        parameters["dhcp6"] = network.dhcp6;
    act<Nothing>("org.diptych.Networks.Create", std::move(parameters), guard, std::move(done), done_);
}

void VarlinkMachines::changeNetworkHost(const QString& network, const NetworkHost& host, bool add, QObject* guard,
                                        Callback<Nothing> done)
{
    act<Nothing>(add ? "org.diptych.Networks.AddHost" : "org.diptych.Networks.RemoveHost",
                 {{"name", encode(network)},
                  {"host",
                   {{"kind", encode(host.kind)},
                    {"mac", encode(host.mac)},
                    {"address", encode(host.address)},
                    {"name", encode(host.name)}}}},
                 guard, std::move(done), done_);
}

void VarlinkMachines::changeNetwork(const QString& network, const QString& change, QObject* guard,
                                    Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Networks.Change", {{"name", encode(network)}, {"change", encode(change)}}, guard,
                 std::move(done), done_);
}

void VarlinkMachines::deleteNetwork(const QString& network, QObject* guard, Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Networks.Delete", {{"name", encode(network)}}, guard, std::move(done), done_);
}

void VarlinkMachines::networkXml(const QString& network, QObject* guard, Callback<ObjectXml> done)
{
    ask<ObjectXml>("org.diptych.Networks.GetXml", {{"name", encode(network)}}, guard, std::move(done), decodeObjectXml);
}

void VarlinkMachines::defineNetworkXml(const QString& network, const QString& xml, const QString& previous,
                                       QObject* guard, Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Networks.DefineXml",
                 {{"name", encode(network)}, {"xml", encode(xml)}, {"previous", encode(previous)}}, guard,
                 std::move(done), done_);
}

void VarlinkMachines::poolXml(const QString& pool, QObject* guard, Callback<ObjectXml> done)
{
    ask<ObjectXml>("org.diptych.Storage.GetPoolXml", {{"pool", encode(pool)}}, guard, std::move(done), decodeObjectXml);
}

void VarlinkMachines::definePoolXml(const QString& pool, const QString& xml, const QString& previous, QObject* guard,
                                    Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Storage.DefinePoolXml",
                 {{"pool", encode(pool)}, {"xml", encode(xml)}, {"previous", encode(previous)}}, guard, std::move(done),
                 done_);
}

} // namespace diptych::client
