// What can be asked about and done with virtual machines alone, and with the storage and the networks of their host. An
// older helper answers MethodNotFound, which errorText() explains.
#pragma once

#include "client/client.h"
#include "client/machine_types.h"
#include "client/transfer.h"

namespace diptych::client {

/// The picture of a machine, as an RFB stream on a socket of this process. Deleting it ends the stream.
class DisplayStream : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

signals:
    /// A descriptor that now belongs to whoever takes this; any thread may read and write it.
    void opened(int descriptor);
    /// error is empty when the machine was turned off or the helper closed it.
    void closed(const QString& error);
};

class MachineCalls
{
public:
    using Properties = QMap<QString, QString>;

    MachineCalls() = default;
    virtual ~MachineCalls() = default;
    Q_DISABLE_COPY_MOVE(MachineCalls)

    virtual void xml(const QString& id, QObject* guard, Callback<ObjectXml> done) = 0;
    /// previous: ObjectXml::next that the text was made from.
    virtual void defineXml(const QString& id, const QString& xml, const QString& previous, QObject* guard,
                           Callback<Nothing> done) = 0;
    /// Owned by the caller.
    virtual std::unique_ptr<DisplayStream> display(const QString& id) = 0;

    virtual void hardware(const QString& id, QObject* guard, Callback<Hardware> done) = 0;
    virtual void setVcpus(const QString& id, int current, int maximum, QObject* guard, Callback<Applied> done) = 0;
    /// 0 in each: libvirt chooses.
    virtual void setTopology(const QString& id, int sockets, int cores, int threads, QObject* guard,
                             Callback<Applied> done) = 0;
    /// vcpu -1: QEMU's own threads; cpus empty: any.
    virtual void setPin(const QString& id, int vcpu, const QString& cpus, QObject* guard, Callback<Applied> done) = 0;
    /// One of the offers of type "cpu", or empty.
    virtual void setCpuModel(const QString& id, const QString& model, QObject* guard, Callback<Applied> done) = 0;
    virtual void setMemory(const QString& id, qint64 current, qint64 maximum, QObject* guard,
                           Callback<Applied> done) = 0;
    virtual void setBoot(const QString& id, const QStringList& order, bool menu, QObject* guard,
                         Callback<Applied> done) = 0;
    virtual void addDevice(const QString& id, const QString& type, const Properties& properties,
                           const std::optional<VolumeName>& volume, QObject* guard, Callback<Applied> done) = 0;
    virtual void changeDevice(const QString& id, const QString& key, const Properties& properties,
                              const std::optional<VolumeName>& volume, QObject* guard, Callback<Applied> done) = 0;
    virtual void removeDevice(const QString& id, const QString& key, QObject* guard, Callback<Applied> done) = 0;
    virtual void resizeDisk(const QString& id, const QString& key, qint64 capacity, QObject* guard,
                            Callback<Nothing> done) = 0;
    virtual void hostDevices(QObject* guard, Callback<QList<HostDevice>> done) = 0;
    virtual void addHostDevice(const QString& id, const QString& device, QObject* guard, Callback<Applied> done) = 0;
    virtual void addHostCard(const QString& id, const HostCard& card, QObject* guard, Callback<Applied> done) = 0;
    virtual void addShare(const QString& id, const Share& share, QObject* guard, Callback<Applied> done) = 0;
    virtual void setNotes(const QString& id, const QString& title, const QString& description, QObject* guard,
                          Callback<Applied> done) = 0;
    virtual void setAutostart(const QString& id, bool autostart, QObject* guard, Callback<Nothing> done) = 0;
    virtual void resetMachine(const QString& id, QObject* guard, Callback<Nothing> done) = 0;
    virtual void save(const QString& id, QObject* guard, Callback<QString> operation) = 0;
    virtual void dropSaved(const QString& id, QObject* guard, Callback<Nothing> done) = 0;

    virtual void snapshots(const QString& id, QObject* guard, Callback<Snapshots> done) = 0;
    /// external: in files of their own; memory: of one that runs, in one more.
    virtual void createSnapshot(const QString& id, const QString& name, const QString& description, bool external,
                                bool memory, QObject* guard, Callback<QString> operation) = 0;
    virtual void revertSnapshot(const QString& id, const QString& name, QObject* guard,
                                Callback<QString> operation) = 0;
    virtual void deleteSnapshot(const QString& id, const QString& name, bool children, QObject* guard,
                                Callback<QString> operation) = 0;
    /// The screen of that moment as a PNG; empty when none was kept.
    virtual void snapshotPicture(const QString& id, const QString& name, QObject* guard, Callback<QByteArray> done) = 0;
    /// snapshot empty: as it is now.
    virtual void clone(const QString& id, const QString& name, bool linked, const QString& snapshot, QObject* guard,
                       Callback<QString> operation) = 0;
    /// to: of LibvirtConnection::id, empty: the helper's own.
    virtual void checkMigration(const QString& id, const QString& to, bool copyStorage, QObject* guard,
                                Callback<MigrationCheck> done) = 0;
    virtual void migrate(const QString& id, const Migration& move, QObject* guard, Callback<QString> operation) = 0;
    virtual void createMachine(const MachineSpec& spec, QObject* guard, Callback<QString> operation) = 0;

