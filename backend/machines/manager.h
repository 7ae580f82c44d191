// org.diptych.Machines, .Storage and .Networks on libvirt: a table of methods, each a free function in the file of its
// concern. Connections of its own, so that what hangs here holds up neither the sweep nor the verbs.
#pragma once

#include "instances/paths.h"
#include "instances/virtualization.h"
#include "machines/connection.h"

namespace diptych::machines {

/// What a method works with.
struct Host
{
    Paths paths;
    std::shared_ptr<Connection> libvirt;
    bool elsewhere = false; ///< its files may be those of another host: only libvirt touches them

    Result<ConnectRef> connection() { return libvirt->get(); }
    /// By parameter "id".
    Result<DomainRef> domain(const Json& parameters);
};

using Method = Result<Json> (*)(Host& host, const Json& parameters, Progress& progress);

class Manager final : public Virtualization
{
public:
    explicit Manager(Paths paths);
    /// On a connection that others use too.
    Manager(Paths paths, std::shared_ptr<Connection> connection);
    void setListener(std::function<void()> listener) override;
    Result<Json> call(const std::string& method, const Json& parameters, Progress& progress) override;
    Result<std::vector<std::string>> usersOfFile(const std::string& path) override;
    Result<std::map<std::string, std::string>> usersOfAddresses(const std::vector<std::string>& addresses) override;
    Result<UniqueFd> openDisplay(const std::string& id) override;
    Result<Json> upload(const std::string& pool, const std::string& name, uint64_t size, int from,
                        Progress& progress) override;
    Result<uint64_t> volumeSize(const std::string& pool, const std::string& volume) override;
    Result<Json> download(const std::string& pool, const std::string& volume, uint64_t size, int to,
                          Progress& progress) override;
    Result<Json> dump(const std::string& id, int to, Progress& progress) override;

private:
    /// Outlives this for as long as libvirt's event loop may call it.
    struct Told;
    std::shared_ptr<Told> m_told;
    Host m_host;
};

/// manage_xml.cpp
Result<Json> getXml(Host& host, const Json& parameters, Progress& progress);
Result<Json> defineXml(Host& host, const Json& parameters, Progress& progress);

/// manage_object_xml.cpp
Result<Json> getNetworkXml(Host& host, const Json& parameters, Progress& progress);
Result<Json> defineNetworkXml(Host& host, const Json& parameters, Progress& progress);
Result<Json> getPoolXml(Host& host, const Json& parameters, Progress& progress);
Result<Json> definePoolXml(Host& host, const Json& parameters, Progress& progress);

/// manage_hardware.cpp
Result<Json> getHardware(Host& host, const Json& parameters, Progress& progress);
/// manage_devices.cpp
Result<Json> addDevice(Host& host, const Json& parameters, Progress& progress);
Result<Json> changeDevice(Host& host, const Json& parameters, Progress& progress);
Result<Json> removeDevice(Host& host, const Json& parameters, Progress& progress);
/// manage_host_devices.cpp
Result<Json> listHostDevices(Host& host, const Json& parameters, Progress& progress);
Result<Json> addHostDevice(Host& host, const Json& parameters, Progress& progress);
Result<Json> addHostCard(Host& host, const Json& parameters, Progress& progress);
Result<Json> addShare(Host& host, const Json& parameters, Progress& progress);
/// manage_processors.cpp
Result<Json> setTopology(Host& host, const Json& parameters, Progress& progress);
Result<Json> setCpuModel(Host& host, const Json& parameters, Progress& progress);
Result<Json> setPin(Host& host, const Json& parameters, Progress& progress);
int hostProcessors(virConnectPtr connection); ///< 0: it does not say
/// manage_resources.cpp
Result<Json> setVcpus(Host& host, const Json& parameters, Progress& progress);
Result<Json> setMemory(Host& host, const Json& parameters, Progress& progress);
Result<Json> setBoot(Host& host, const Json& parameters, Progress& progress);
Result<Json> resizeDisk(Host& host, const Json& parameters, Progress& progress);
/// manage_notes.cpp
Result<Json> setNotes(Host& host, const Json& parameters, Progress& progress);
/// manage_state.cpp
Result<Json> setAutostart(Host& host, const Json& parameters, Progress& progress);
Result<Json> reset(Host& host, const Json& parameters, Progress& progress);
Result<Json> save(Host& host, const Json& parameters, Progress& progress);
Result<Json> dropSaved(Host& host, const Json& parameters, Progress& progress);

/// manage_guest.cpp
Result<Json> getGuest(Host& host, const Json& parameters, Progress& progress);
Result<Json> setGuestClock(Host& host, const Json& parameters, Progress& progress);
Result<Json> setGuestPassword(Host& host, const Json& parameters, Progress& progress);
Result<Json> shutDownGuest(Host& host, const Json& parameters, Progress& progress);
Result<Json> freezeGuest(Host& host, const Json& parameters, Progress& progress);
/// manage_backup.cpp
Result<Json> backUp(Host& host, const Json& parameters, Progress& progress);

/// manage_snapshots.cpp
Result<Json> listSnapshots(Host& host, const Json& parameters, Progress& progress);
Result<Json> createSnapshot(Host& host, const Json& parameters, Progress& progress);
/// snapshot_pictures.cpp
Result<Json> getSnapshotPicture(Host& host, const Json& parameters, Progress& progress);
Result<Json> revertSnapshot(Host& host, const Json& parameters, Progress& progress);
Result<Json> deleteSnapshot(Host& host, const Json& parameters, Progress& progress);
/// manage_clone.cpp
Result<Json> cloneMachine(Host& host, const Json& parameters, Progress& progress);
/// manage_migrate.cpp; parameters as in there
Result<Json> checkMigration(Host& host, const Json& parameters, Progress& progress);
Result<Json> migrateMachine(Host& host, const Json& parameters, Progress& progress);
/// manage_create.cpp
Result<Json> createMachine(Host& host, const Json& parameters, Progress& progress);
/// manage_systems.cpp
Result<Json> listSystems(Host& host, const Json& parameters, Progress& progress);
Result<Json> recognise(Host& host, const Json& parameters, Progress& progress);
/// manage_install.cpp
Result<Json> listUnattended(Host& host, const Json& parameters, Progress& progress);
/// manage_pools.cpp
Result<Json> listPools(Host& host, const Json& parameters, Progress& progress);
Result<Json> createPool(Host& host, const Json& parameters, Progress& progress);
Result<Json> changePool(Host& host, const Json& parameters, Progress& progress);
Result<Json> deletePool(Host& host, const Json& parameters, Progress& progress);
Result<Json> destroyPool(Host& host, const Json& parameters, Progress& progress);
/// manage_sources.cpp
Result<Json> listPoolTypes(Host& host, const Json& parameters, Progress& progress);
Result<Json> findPoolSources(Host& host, const Json& parameters, Progress& progress);
Result<Json> connectPool(Host& host, const Json& parameters, Progress& progress);
/// manage_storage.cpp
Result<Json> listVolumes(Host& host, const Json& parameters, Progress& progress);
Result<Json> createVolume(Host& host, const Json& parameters, Progress& progress);
Result<Json> resizeVolume(Host& host, const Json& parameters, Progress& progress);
Result<Json> copyVolume(Host& host, const Json& parameters, Progress& progress);
Result<Json> deleteVolume(Host& host, const Json& parameters, Progress& progress);
/// manage_networks.cpp
Result<Json> listNetworks(Host& host, const Json& parameters, Progress& progress);
Result<Json> listLeases(Host& host, const Json& parameters, Progress& progress);
Result<Json> createNetwork(Host& host, const Json& parameters, Progress& progress);
Result<Json> changeNetwork(Host& host, const Json& parameters, Progress& progress);
Result<Json> deleteNetwork(Host& host, const Json& parameters, Progress& progress);

/// network_hosts.cpp
Result<Json> addNetworkHost(Host& host, const Json& parameters, Progress& progress);
Result<Json> removeNetworkHost(Host& host, const Json& parameters, Progress& progress);

/// VIR_DOMAIN_AFFECT_* that apply: live when it runs, config when it is persistent.
Result<unsigned> affected(virDomainPtr domain);
Result<bool> isActive(virDomainPtr domain);

} // namespace diptych::machines
