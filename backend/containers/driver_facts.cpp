// What can be asked about a container.
#include "base/clock.h"
#include "base/files.h"
#include "base/process.h"
#include "containers/driver.h"
#include "containers/network.h"
#include "containers/processes.h"
#include "instances/json.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::containers {

namespace {

std::string tail(const std::string& path, size_t bytes)
{
    auto file = openFile(path, O_RDONLY | O_NOFOLLOW);
    struct stat info = {};
    if (!file || ::fstat(file->get(), &info) < 0)
        return {};
    auto most = static_cast<off_t>(bytes);
    if (info.st_size > most)
        (void)::lseek(file->get(), info.st_size - most, SEEK_SET);
    std::string text = readFd(file->get(), size_t{16} << 20).value_or("");
    return text.size() > bytes ? text.substr(text.size() - bytes) : text;
}

Json cgroupFacts(const cgroups::Cgroup& group)
{
    Json files = Json::array();
    static constexpr std::pair<const char*, const char*> wanted[] = {{"cpu", "cpu.max"},
                                                                     {"cpu", "cpu.cfs_quota_us"},
                                                                     {"cpu", "cpu.cfs_period_us"},
                                                                     {"cpu", "cpu.stat"},
                                                                     {"cpuacct", "cpuacct.usage"},
                                                                     {"memory", "memory.max"},
                                                                     {"memory", "memory.current"},
                                                                     {"memory", "memory.limit_in_bytes"},
                                                                     {"memory", "memory.usage_in_bytes"},
                                                                     {"pids", "pids.max"},
                                                                     {"pids", "pids.current"},
                                                                     {"devices", "devices.list"},
                                                                     {"freezer", "freezer.state"}};
    for (auto [controller, name] : wanted) {
        auto place = group.place(controller);
        auto text = place.fd >= 0 ? readFileAt(place.fd, name) : Result<std::string>(fail(Code::NotFound, name));
        auto directory = group.directories().find(place.v2 ? "" : controller);
        if (text && directory != group.directories().end())
            files.push_back(
                {{"path", directory->second + "/" + name}, {"name", name}, {"value", std::string(trim(*text))}});
    }
    return {{"path", group.path()}, {"directories", group.directories()}, {"files", std::move(files)}};
}

Json diskFacts(const Record& r, const std::string& directory)
{
    if (r.lower.empty()) {
        std::string root = directory + "/rootfs";
        return {{"type", "copy"}, {"upper", root}, {"bytes", diskUsage(root).value_or(0)}};
    }
    uint64_t below = 0;
    for (const std::string& lower : r.lower)
        below += diskUsage(lower).value_or(0);
    return {{"type", "overlay"},
            {"lower", r.lower},
            {"upper", directory + "/upper"},
            {"work", directory + "/work"},
            {"bytes", diskUsage(directory + "/upper").value_or(0)},
            {"lowerBytes", below}};
}

} // namespace

Result<std::string> ContainerDriver::log(const std::string& id, size_t bytes)
{
    EntryRef entry = TRY(find(id));
    bytes = std::min<size_t>(bytes, size_t{1} << 20);
    std::string live = m_runtime.directory(id) + "/log";
    if (!exists(live))
        return tail(directory(*entry) + "/log", bytes);
    std::string text = tail(live, bytes);
    if (text.size() < bytes)
        text = tail(live + ".1", bytes - text.size()) + text;
    return text;
}

Result<Timeline> ContainerDriver::timeline(const std::string& id)
{
    EntryRef entry = TRY(find(id));
    std::string path = directory(*entry) + "/timeline.json";
    if (!exists(path))
        return Timeline{}; // never started
    Json json = TRYX(parseJson(TRY(readFile(path))), path);
    return timelineFrom(JsonReader(json));
}

Result<std::vector<diptych::Process>> ContainerDriver::processes(const std::string& id)
{
    EntryRef entry = TRY(find(id));
    std::unique_lock lock(entry->mutex);
    auto cgroup = entry->cgroup;
    uint32_t base = entry->record.idBase;
    lock.unlock();
    if (!cgroup)
        return std::vector<diptych::Process>{};
    return readProcesses(TRY(cgroup->processes()), base);
}

Result<std::string> ContainerDriver::configuration(const std::string& id)
{
    return readFile(directory(*TRY(find(id))) + "/config.json");
}

