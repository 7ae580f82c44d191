// Rows about what stands between a process and the host beside namespaces: disk, capabilities, keys, security label.
#include "isolation/facts.h"

#include <bit>
#include <charconv>

namespace diptych::isolation {

using Kernel = Facts::Kernel;

namespace {

/// "000001ffffffffff" of /proc/PID/status; how many are set.
std::optional<int> bitsOf(const std::string& hex)
{
    uint64_t mask = 0;
    if (hex.empty() || std::from_chars(hex.data(), hex.data() + hex.size(), mask, 16).ptr != hex.data() + hex.size())
        return std::nullopt;
    return std::popcount(mask);
}

std::string statusCommand(const Facts& facts, const char* field)
{
    return facts.pid().empty() ? "" : fmt::format("grep {} /proc/{}/status", field, facts.pid());
}

/// The limit on bytes or requests in a second, of v2's io.max or v1's throttle files.
std::optional<Facts::CgroupFile> ioLimit(const Facts& facts)
{
    for (const char* name : {"io.max", "blkio.throttle.read_bps_device", "blkio.throttle.write_bps_device"})
        if (auto file = facts.cgroupFile({name}); file && !file->value.empty())
            return file;
    return std::nullopt;
}

} // namespace

Row diskRow(const Facts& facts)
{
    std::string path = facts.outsideText({"disk", "path"}), format = facts.outsideText({"disk", "format"});
    std::vector<Evidence> evidence;
    if (facts.kernel() == Kernel::Other) {
        std::string device = facts.insideText({"root", "source"});
        evidence.push_back({"disk inside", device, "/proc/self/mountinfo", ""});
        evidence.push_back(
            {"disk on the host", path, "libvirt domain XML", path.empty() ? "" : "qemu-img info -U " + path});
        return makeRow("disk", Wall::Emulated, path.empty() ? "diskVirtual" : "diskFile",
                       {{"device", device}, {"format", format}}, evidence);
    }
    auto limit = ioLimit(facts);
    if (limit)
        evidence.push_back({"limit on the host", limit->value, limit->path, "cat " + limit->path});
    if (auto weight = facts.cgroupFile({"io.weight", "blkio.weight"}))
        evidence.push_back({"share on the host", weight->value, weight->path, "cat " + weight->path});
    std::string upper = facts.outsideText({"disk", "upper"});
    evidence.push_back({"writable layer on the host", upper, "mount options", upper.empty() ? "" : "df " + upper});
    return makeRow("disk", limit ? Wall::Divided : Wall::Shared, limit ? "diskLimited" : "diskShared", {}, evidence);
}

Row capabilitiesRow(const Facts& facts)
{
    const Json* effective = facts.inside({"capabilities", "effective"});
    std::string inside = effective && effective->is_array() ? std::to_string(effective->size()) : "";
    std::string bounding = facts.outsideText({"process", "status", "CapBnd"});
    std::vector<Evidence> evidence{
        {"capabilities inside", inside, "/proc/self/status", ""},
        {"bounding set of the process on the host", bounding, "/proc/PID/status", statusCommand(facts, "CapBnd")},
        {"capabilities of the host", std::to_string(facts.host().capabilities), "/proc/sys/kernel/cap_last_cap",
         "cat /proc/sys/kernel/cap_last_cap"}};
    std::map<std::string, std::string> values{{"count", inside}, {"all", std::to_string(facts.host().capabilities)}};
    if (facts.kernel() == Kernel::Other) {
        auto outside = Facts::numberOf(facts.outside({"process", "uid"}));
        evidence.push_back({"uid of the process on the host", facts.outsideText({"process", "uid"}), "/proc/PID/status",
                            statusCommand(facts, "Uid")});
        bool root = outside.value_or(0) == 0 && outside.has_value();
        return makeRow("capabilities", Wall::Own, root ? "capabilitiesOwnRoot" : "capabilitiesOwn", values, evidence);
    }
    addNamespace(facts, "user", evidence);
    auto shared = facts.sharesNamespace("user");
    auto most = bitsOf(bounding);
    if (!most && effective && effective->is_array())
        most = static_cast<int>(effective->size());
    if (!shared || !most)
        return notMeasured("capabilities", "the capabilities or the user namespace could not be read");
    values["count"] = std::to_string(*most);
    if (*most == 0)
        return makeRow("capabilities", Wall::Divided, "capabilitiesNone", values, evidence);
    if (!*shared)
        return makeRow("capabilities", Wall::Divided, "capabilitiesNamespace", values, evidence);
    bool all = *most >= facts.host().capabilities;
    return makeRow("capabilities", all ? Wall::Shared : Wall::Divided, all ? "capabilitiesAll" : "capabilitiesSome",
                   values, evidence);
}

Row keysRow(const Facts& facts)
{
    std::vector<Evidence> evidence;
    if (facts.kernel() == Kernel::Other)
        return makeRow(
            "keys", Wall::Own, "keysOwn", {},
            {{"boot id inside", facts.insideText({"kernel", "bootId"}), "/proc/sys/kernel/random/boot_id", ""},
             {"boot id of the host", facts.host().bootId, "/proc/sys/kernel/random/boot_id",
              "cat /proc/sys/kernel/random/boot_id"}});
    addNamespace(facts, "user", evidence);
    auto shared = facts.sharesNamespace("user");
    if (!shared)
        return notMeasured("keys", "the user namespace could not be read");
    // keyrings(7): each user namespace has user keyrings of its own.
    return makeRow("keys", *shared ? Wall::Shared : Wall::Divided, *shared ? "keysHost" : "keysNamespace", {},
                   evidence);
}

Row labelRow(const Facts& facts)
{
    std::string label = facts.outsideText({"process", "label"});
    std::string file = facts.pid().empty() ? "" : fmt::format("/proc/{}/attr/current", facts.pid());
    std::vector<Evidence> evidence{
        {"security label of the process on the host", label, file, file.empty() ? "" : "cat " + file},
        {"security modules of the host", facts.host().securityModules, "/sys/kernel/security/lsm",
         "cat /sys/kernel/security/lsm"}};
    bool confined = !label.empty() && label != "unconfined" && label != "kernel";
    std::map<std::string, std::string> values{{"label", label}};
    if (facts.kernel() == Kernel::Other)
        return makeRow("label", Wall::Own, confined ? "labelOwnConfined" : "labelOwn", values, evidence);
    if (confined)
        return makeRow("label", Wall::Divided, "labelConfined", values, evidence);
    return makeRow("label", Wall::Shared, label.empty() ? "labelNone" : "labelUnconfined", values, evidence);
}

} // namespace diptych::isolation
