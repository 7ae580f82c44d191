// The driver behind machines.h. One file per concern: create.cpp, lifecycle.cpp, limits.cpp, observe.cpp, facts.cpp,
// sample.cpp, remove.cpp, driver_copy.cpp.
#pragma once

#include "machines/connection.h"
#include "machines/console_sizes.h"
#include "machines/domain_read.h"
#include "machines/domain_xml.h"
#include "machines/files.h"
#include "machines/install_run.h"
#include "machines/qemu_counters.h"
#include "machines/watcher.h"

#include <map>
#include <set>

namespace diptych::machines {

class MachineDriver final : public Driver
{
public:
    MachineDriver(Paths paths, images::Store& images);
    ~MachineDriver() override;

    [[nodiscard]] Kind kind() const override { return Kind::Machine; }
    void setListener(Listener listener) override;

    Result<std::vector<Instance>> list() override;
    Result<Instance> describe(const std::string& id) override;

    Result<Instance> create(const std::string& id, const InstanceSpec& spec, Progress& progress) override;
    Status start(const std::string& id, Progress& progress) override;
    Status stop(const std::string& id, std::chrono::milliseconds timeout, Progress& progress) override;
    Status kill(const std::string& id, int signal) override;
    Status pause(const std::string& id) override;
    Status resume(const std::string& id) override;
    Status rename(const std::string& id, const std::string& name) override;
    Status remove(const std::string& id, bool deleteDisk) override;
    Result<std::pair<std::vector<std::string>, std::vector<std::string>>> removalPlan(const std::string& id) override;
    Status setLimits(const std::string& id, const Limits& limits) override;
    Status setTwin(const std::string& id, const std::string& twin) override;

    Result<Terminal> openTerminal(const std::string& id, const TerminalRequest& request) override;
    Result<std::vector<TerminalSession>> terminals(const std::string& id) override;
    Result<std::string> log(const std::string& id, size_t bytes) override;
    Result<Timeline> timeline(const std::string& id) override;
    Result<std::vector<Process>> processes(const std::string& id) override;
    Result<std::string> configuration(const std::string& id) override;
    Result<std::string> preview(const InstanceSpec& spec) override;
    Result<Json> probe(const std::string& id) override;
    Result<Json> hostFacts(const std::string& id) override;
    Result<uint64_t> diskBytes(const std::string& id) override;
    Result<std::vector<WallChoice>> walls(const std::string& id) override;
    Result<Json> takeDown(const std::string& id, const std::string& copy, const std::vector<std::string>& walls,
                          Progress& progress) override;
    Status putBack(const std::string& copy) override;

    std::vector<std::pair<std::string, Sample>> sample() override;
    Result<Sample> sampleOne(const std::string& id) override;

private:
    /// What is known of a machine besides libvirt and its files.
    struct Live
    {
        std::mutex channel; ///< QEMU serves one client of the guest port
        // The rest under m_mutex.
        StartTimes times;
        bool adopted = false, starting = false, stopping = false;
        int64_t endedAt = 0; ///< Unix ms of the last STOPPED event
        int pid = 0;         ///< of QEMU, checked before each use
    };
    using LiveRef = std::shared_ptr<Live>;

    /// A domain as libvirt shows it now, with what we keep of it.
    struct Seen
    {
        DomainRef domain;
        DomainInfo info;
        std::optional<MachineState> kept; ///< absent: not ours
        bool active = false;
        int state = 0, reason = 0;
    };

    /// A machine as it was measured last.
    struct Measured
    {
        std::optional<QemuCounters> counters;
        Sample last;
    };
    Sample complete(Measured& machine, const virDomainStatsRecord& record);

    LiveRef live(const std::string& id);
    [[nodiscard]] MachineFiles filesOf(const std::string& id) const { return MachineFiles(m_paths.instance(id)); }
    Result<Seen> look(DomainRef domain);
    Result<Seen> look(const std::string& id);
    Instance instanceOf(virConnectPtr connection, Seen& seen);
    void settle(const std::string& id, Seen& seen);
    void adopt(const std::string& id, const Seen& seen);
    std::vector<Instance> orphans(const std::set<std::string>& present);
    void rollBack(virConnectPtr connection);
    void changed(const std::string& id);
    void onDomainEvent(const std::string& id, int event);
    void onRecord(const std::string& id, const std::vector<Arrival>& arrivals);
    Status makeFiles(const std::string& id, const InstanceSpec& spec, virConnectPtr connection, Progress& progress);
    Result<DomainPlan> planFor(const std::string& id, const InstanceSpec& spec, virConnectPtr connection);
    Status setSpec(Seen& seen, const InstanceSpec& spec);
    Status rewriteConfig(const std::string& id, const InstanceSpec& spec);
    Status keepRenamed(const std::string& id, Seen& seen, const InstanceSpec& spec);
    Status launch(const std::string& id, Seen& seen);
    bool waitInactive(virDomainPtr domain, std::chrono::milliseconds timeout, const Progress* progress);
    Status setCpus(Seen& seen, const Limits& limits);
    std::string tellLimits(const std::string& id, const Seen& seen, const Limits& limits);
    Status setMemory(Seen& seen, const Limits& limits, std::string& later);
    Result<Json> ask(const std::string& id, const Seen& seen, Json request, std::chrono::milliseconds timeout);
    int pidOf(const std::string& id, const std::string& name);
    void undoCreate(const std::string& id, virConnectPtr connection);
    std::vector<std::string> ownDisks(virConnectPtr connection, const Seen& seen);
    // Throw-away copies: driver_copy.cpp.
    struct Copy;
    [[nodiscard]] Paths copyPaths() const;
    bool isCopy(const std::string& id);
    Status makeCopyFiles(const Copy& copy, virConnectPtr connection, bool card, Progress& progress);
    Result<Json> tryCopy(const Copy& copy, virConnectPtr connection, const std::vector<std::string>& walls,
                         Progress& progress);
    Status endCopy(const std::string& copy, virConnectPtr connection);
    void clearCopies(virConnectPtr connection);

    Paths m_paths;
    images::Store& m_images;
    std::mutex m_mutex;
    std::condition_variable m_event;
    Listener m_listener;
    std::map<std::string, LiveRef> m_live;
    bool m_rolledBack = false;
    std::set<std::string> m_copies; ///< of machines without some walls: domains that are no instances
    std::mutex m_measuredMutex;
    std::map<std::string, Measured> m_measured; ///< of what the last sweep saw; under m_measuredMutex
    std::unique_ptr<RecordWatcher> m_records;
    // Two: a libvirtd serves few calls of one connection at a time, and a guest that hangs must not hold up the sweep.
    std::unique_ptr<Connection> m_watch, m_act;
    std::unique_ptr<ConsoleSizes> m_sizes;
    std::unique_ptr<InstallFollower> m_installs;
};

/// PID of the QEMU that runs a domain: libvirt's pid file, else /proc; 0 when none.
int findQemu(const std::string& id, const std::string& name);
/// Whether pid is the QEMU of this id, by its command line.
bool isQemuOf(int pid, const std::string& id);
/// "/machine/qemu-1-web.libvirt-qemu", without what libvirt divides it into; empty when unknown.
std::string cgroupOf(int pid);

} // namespace diptych::machines
