// The driver behind makeContainerDriver(). Its methods are spread by concern: driver_create.cpp, _start, _change,
// _find, _terminal, _facts, _copy.
#pragma once

#include "cgroups/sibling_sweep.h"
#include "containers/bundle.h"
#include "containers/entry.h"
#include "containers/runtime.h"
#include "containers/watcher.h"
#include "images/images.h"
#include "instances/driver.h"

#include <map>
#include <shared_mutex>

namespace diptych::containers {

class ContainerDriver final : public Driver
{
public:
    static Result<std::unique_ptr<Driver>> make(const Paths& paths, images::Store& images);
    ~ContainerDriver() override;

    [[nodiscard]] Kind kind() const override { return Kind::Container; }
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
    Result<std::vector<diptych::Process>> processes(const std::string& id) override;
    Result<std::string> configuration(const std::string& id) override;
    Result<std::string> preview(const InstanceSpec& spec) override;
    Result<Json> probe(const std::string& id) override;
    Result<Json> hostFacts(const std::string& id) override;
    Result<WritableLayer> writableLayer(const std::string& id) override;
    Result<std::vector<WallChoice>> walls(const std::string& id) override;
    Result<Json> takeDown(const std::string& id, const std::string& copy, const std::vector<std::string>& walls,
                          Progress& progress) override;
    Status putBack(const std::string& copy) override;
    Result<uint64_t> diskBytes(const std::string& id) override;
    std::vector<std::pair<std::string, Sample>> sample() override;
    Result<Sample> sampleOne(const std::string& id) override;

private:
    ContainerDriver(Paths paths, images::Store& images)
        : m_paths(std::move(paths)), m_images(images), m_runtime(m_paths)
    {
    }

    Result<EntryRef> find(const std::string& id) const;
    std::vector<EntryRef> all() const;
    void notify(const std::string& id) const;
    [[nodiscard]] std::string directory(const Entry& entry) const { return m_paths.instance(entry.id); }
    Status save(Entry& entry);                                             ///< takes the lock
    Status change(Entry& entry, const std::function<void(Record&)>& edit); ///< takes the lock
    /// WrongState unless it runs (or is paused, when that is fine too).
    Status requireRunning(Entry& entry, bool pausedToo) const;

    // Finding again
    void adoptAll();
    void adopt(const std::string& id);
    Status adoptRunning(Entry& entry, int pid);
    Status rollBack(const std::string& id, const Link& link);

    // Creating and starting
    Status build(Entry& entry, Progress& progress);
    Result<EntryRef> claim(const std::string& id, const InstanceSpec& spec);
    Status checkPortsAgainstOthers(const Entry& entry) const;
    Status launch(Entry& entry, Timeline& timeline, int64_t click, Progress& progress);
    Status connectNetwork(Entry& entry, int pid, Timeline& timeline, int64_t click);

    /// The first of user ids that neither an instance nor a copy has. m_mutex is held.
    [[nodiscard]] Result<uint32_t> unusedIds() const;

    // Throw-away copies without some walls: driver_copy.cpp
    [[nodiscard]] Paths copyPaths() const;
    Result<Record> copyRecord(Entry& original, const std::string& copy);
    Result<Json> tryCopy(Record record, const std::vector<std::string>& walls, Progress& progress);
    Status endCopy(const std::string& copy) const;
    void clearCopies() const;

    // Ending
    void ended(const std::string& id);
    void finish(Entry& entry);
    void keepLog(const Entry& entry) const;
    void clearRun(const std::string& id, const Record& record) const;
    bool waitStopped(Entry& entry, std::chrono::milliseconds timeout, const Progress* progress);
    Status signalAll(Entry& entry, int signal);

    const Paths m_paths;
    images::Store& m_images;
    const Runtime m_runtime;
    cgroups::Hierarchies m_hierarchies;
    std::mutex m_sweepMutex;
    std::optional<cgroups::SiblingSweep> m_sweep; ///< under m_sweepMutex
    bool m_copies = false; ///< a new container's root is a copy of its image: the state directory can't do layers
    mutable std::shared_mutex m_mutex; ///< over the map, not over the entries
    std::map<std::string, EntryRef> m_entries;
    std::map<std::string, uint32_t> m_copyIds; ///< copies and the first of their user ids; under m_mutex
    std::mutex m_finding;                      ///< list()'s first call
    bool m_found = false;
    mutable std::mutex m_listenerMutex;
    Listener m_listener;
    std::unique_ptr<Watcher> m_watcher; ///< last: its thread uses all of the above
};

} // namespace diptych::containers
