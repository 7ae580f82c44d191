// A workload of others, told from outside: in the shape of what the inside would say, and of what a driver knows.
#include "base/files.h"
#include "base/process.h"
#include "cgroups/ceilings.h"
#include "isolation/workloads.h"

#include <algorithm>
#include <charconv>

namespace diptych::isolation {

namespace {

/// Type and source of the last mount on "/", as mountinfo has it after " - ".
Json rootMount(const std::string& directory)
{
    Json root = Json::object();
    std::string text = readFile(directory + "/mountinfo").value_or("");
    for (std::string_view line : split(text, '\n')) {
        size_t dash = line.find(" - ");
        auto front = split(line.substr(0, dash), ' ');
        if (dash == std::string_view::npos || front.size() < 5 || front[4] != "/")
            continue;
        auto back = split(line.substr(dash + 3), ' ');
        root = {{"type", std::string(back[0])}, {"source", back.size() > 1 ? std::string(back[1]) : ""}};
    }
    return root;
}

/// Of its network namespace, whoever looks.
Json interfacesOf(const std::string& directory)
{
    Json list = Json::array();
    std::string text = readFile(directory + "/net/dev").value_or("");
    for (std::string_view line : split(text, '\n'))
        if (size_t colon = line.find(':'); colon != std::string_view::npos)
            list.push_back({{"name", std::string(trim(line.substr(0, colon)))}, {"driver", ""}});
    return list;
}

Json processesInside(const Workload& workload, const std::string& proc)
{
    Json list = Json::array();
    for (int pid : workload.processes) {
        std::string directory = fmt::format("{}/{}", proc, pid);
        auto status = readFile(directory + "/status");
        if (!status || list.size() >= 1000)
            continue;
        std::string_view numbers = statusField(*status, "NSpid");
        size_t last = numbers.find_last_of(" \t");
        list.push_back({{"pid", leadingNumber(numbers.substr(last == std::string_view::npos ? 0 : last + 1))},
                        {"uid", leadingNumber(statusField(*status, "Uid"))},
                        {"memory", leadingNumber(statusField(*status, "VmRSS")) * 1024},
                        {"command", commandLine(directory, *status).substr(0, 256)}});
    }
    return list;
}

Json capabilityBits(std::string_view hex)
{
    uint64_t set = 0;
    std::from_chars(hex.data(), hex.data() + hex.size(), set, 16);
    Json bits = Json::array();
    for (int bit = 0; bit < 64; ++bit)
        if (set >> bit & 1)
            bits.push_back(bit);
    return bits;
}

uint64_t insideUser(const Json& map, uint64_t outside)
{
    for (const Json& range : map)
        if (auto first = range[1].get<uint64_t>(); outside >= first && outside - first < range[2].get<uint64_t>())
            return range[0].get<uint64_t>() + (outside - first);
    return outside;
}

uint64_t processorsOf(std::string_view list)
{
    uint64_t count = 0;
    for (std::string_view range : split(trim(list), ',')) {
        size_t dash = range.find('-');
        uint64_t first = leadingNumber(range);
        count += dash == std::string_view::npos ? 1 : leadingNumber(range.substr(dash + 1)) - first + 1;
    }
    return count;
}

/// "-m 256", "-m size=1G,slots=2": bytes.
uint64_t memoryArgument(std::string_view text)
{
    if (text.starts_with("size="))
        text.remove_prefix(5);
    uint64_t value = leadingNumber(text);
    size_t unit = text.find_first_not_of("0123456789");
    switch (unit == std::string_view::npos ? 'M' : text[unit]) {
    case 'k':
    case 'K':
        return value << 10;
    case 'g':
    case 'G':
        return value << 30;
    case 't':
    case 'T':
        return value << 40;
    case 'b':
        return value;
    default:
        return value << 20;
    }
}

/// As far as the command line says it.
Json domainOf(const Workload& workload)
{
    auto words = split(workload.command, ' ');
    auto after = [&words](std::string_view option) {
        for (size_t i = 0; i + 1 < words.size(); ++i)
            if (words[i] == option)
                return words[i + 1];
        return std::string_view();
    };
    bool kvm = workload.command.find("-enable-kvm") != std::string::npos || after("-accel").starts_with("kvm") ||
               after("-machine").find("accel=kvm") != std::string_view::npos || after("-cpu").starts_with("host");
    std::string_view smp = after("-smp");
    if (size_t at = smp.find("cpus="); at != std::string_view::npos)
        smp.remove_prefix(at + 5);
    uint64_t memory = after("-m").empty() ? uint64_t{128} << 20 : memoryArgument(after("-m"));
    return {{"name", workload.name}, {"type", kvm ? "kvm" : "qemu"},
            {"insideUnknown", true}, {"vcpus", std::max<uint64_t>(leadingNumber(smp), 1)},
            {"memory", memory},      {"maximumMemory", memory}};
}

Json groupFiles(const Workload& workload, const ResourceSources& sources)
{
    static constexpr std::pair<const char*, const char*> wanted[] = {
        {"cpu", "cpu.max"},       {"cpu", "cpu.cfs_quota_us"},         {"cpu", "cpu.cfs_period_us"},
        {"memory", "memory.max"}, {"memory", "memory.limit_in_bytes"}, {"pids", "pids.max"},
        {"io", "io.max"},         {"devices", "devices.list"}};
    Json files = Json::array();
    for (auto [controller, name] : wanted) {
        std::string directory = cgroups::directoryOf(sources.hierarchies, controller, workload.group);
        if (auto text = readFile(directory + "/" + name); text && !directory.empty())
            files.push_back({{"path", directory + "/" + name}, {"name", name}, {"value", std::string(trim(*text))}});
    }
    return files;
}

} // namespace

Json outsideProbe(const Workload& workload, const HostIdentity& host, const ResourceSources& sources)
{
    std::string directory = fmt::format("{}/{}", sources.proc, workload.pid);
    std::string status = readFile(directory + "/status").value_or("");
    Json map = idMap(directory + "/uid_map");
    uint64_t uid = leadingNumber(statusField(status, "Uid"));
    Json probe = {{"kernel", {{"bootId", host.bootId}, {"release", host.release}}},
                  {"ids", {{"uid", insideUser(map, uid)}, {"uidMap", map}, {"gidMap", idMap(directory + "/gid_map")}}},
                  {"namespaces", namespaceLinks(std::to_string(workload.pid), sources.proc)},
                  {"root", rootMount(directory)},
                  {"interfaces", interfacesOf(directory)},
                  {"processes", processesInside(workload, sources.proc)},
                  {"init", {{"pid", 1}, {"command", workload.command}}},
                  {"capabilities", {{"effective", capabilityBits(statusField(status, "CapEff"))}}},
                  {"seccomp",
                   {{"mode", leadingNumber(statusField(status, "Seccomp"))},
                    {"filters", leadingNumber(statusField(status, "Seccomp_filters"))}}},
                  {"noNewPrivileges", statusField(status, "NoNewPrivs") == "1"},
                  {"limits", {{"cpus", processorsOf(statusField(status, "Cpus_allowed_list"))}}}};
    return probe;
}

Json outsideFacts(const Workload& workload, const ResourceSources& sources)
{
    Json facts = {{"process", processFacts(workload.pid)}, {"processes", workload.processes}};
    facts["cgroup"] = {{"path", workload.group},
                       {"files", workload.group.empty() ? Json::array() : groupFiles(workload, sources)}};
    if (workload.form == "machine")
        facts["domain"] = domainOf(workload);
    return facts;
}

} // namespace diptych::isolation
