#include "machines/driver.h"

#include "base/files.h"
#include "base/names.h"
#include "base/process.h"
#include "cgroups/cgroup.h"

#include <charconv>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::machines {

bool isQemuOf(int pid, const std::string& id)
{
    auto line = readFile(fmt::format("/proc/{}/cmdline", pid), size_t{1} << 20);
    if (!line)
        return false;
    std::string wanted = std::string("-uuid") + '\0' + id + '\0';
    return line->find(wanted) != std::string::npos;
}

int findQemu(const std::string& id, const std::string& name)
{
    if (auto text = readFile(fmt::format("/run/libvirt/qemu/{}.pid", name), 64)) {
        int pid = 0;
        std::string_view number = trim(*text);
        std::from_chars(number.data(), number.data() + number.size(), pid);
        if (pid > 0 && isQemuOf(pid, id))
            return pid;
    }
    // Another libvirt's directory, or a session's.
    auto processes = listDirectory("/proc");
    for (const std::string& entry : processes ? *processes : std::vector<std::string>{}) {
        int pid = 0;
        auto [end, error] = std::from_chars(entry.data(), entry.data() + entry.size(), pid);
        if (error == std::errc() && *end == '\0' && pid > 0 && isQemuOf(pid, id))
            return pid;
    }
    return 0;
}

int MachineDriver::pidOf(const std::string& id, const std::string& name)
{
    LiveRef machine = live(id);
    int known;
    {
        std::lock_guard lock(m_mutex);
        known = machine->pid;
    }
    if (known && isQemuOf(known, id))
        return known;
    int found = findQemu(id, name);
    std::lock_guard lock(m_mutex);
    machine->pid = found;
    return found;
}

std::string cgroupOf(int pid)
{
    auto text = readFile(fmt::format("/proc/{}/cgroup", pid));
    std::string path;
    for (std::string_view line : split(text.value_or(""), '\n')) {
        auto fields = split(line, ':');
        if (fields.size() < 3)
            continue;
        // Of v1 the CPU's, else what v2 says.
        auto controllers = split(fields[1], ',');
        bool cpu = std::find(controllers.begin(), controllers.end(), "cpu") != controllers.end();
        if (cpu || path.empty())
            path = fields[2];
        if (cpu)
            break;
    }
    for (std::string_view part : {"/emulator", "/libvirt"}) {
        if (path.ends_with(part))
            path.erase(path.size() - part.size());
    }
    return path;
}

namespace {

Json cgroupFacts(int pid)
{
    Json facts = {{"path", cgroupOf(pid)}};
    auto hierarchies = cgroups::findHierarchies();
    if (!hierarchies)
        return facts;
    auto group = cgroups::Cgroup::open(*hierarchies, facts["path"].get<std::string>());
    if (!group)
        return facts;
    Json files = Json::array();
    for (const auto& [controller, directory] : group->directories()) {
        for (const char* name : {"cpu.cfs_quota_us", "cpu.cfs_period_us", "cpu.max", "cpu.stat",
                                 "memory.limit_in_bytes", "memory.max", "pids.max"}) {
            std::string path = directory + "/" + name;
            if (auto value = readFile(path))
                files.push_back({{"path", path}, {"name", name}, {"value", std::string(trim(*value))}});
        }
    }
    facts["files"] = std::move(files);
    facts["directories"] = group->directories();
    return facts;
}

Json diskFacts(const DomainInfo& info)
{
    Json disks = Json::array();
    for (const DiskInfo& disk : info.disks) {
        Json facts = {{"target", disk.target},
                      {"path", disk.path},
                      {"format", disk.format},
                      {"backing", disk.backing},
                      {"device", disk.device}};
        struct stat status
        {
        };
        if (!disk.path.empty() && stat(disk.path.c_str(), &status) == 0)
            facts["allocatedBytes"] = static_cast<uint64_t>(status.st_blocks) * 512;
        disks.push_back(std::move(facts));
    }
    Json facts = disks.empty() ? Json::object() : disks.front();
    facts["type"] = "image"; // a file with sectors, where a container has an overlay
    facts["disks"] = std::move(disks);
    return facts;
}

/// What the balloon's driver inside counts, in bytes; without one only what the host knows.
Json balloonFacts(virDomainPtr domain)
{
    static constexpr std::pair<int, const char*> names[] = {
        {VIR_DOMAIN_MEMORY_STAT_ACTUAL_BALLOON, "actual"}, {VIR_DOMAIN_MEMORY_STAT_AVAILABLE, "available"},
        {VIR_DOMAIN_MEMORY_STAT_UNUSED, "unused"},         {VIR_DOMAIN_MEMORY_STAT_USABLE, "usable"},
        {VIR_DOMAIN_MEMORY_STAT_DISK_CACHES, "caches"},    {VIR_DOMAIN_MEMORY_STAT_RSS, "rss"}};
    virDomainMemoryStatStruct statistics[VIR_DOMAIN_MEMORY_STAT_NR];
    int count = virDomainMemoryStats(domain, statistics, VIR_DOMAIN_MEMORY_STAT_NR, 0);
    Json facts = Json::object();
    for (int i = 0; i < count; ++i)
        for (auto [tag, name] : names)
            if (statistics[i].tag == tag)
                facts[name] = uint64_t{statistics[i].val} * 1024;
    return facts;
}

Json networkFacts(const DomainInfo& info)
{
    if (info.interfaces.empty())
        return {{"mode", "none"}};
    const InterfaceInfo& first = info.interfaces.front();
    return {{"mode", "nat"},       {"network", first.network},   {"bridge", first.bridge},
            {"tap", first.tap},    {"hostInterface", first.tap}, {"mac", first.mac},
            {"model", first.model}};
}

} // namespace

