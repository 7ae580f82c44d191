// MachineCalls over the client's lanes.
#pragma once

#include "client/machine_calls.h"
#include "client/varlink_client.h"

namespace diptych::client {

class VarlinkMachines final : public MachineCalls
{
public:
    VarlinkMachines(VarlinkClient& client, const QString& connection) : m_client(client), m_connection(connection) {}

    void xml(const QString& id, QObject* guard, Callback<ObjectXml> done) override;
    void defineXml(const QString& id, const QString& xml, const QString& previous, QObject* guard,
                   Callback<Nothing> done) override;
    std::unique_ptr<DisplayStream> display(const QString& id) override;
    void hardware(const QString& id, QObject* guard, Callback<Hardware> done) override;
    void setVcpus(const QString& id, int current, int maximum, QObject* guard, Callback<Applied> done) override;
    void setTopology(const QString& id, int sockets, int cores, int threads, QObject* guard,
                     Callback<Applied> done) override;
    void setPin(const QString& id, int vcpu, const QString& cpus, QObject* guard, Callback<Applied> done) override;
    void setCpuModel(const QString& id, const QString& model, QObject* guard, Callback<Applied> done) override;
    void setMemory(const QString& id, qint64 current, qint64 maximum, QObject* guard, Callback<Applied> done) override;
    void setBoot(const QString& id, const QStringList& order, bool menu, QObject* guard,
                 Callback<Applied> done) override;
    void addDevice(const QString& id, const QString& type, const Properties& properties,
                   const std::optional<VolumeName>& volume, QObject* guard, Callback<Applied> done) override;
    void changeDevice(const QString& id, const QString& key, const Properties& properties,
                      const std::optional<VolumeName>& volume, QObject* guard, Callback<Applied> done) override;
    void removeDevice(const QString& id, const QString& key, QObject* guard, Callback<Applied> done) override;
    void resizeDisk(const QString& id, const QString& key, qint64 capacity, QObject* guard,
                    Callback<Nothing> done) override;
    void hostDevices(QObject* guard, Callback<QList<HostDevice>> done) override;
    void addHostDevice(const QString& id, const QString& device, QObject* guard, Callback<Applied> done) override;
    void addHostCard(const QString& id, const HostCard& card, QObject* guard, Callback<Applied> done) override;
    void addShare(const QString& id, const Share& share, QObject* guard, Callback<Applied> done) override;
    void setNotes(const QString& id, const QString& title, const QString& description, QObject* guard,
                  Callback<Applied> done) override;
    void setAutostart(const QString& id, bool autostart, QObject* guard, Callback<Nothing> done) override;
    void resetMachine(const QString& id, QObject* guard, Callback<Nothing> done) override;
    void save(const QString& id, QObject* guard, Callback<QString> operation) override;
    void dropSaved(const QString& id, QObject* guard, Callback<Nothing> done) override;
    void snapshots(const QString& id, QObject* guard, Callback<Snapshots> done) override;
    void createSnapshot(const QString& id, const QString& name, const QString& description, bool external, bool memory,
                        QObject* guard, Callback<QString> operation) override;
    void revertSnapshot(const QString& id, const QString& name, QObject* guard, Callback<QString> operation) override;
    void deleteSnapshot(const QString& id, const QString& name, bool children, QObject* guard,
                        Callback<QString> operation) override;
    void snapshotPicture(const QString& id, const QString& name, QObject* guard, Callback<QByteArray> done) override;
    void clone(const QString& id, const QString& name, bool linked, const QString& snapshot, QObject* guard,
               Callback<QString> operation) override;
    void checkMigration(const QString& id, const QString& to, bool copyStorage, QObject* guard,
                        Callback<MigrationCheck> done) override;
    void migrate(const QString& id, const Migration& move, QObject* guard, Callback<QString> operation) override;
    void createMachine(const MachineSpec& spec, QObject* guard, Callback<QString> operation) override;
    void readAppliance(const QString& descriptor, const QList<FileEntry>& files, QObject* guard,
                       Callback<Appliance> done) override;
    std::unique_ptr<Transfer> importAppliance(const FilePack& archive, const MachineSpec& spec) override;
    void systems(QObject* guard, Callback<QList<OperatingSystem>> done) override;
    void recognise(const VolumeName& medium, QObject* guard, Callback<Recognised> done) override;
    void unattended(const VolumeName& medium, const QString& system, QObject* guard,
                    Callback<UnattendedOffer> done) override;
    void backUp(const QString& id, const QString& pool, bool freeze, QObject* guard,
                Callback<QString> operation) override;
    void whenEnded(const QString& operation, QObject* guard,
                   std::function<void(const std::optional<Error>&)> done) override;
    std::unique_ptr<Transfer> dump(const QString& id, const QString& file) override;
    void guest(const QString& id, QObject* guard, Callback<Guest> done) override;
    void setGuestClock(const QString& id, QObject* guard, Callback<Nothing> done) override;
    void setGuestPassword(const QString& id, const QString& user, const QString& password, QObject* guard,
                          Callback<Nothing> done) override;
    void shutDownGuest(const QString& id, bool restart, QObject* guard, Callback<Nothing> done) override;
    void freezeGuest(const QString& id, int seconds, QObject* guard, Callback<QString> operation) override;
    void pools(QObject* guard, Callback<QList<StoragePool>> done) override;
    void volumes(const QString& pool, QObject* guard, Callback<QList<StorageVolume>> done) override;
    void createPool(const QString& name, const QString& path, QObject* guard, Callback<Nothing> done) override;
    void poolTypes(QObject* guard, Callback<QList<PoolType>> done) override;
    void poolSources(const QString& type, const QString& host, int port, QObject* guard,
                     Callback<QList<FoundSource>> done) override;
    void connectPool(const NewPool& pool, QObject* guard, Callback<Nothing> done) override;
    void changePool(const QString& pool, const QString& change, QObject* guard, Callback<Nothing> done) override;
    void deletePool(const QString& pool, QObject* guard, Callback<Nothing> done) override;
    void destroyPool(const QString& pool, QObject* guard, Callback<Nothing> done) override;
    void createVolume(const VolumeName& volume, qint64 capacity, const QString& format, QObject* guard,
                      Callback<Nothing> done) override;
    void resizeVolume(const VolumeName& volume, qint64 capacity, QObject* guard, Callback<Nothing> done) override;
    void copyVolume(const VolumeName& volume, const QString& name, QObject* guard,
                    Callback<QString> operation) override;
    void deleteVolume(const VolumeName& volume, QObject* guard, Callback<Nothing> done) override;
    std::unique_ptr<Transfer> upload(const QString& file, const VolumeName& volume) override;
    std::unique_ptr<Transfer> downloadVolume(const VolumeName& volume, const QString& file) override;
    void networks(QObject* guard, Callback<QList<VirtualNetwork>> done) override;
    void leases(const QString& network, QObject* guard, Callback<QList<Lease>> done) override;
    void createNetwork(const NewNetwork& network, QObject* guard, Callback<Nothing> done) override;
    void changeNetworkHost(const QString& network, const NetworkHost& host, bool add, QObject* guard,
                           Callback<Nothing> done) override;
    void changeNetwork(const QString& network, const QString& change, QObject* guard, Callback<Nothing> done) override;
    void deleteNetwork(const QString& network, QObject* guard, Callback<Nothing> done) override;
    void networkXml(const QString& network, QObject* guard, Callback<ObjectXml> done) override;
    void defineNetworkXml(const QString& network, const QString& xml, const QString& previous, QObject* guard,
                          Callback<Nothing> done) override;
    void poolXml(const QString& pool, QObject* guard, Callback<ObjectXml> done) override;
    void definePoolXml(const QString& pool, const QString& xml, const QString& previous, QObject* guard,
                       Callback<Nothing> done) override;

private:
    template <typename T, typename Decode>
    void ask(const char* method, const Json& parameters, QObject* guard, Callback<T> done, Decode decode)
    {
        m_client.call<T>(VarlinkClient::Gathering, method, placed(method, parameters), guard, std::move(done), decode);
    }
    template <typename T, typename Decode>
    void act(const char* method, const Json& parameters, QObject* guard, Callback<T> done, Decode decode)
    {
        m_client.call<T>(VarlinkClient::Acting, method, placed(method, parameters), guard, std::move(done), decode);
    }
    /// Of a guest: it may keep those who ask waiting, and nobody else shall wait behind them.
    template <typename T, typename Decode>
    void askGuest(const char* method, const Json& parameters, QObject* guard, Callback<T> done, Decode decode)
    {
        m_client.call<T>(VarlinkClient::Remote, method, parameters, guard, std::move(done), decode);
    }
    [[nodiscard]] Json placed(const char* method, Json parameters) const;

    VarlinkClient& m_client;
    const QString m_connection; ///< empty: the helper's own
};

} // namespace diptych::client
