#include "daemon/host.h"

#include "base/clock.h"
#include "base/files.h"

#include <charconv>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace diptych {

std::string cgroupModeFrom(std::string_view mountinfo)
{
    bool unifiedAtTop = false, v1 = false, v2 = false;
    for (std::string_view line : split(mountinfo, '\n')) {
        auto fields = split(line, ' ');
        auto dash = std::find(fields.begin(), fields.end(), "-");
        if (fields.size() < 5 || dash == fields.end() || dash + 1 == fields.end())
            continue;
        std::string_view type = *(dash + 1);
        v1 = v1 || type == "cgroup";
        v2 = v2 || type == "cgroup2";
        unifiedAtTop = unifiedAtTop || (type == "cgroup2" && fields[4] == "/sys/fs/cgroup");
    }
    if (unifiedAtTop || (v2 && !v1))
        return "unified";
    return v1 && v2 ? "hybrid" : v1 ? "legacy" : "none";
}

std::vector<Missing> missingFeatures(const std::string& cgroupMode)
{
    std::vector<Missing> missing;
    if (cgroupMode == "none")
        missing.push_back({"cgroup2", "no control groups are mounted: limits and statistics are not available",
                           "mount -t cgroup2 none /sys/fs/cgroup"});
    else if (cgroupMode != "unified")
        missing.push_back({"cgroup2", fmt::format("control groups are mounted as {}: version 1 is used", cgroupMode),
                           "boot with systemd.unified_cgroup_hierarchy=1"});
    auto limit = readFile("/proc/sys/user/max_user_namespaces");
    if (!exists("/proc/self/ns/user") || (limit && trim(*limit) == "0"))
        missing.push_back(
            {"userNamespaces", "the kernel allows no user namespaces", "sysctl user.max_user_namespaces=15000"});
    return missing;
}

/// The value of NAME=value, without quotes.
static std::string variable(const std::string& text, std::string_view name)
{
    for (std::string_view line : split(text, '\n')) {
        if (line.substr(0, name.size()) != name || line.size() <= name.size() || line[name.size()] != '=')
            continue;
        std::string_view value = trim(line.substr(name.size() + 1));
        if (value.size() >= 2 && (value.front() == '"' || value.front() == '\''))
            value = value.substr(1, value.size() - 2);
        return std::string(value);
    }
    return {};
}

static std::string cpuModel()
{
    auto text = readFile("/proc/cpuinfo", size_t{4} << 20);
    if (!text)
        return {};
    for (std::string_view line : split(*text, '\n')) {
        size_t colon = line.find(':');
        if (colon != std::string_view::npos &&
            (trim(line.substr(0, colon)) == "model name" || trim(line.substr(0, colon)) == "Model"))
            return std::string(trim(line.substr(colon + 1)));
    }
    return {};
}

static int64_t bootedAt()
{
    auto text = readFile("/proc/uptime", 256);
    double seconds = text ? strtod(text->c_str(), nullptr) : 0;
    return unixMilliseconds() - static_cast<int64_t>(seconds * 1000);
}

Json hostFacts()
{
    utsname system{};
    uname(&system);
    struct sysinfo info
    {
    };
    sysinfo(&info);
    std::string release = readFile("/etc/os-release").value_or("");
    std::string pretty = variable(release, "PRETTY_NAME");
    std::string mode = cgroupModeFrom(readFile("/proc/self/mountinfo").value_or(""));
    return {{"hostname", system.nodename},
            {"system", pretty.empty() ? "Linux" : pretty},
            {"kernel", system.release},
            {"bootId", trim(readFile("/proc/sys/kernel/random/boot_id").value_or(""))},
            {"architecture", system.machine},
            {"cpus", sysconf(_SC_NPROCESSORS_ONLN)},
            {"cpuModel", cpuModel()},
            {"memory", static_cast<uint64_t>(info.totalram) * info.mem_unit},
            {"cgroupMode", mode},
            {"bootedAt", bootedAt()}};
}

} // namespace diptych