Result<Json> MachineDriver::hostFacts(const std::string& id)
{
    Seen seen = TRY(look(id));
    const DomainInfo& info = seen.info;
    Json facts = {{"disk", diskFacts(info)}, {"network", networkFacts(info)}};
    facts["domain"] = {{"name", info.name},
                       {"type", info.type},
                       {"acceleration", info.type == "kvm" ? "kvm" : "tcg"},
                       {"machine", info.machine},
                       {"architecture", info.architecture},
                       {"firmware", info.firmware},
                       {"kernel", info.kernel},
                       {"vcpus", info.cpus},
                       {"maximumVcpus", info.maximumCpus},
                       {"memory", info.currentMemory},
                       {"maximumMemory", info.memory},
                       {"quota", info.quota},
                       {"period", info.period},
                       {"devices", info.devices},
                       {"console", info.console},
                       {"securityModel", info.securityModel},
                       {"securityLabel", info.label}};
    int pid = seen.active ? pidOf(id, info.name) : 0;
    if (seen.active)
        facts["balloon"] = balloonFacts(seen.domain.get());
    if (pid) {
        facts["process"] = processFacts(pid);
        facts["cgroup"] = cgroupFacts(pid);
    }
    return facts;
}

Result<Json> MachineDriver::probe(const std::string& id)
{
    Seen seen = TRY(look(id));
    return ask(id, seen, {{"method", "Probe"}}, std::chrono::seconds(15));
}

Result<std::vector<Process>> MachineDriver::processes(const std::string& id)
{
    Json seen = TRY(probe(id));
    std::vector<Process> processes;
    auto list = seen.find("processes");
    if (list == seen.end() || !list->is_array())
        return processes;
    // A guest says this: every field may be missing or of another type.
    auto number = [](const Json& entry, const char* key) {
        auto found = entry.find(key);
        return found != entry.end() && found->is_number_integer() ? found->get<int64_t>() : int64_t{0};
    };
    for (const Json& entry : *list) {
        if (!entry.is_object())
            continue;
        Process process; // pid stays 0: no process of the host
        process.insidePid = static_cast<int>(number(entry, "pid"));
        process.user = std::to_string(number(entry, "uid"));
        process.memory = static_cast<uint64_t>(std::max<int64_t>(number(entry, "memory"), 0));
        if (auto command = entry.find("command"); command != entry.end() && command->is_string())
            process.command = command->get<std::string>();
        processes.push_back(std::move(process));
    }
    return processes;
}

Result<uint64_t> MachineDriver::diskBytes(const std::string& id)
{
    Seen seen = TRY(look(id));
    uint64_t bytes = 0;
    if (seen.kept)
        bytes = TRY(diskUsage(filesOf(id).directory));
    struct stat status
    {
    };
    // The kernel is a link to what other machines use too.
    if (seen.kept && stat(filesOf(id).kernel().c_str(), &status) == 0 && status.st_nlink > 1)
        bytes -= std::min(bytes, static_cast<uint64_t>(status.st_blocks) * 512);
    for (const DiskInfo& disk : seen.info.disks) {
        if (!seen.kept && !disk.path.empty() && stat(disk.path.c_str(), &status) == 0 && S_ISREG(status.st_mode))
            bytes += static_cast<uint64_t>(status.st_blocks) * 512;
    }
    return bytes;
}

} // namespace diptych::machines