Result<Json> ContainerDriver::probe(const std::string& id)
{
    EntryRef entry = TRY(find(id));
    TRY(requireRunning(*entry, false));
    std::string answer =
        TRYX(m_runtime.call({"exec", "--no-new-privs", "--executable", m_paths.guest, id, "diptych-guest", "probe"}, {},
                            std::chrono::seconds(10)),
             "ask inside");
    return TRYX(parseJson(answer, {size_t{4} << 20, 32}), "what the container answered");
}

Result<Json> ContainerDriver::hostFacts(const std::string& id)
{
    EntryRef entry = TRY(find(id));
    std::unique_lock lock(entry->mutex);
    Record r = entry->record;
    auto cgroup = entry->cgroup;
    int pid = entry->pid;
    lock.unlock();
    Json network = {{"mode", toString(r.spec.network.mode)}};
    if (r.spec.network.mode == NetworkMode::Nat)
        network.update({{"network", r.link.network},
                        {"veth", vethName(id)},
                        {"bridge", r.link.bridge},
                        {"address", r.link.address},
                        {"mac", r.link.mac},
                        {"gateway", r.link.gateway}});
    Json facts = {{"network", std::move(network)}, {"disk", diskFacts(r, directory(*entry))}};
    if (pid != 0)
        facts["process"] = processFacts(pid);
    if (cgroup)
        facts["cgroup"] = cgroupFacts(*cgroup);
    return facts;
}

Result<WritableLayer> ContainerDriver::writableLayer(const std::string& id)
{
    EntryRef entry = TRY(find(id));
    std::lock_guard lock(entry->mutex);
    if (entry->record.lower.empty())
        return fail(Code::NotSupported, fmt::format("{} has a copy of its image in place of layers: what it changed "
                                                    "can't be told from it",
                                                    entry->record.spec.name));
    return WritableLayer{directory(*entry) + "/upper",
                         entry->record.lower,
                         entry->record.idBase,
                         idCount,
                         {"etc/hostname", "etc/hosts", "etc/resolv.conf"}};
}

Result<uint64_t> ContainerDriver::diskBytes(const std::string& id)
{
    return diskUsage(directory(*TRY(find(id))));
}

static Sample sampleFrom(const cgroups::Statistics& statistics, int64_t time)
{
    Sample s;
    s.time = time;
    s.cpuNanoseconds = statistics.cpuNanoseconds;
    s.throttledNanoseconds = statistics.throttledNanoseconds;
    s.memory = statistics.memory;
    s.pids = statistics.pids;
    s.readBytes = statistics.readBytes;
    s.writtenBytes = statistics.writtenBytes;
    s.oomKills = statistics.oomKills;
    return s;
}

std::vector<std::pair<std::string, Sample>> ContainerDriver::sample()
{
    std::vector<std::pair<std::string, Sample>> samples;
    auto traffic = interfaceTraffic();
    std::lock_guard sweeping(m_sweepMutex);
    m_sweep->begin();
    for (const EntryRef& entry : all()) {
        std::unique_lock lock(entry->mutex);
        auto cgroup = entry->cgroup;
        bool linked = !entry->record.link.address.empty();
        bool up = isUp(entry->state);
        lock.unlock();
        if (!cgroup || !up)
            continue;
        int64_t time = monotonicNanoseconds();
        auto statistics = m_sweep->read(*cgroup);
        if (!statistics)
            continue;
        Sample s = sampleFrom(*statistics, time);
        if (auto veth = linked ? traffic.find(vethName(entry->id)) : traffic.end(); veth != traffic.end()) {
            s.receivedBytes = veth->second.sent; // what the host's end sends, the container receives
            s.sentBytes = veth->second.received;
        }
        samples.emplace_back(entry->id, s);
    }
    return samples;
}

/// Two small files in place of all of the machine's interfaces.
Result<Sample> ContainerDriver::sampleOne(const std::string& id)
{
    EntryRef entry = TRY(find(id));
    TRY(requireRunning(*entry, true));
    std::unique_lock lock(entry->mutex);
    auto cgroup = entry->cgroup;
    bool linked = !entry->record.link.address.empty();
    lock.unlock();
    if (!cgroup)
        return fail(Code::WrongState, "it does not run");
    int64_t time = monotonicNanoseconds();
    Sample s = sampleFrom(TRY(cgroup->statistics(cgroups::Cgroup::Detail::Changes)), time);
    if (linked) {
        std::string counters = fmt::format("/sys/class/net/{}/statistics/", vethName(id));
        s.receivedBytes = leadingNumber(readFile(counters + "tx_bytes").value_or(""));
        s.sentBytes = leadingNumber(readFile(counters + "rx_bytes").value_or(""));
    }
    return s;
}

} // namespace diptych::containers
