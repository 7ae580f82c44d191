// Rows about what a machine has: files, network, memory, processors, devices.
#include "isolation/facts.h"

#include <algorithm>
#include <charconv>

namespace diptych::isolation {

using Kernel = Facts::Kernel;

Row filesRow(const Facts& facts)
{
    std::string type = facts.insideText({"root", "type"}), source = facts.insideText({"root", "source"});
    std::vector<Evidence> evidence{{"root file system inside", fmt::format("{} on {}", type, source),
                                    "/proc/self/mountinfo", commandInside(facts, "cat /proc/self/mountinfo")}};
    auto bytes = Facts::numberOf(facts.outside({"disk", "bytes"}));
    if (!bytes)
        bytes = Facts::numberOf(facts.outside({"disk", "allocatedBytes"}));
    std::map<std::string, std::string> values{{"type", type}, {"source", source}};
    if (bytes)
        values["bytes"] = humanBytes(*bytes);
    if (facts.kernel() == Kernel::Other) {
        std::string path = facts.outsideText({"disk", "path"}), format = facts.outsideText({"disk", "format"});
        evidence.push_back(
            {"disk on the host", path, "libvirt domain XML", path.empty() ? "" : "qemu-img info -U " + path});
        values["format"] = format;
        return makeRow("files", Wall::Own, format.empty() ? "filesOwn" : "filesOwnDisk", values, evidence);
    }
    addNamespace(facts, "mnt", evidence);
    std::string upper = facts.outsideText({"disk", "upper"});
    evidence.push_back({"writable layer on the host", upper, "mount options", upper.empty() ? "" : "du -sh " + upper});
    auto shared = facts.sharesNamespace("mnt");
    if (!shared)
        return notMeasured("files", "the mount namespace could not be read");
    if (*shared)
        return makeRow("files", Wall::Shared, "filesHost", values, evidence);
    const Json* lower = facts.outside({"disk", "lower"});
    bool layers = type == "overlay" && lower && lower->is_array();
    if (layers)
        values["layers"] = std::to_string(lower->size());
    return makeRow("files", Wall::Divided, layers ? "filesOverlay" : "filesMounts", values, evidence);
}

namespace {
struct Cards
{
    std::string names, driver; ///< of all but the loopback; the first one's driver
    size_t count = 0;
};

Cards cardsOf(const Json* interfaces)
{
    Cards cards;
    if (!interfaces || !interfaces->is_array())
        return cards;
    for (const Json& card : *interfaces) {
        std::string name =
            card.is_object() ? card.value("name", Json()).is_string() ? card["name"].get<std::string>() : "" : "";
        // Tunnel devices that the kernel puts into each new namespace are no way out of it.
        if (name.empty() || name == "lo")
            continue;
        if (cards.count++ == 0)
            cards.driver = card.value("driver", Json()).is_string() ? card["driver"].get<std::string>() : "";
        cards.names += (cards.names.empty() ? "" : ", ") + name;
    }
    return cards;
}

Row ownNetwork(const Facts& facts, const Cards& cards, std::map<std::string, std::string> values,
               std::vector<Evidence> evidence)
{
    std::string tap = facts.outsideText({"network", "tap"}), bridge = values["bridge"];
    values["tap"] = tap;
    evidence.push_back(
        {"interface on the host", tap, "libvirt domain XML", tap.empty() ? "" : "ip -d link show " + tap});
    if (cards.count == 0)
        return makeRow("network", Wall::Own, "netOwnNone", values, evidence);
    bool virtio = cards.driver == "virtio_net" && !tap.empty() && !bridge.empty();
    return makeRow("network", Wall::Own, virtio ? "netVirtio" : "netVirtual", values, evidence);
}
} // namespace

Row networkRow(const Facts& facts)
{
    Cards cards = cardsOf(facts.inside({"interfaces"}));
    std::string bridge = facts.outsideText({"network", "bridge"}), veth = facts.outsideText({"network", "veth"});
    std::map<std::string, std::string> values{{"driver", cards.driver}, {"bridge", bridge}, {"veth", veth}};
    std::vector<Evidence> evidence{
        {"interfaces inside", cards.names.empty() ? "lo" : cards.names, "getifaddrs(3)",
         commandInside(facts, "ip -br address")},
        {"driver inside", cards.driver, "ioctl(SIOCETHTOOL)", ""},
        {"bridge on the host", bridge, "libvirt network", bridge.empty() ? "" : "ip -br link show master " + bridge}};
    if (facts.kernel() == Kernel::Other)
        return ownNetwork(facts, cards, std::move(values), std::move(evidence));
    evidence.push_back({"interface on the host", veth, "rtnetlink(7)", veth.empty() ? "" : "ip -d link show " + veth});
    addNamespace(facts, "net", evidence);
    auto shared = facts.sharesNamespace("net");
    if (!shared)
        return notMeasured("network", "the network namespace could not be read");
    if (*shared)
        return makeRow("network", Wall::Shared, "netHost", values, evidence);
    if (cards.count == 0)
        return makeRow("network", Wall::Divided, "netNone", values, evidence);
    bool pair = cards.driver == "veth" && !bridge.empty();
    return makeRow("network", Wall::Divided, pair ? "netVeth" : "netNamespace", values, evidence);
}

Row memoryRow(const Facts& facts)
{
    auto total = Facts::numberOf(facts.inside({"limits", "memoryTotal"}));
    std::map<std::string, std::string> values{{"total", total ? humanBytes(*total) : "?"}};
    std::vector<Evidence> evidence{
        {"memory seen inside", total ? humanBytes(*total) : "", "/proc/meminfo",
         commandInside(facts, "grep MemTotal /proc/meminfo")},
        {"memory of the host", humanBytes(facts.host().memory), "/proc/meminfo", "grep MemTotal /proc/meminfo"}};
    auto file = facts.cgroupFile({"memory.max", "memory.limit_in_bytes"});
    if (file)
        evidence.push_back({"limit on the host", file->value, file->path, "cat " + file->path});
    if (facts.kernel() == Kernel::Other) {
        if (auto domain = Facts::numberOf(facts.outside({"domain", "memory"})))
            values["total"] = humanBytes(*domain);
        return makeRow("memory", Wall::Own, "memoryGuest", values, evidence);
    }
    Json value = file ? Json(file->value) : Json(facts.insideText({"limits", "memoryMax"}));
    auto limit = Facts::numberOf(&value);
    // Version 1 writes "no limit" as the largest number there is; more than the host has limits nothing.
    if (!limit || (facts.host().memory && *limit >= facts.host().memory)) {
        values["total"] = humanBytes(facts.host().memory);
        return makeRow("memory", Wall::Shared, "memoryUnlimited", values, evidence);
    }
    values["limit"] = humanBytes(*limit);
    return makeRow("memory", Wall::Divided, "memoryLimited", values, evidence);
}

namespace {
/// Cores of time: "50000 100000" is 0.5; nothing without a limit.
std::optional<double> coresOf(const std::string& quota, const std::string& period)
{
    double q = 0, p = 0;
    auto number = [](const std::string& text, double& into) {
        return std::from_chars(text.data(), text.data() + text.size(), into).ec == std::errc();
    };
    if (!number(quota, q) || !number(period, p) || q <= 0 || p <= 0)
        return std::nullopt;
    return q / p;
}

std::optional<double> cpuLimit(const Facts& facts, std::vector<Evidence>& evidence)
{
    std::string value = facts.insideText({"limits", "cpuMax"});
    if (auto file = facts.cgroupFile({"cpu.max"})) {
        value = file->value;
        evidence.push_back({"limit on the host", value, file->path, "cat " + file->path});
    } else if (auto quota = facts.cgroupFile({"cpu.cfs_quota_us"})) {
        auto period = facts.cgroupFile({"cpu.cfs_period_us"});
        value = quota->value + " " + (period ? period->value : "100000");
        evidence.push_back({"limit on the host", value, quota->path, "cat " + quota->path});
    }
    size_t space = value.find(' ');
    return coresOf(value.substr(0, space), space == std::string::npos ? "100000" : value.substr(space + 1));
}

Row ownCpu(const Facts& facts, std::map<std::string, std::string> values, std::vector<Evidence> evidence)
{
    std::string type = facts.domainType();
    if (std::string vcpus = facts.outsideText({"domain", "vcpus"}); !vcpus.empty())
        values["vcpus"] = vcpus;
    evidence.push_back({"type of the domain", type, "libvirt domain XML", ""});
    if (type == "kvm")
        return makeRow("cpu", Wall::Own, "cpuKvm", values, evidence);
    return makeRow("cpu", Wall::Emulated, type == "qemu" ? "cpuEmulated" : "cpuVirtual", values, evidence);
}
} // namespace

Row cpuRow(const Facts& facts)
{
    auto cpus = Facts::numberOf(facts.inside({"limits", "cpus"}));
    std::string count = cpus ? std::to_string(*cpus) : "?";
    std::map<std::string, std::string> values{
        {"cpus", count}, {"vcpus", count}, {"hostCpus", std::to_string(facts.host().cpus)}};
    std::vector<Evidence> evidence{
        {"processors inside", cpus ? count : "", "sched_getaffinity(2)", commandInside(facts, "nproc")},
        {"processors of the host", std::to_string(facts.host().cpus), "sysconf(3)", "nproc --all"}};
    auto limit = cpuLimit(facts, evidence);
    if (limit)
        values["cores"] = fmt::format("{:.4g}", *limit);
    if (facts.kernel() == Kernel::Other)
        return ownCpu(facts, std::move(values), std::move(evidence));
    if (limit)
        return makeRow("cpu", Wall::Divided, "cpuLimited", values, evidence);
    if (cpus && facts.host().cpus > 0 && *cpus < static_cast<uint64_t>(facts.host().cpus))
        return makeRow("cpu", Wall::Divided, "cpuSet", values, evidence);
    return makeRow("cpu", Wall::Shared, "cpuUnlimited", values, evidence);
}

namespace {
/// Whether a device of the host itself was given to the domain.
bool passesThrough(const Json* devices)
{
    if (!devices || !devices->is_array())
        return false;
    return std::any_of(devices->begin(), devices->end(), [](const Json& device) {
        for (const Json& word : device.is_object() ? device : Json::array({device}))
            if (word.is_string() && word.get_ref<const std::string&>().find("hostdev") != std::string::npos)
                return true;
        return false;
    });
}
} // namespace

Row devicesRow(const Facts& facts)
{
    const Json* nodes = facts.inside({"devices"});
    const Json* pci = facts.inside({"pci"});
    auto size = [](const Json* list) { return list && list->is_array() ? list->size() : size_t{0}; };
    size_t disks = 0;
    for (size_t i = 0; i < size(nodes); ++i)
        disks += (*nodes)[i].is_object() && (*nodes)[i].value("kind", Json()) == "block";
    std::vector<Evidence> evidence{{"device nodes inside", std::to_string(size(nodes)), "/dev",
                                    commandInside(facts, "find /dev -type b -o -type c")},
                                   {"PCI devices inside", std::to_string(size(pci)), "/sys/bus/pci/devices",
                                    commandInside(facts, "ls /sys/bus/pci/devices")}};
    if (facts.kernel() == Kernel::Other) {
        bool passed = passesThrough(facts.outside({"domain", "devices"}));
        evidence.push_back(
            {"devices of the domain", facts.outsideText({"domain", "devices"}), "libvirt domain XML", ""});
        return makeRow("devices", passed ? Wall::Shared : Wall::Own, passed ? "devicesPassed" : "devicesVirtual",
                       {{"count", std::to_string(size(pci))}}, evidence);
    }
    if (auto rules = facts.cgroupFile({"devices.list"}))
        evidence.push_back({"devices allowed on the host", rules->value, rules->path, "cat " + rules->path});
    addNamespace(facts, "mnt", evidence);
    std::map<std::string, std::string> values{{"count", std::to_string(size(nodes))}, {"disks", std::to_string(disks)}};
    auto shared = facts.sharesNamespace("mnt");
    if (!nodes || !shared)
        return notMeasured("devices", "/dev or the mount namespace could not be read");
    if (*shared)
        return makeRow("devices", Wall::Shared, "devicesHost", values, evidence);
    return makeRow("devices", disks ? Wall::Shared : Wall::Divided, disks ? "devicesDisks" : "devicesNodes", values,
                   evidence);
}

} // namespace diptych::isolation