    /// descriptor: an OVF; files: what is in the archive, or lies beside.
    virtual void readAppliance(const QString& descriptor, const QList<FileEntry>& files, QObject* guard,
                               Callback<Appliance> done) = 0;
    /// The machine with all that is in the archive; spec.disk is not looked at. Owned by the caller.
    virtual std::unique_ptr<Transfer> importAppliance(const FilePack& archive, const MachineSpec& spec) = 0;

    virtual void systems(QObject* guard, Callback<QList<OperatingSystem>> done) = 0;
    virtual void recognise(const VolumeName& medium, QObject* guard, Callback<Recognised> done) = 0;
    /// system: OperatingSystem::id.
    virtual void unattended(const VolumeName& medium, const QString& system, QObject* guard,
                            Callback<UnattendedOffer> done) = 0;
    /// All disks as they are at one moment, into a pool; freeze: file systems inside stand still for it.
    virtual void backUp(const QString& id, const QString& pool, bool freeze, QObject* guard,
                        Callback<QString> operation) = 0;
    /// When the operation has ended: what it failed with, or nothing.
    virtual void whenEnded(const QString& operation, QObject* guard,
                           std::function<void(const std::optional<Error>&)> done) = 0;
    /// The memory into a file of this machine. Owned by the caller.
    virtual std::unique_ptr<Transfer> dump(const QString& id, const QString& file) = 0;

    virtual void guest(const QString& id, QObject* guard, Callback<Guest> done) = 0;
    virtual void setGuestClock(const QString& id, QObject* guard, Callback<Nothing> done) = 0;
    virtual void setGuestPassword(const QString& id, const QString& user, const QString& password, QObject* guard,
                                  Callback<Nothing> done) = 0;
    virtual void shutDownGuest(const QString& id, bool restart, QObject* guard, Callback<Nothing> done) = 0;
    /// Until the operation is cancelled, and no longer than that.
    virtual void freezeGuest(const QString& id, int seconds, QObject* guard, Callback<QString> operation) = 0;

    virtual void pools(QObject* guard, Callback<QList<StoragePool>> done) = 0;
    virtual void volumes(const QString& pool, QObject* guard, Callback<QList<StorageVolume>> done) = 0;
    virtual void createPool(const QString& name, const QString& path, QObject* guard, Callback<Nothing> done) = 0;
    virtual void poolTypes(QObject* guard, Callback<QList<PoolType>> done) = 0;
    /// host: netfs, iscsi; port: of iscsi, 0 the usual one. The devices of the helper's machine for fs and disk, its
    /// volume groups for logical.
    virtual void poolSources(const QString& type, const QString& host, int port, QObject* guard,
                             Callback<QList<FoundSource>> done) = 0;
    virtual void connectPool(const NewPool& pool, QObject* guard, Callback<Nothing> done) = 0;
    /// start stop refresh autostart noAutostart
    virtual void changePool(const QString& pool, const QString& change, QObject* guard, Callback<Nothing> done) = 0;
    virtual void deletePool(const QString& pool, QObject* guard, Callback<Nothing> done) = 0;
    /// A volume group with all that is in it.
    virtual void destroyPool(const QString& pool, QObject* guard, Callback<Nothing> done) = 0;
    virtual void createVolume(const VolumeName& volume, qint64 capacity, const QString& format, QObject* guard,
                              Callback<Nothing> done) = 0;
    virtual void resizeVolume(const VolumeName& volume, qint64 capacity, QObject* guard, Callback<Nothing> done) = 0;
    virtual void copyVolume(const VolumeName& volume, const QString& name, QObject* guard,
                            Callback<QString> operation) = 0;
    virtual void deleteVolume(const VolumeName& volume, QObject* guard, Callback<Nothing> done) = 0;
    /// A file of this machine into a new volume. Owned by the caller.
    virtual std::unique_ptr<Transfer> upload(const QString& file, const VolumeName& volume) = 0;
    /// A volume's file into one of this machine. Owned by the caller.
    virtual std::unique_ptr<Transfer> downloadVolume(const VolumeName& volume, const QString& file) = 0;

    virtual void networks(QObject* guard, Callback<QList<VirtualNetwork>> done) = 0;
    virtual void leases(const QString& network, QObject* guard, Callback<QList<Lease>> done) = 0;
    virtual void createNetwork(const NewNetwork& network, QObject* guard, Callback<Nothing> done) = 0;
    virtual void changeNetworkHost(const QString& network, const NetworkHost& host, bool add, QObject* guard,
                                   Callback<Nothing> done) = 0;
    /// start stop autostart noAutostart
    virtual void changeNetwork(const QString& network, const QString& change, QObject* guard,
                               Callback<Nothing> done) = 0;
    virtual void deleteNetwork(const QString& network, QObject* guard, Callback<Nothing> done) = 0;
    virtual void networkXml(const QString& network, QObject* guard, Callback<ObjectXml> done) = 0;
    virtual void defineNetworkXml(const QString& network, const QString& xml, const QString& previous, QObject* guard,
                                  Callback<Nothing> done) = 0;
    virtual void poolXml(const QString& pool, QObject* guard, Callback<ObjectXml> done) = 0;
    virtual void definePoolXml(const QString& pool, const QString& xml, const QString& previous, QObject* guard,
                               Callback<Nothing> done) = 0;
};

} // namespace diptych::client
