#include "cgroups/ceilings.h"
#include "base/files.h"

#include <algorithm>
#include <charconv>

namespace diptych::cgroups {

namespace {

constexpr double largestLimit = 0x7fffffffffff0000; ///< v1 writes "none" as the largest page-aligned number

double decimal(std::string_view text)
{
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void addFile(const std::string& directory, const char* name, const std::string& group, std::vector<Ceiling>& found)
{
    std::string file = directory + "/" + name;
    auto text = readFile(file);
    if (!text)
        return;
    std::string value(trim(*text));
    double amount = decimal(value); // "max" and "-1" are no limit
    found.push_back({group, file, value, amount > 0 && amount < largestLimit ? amount : 0});
}

/// "50000 100000" of v2; two files in v1.
void addCpu(const std::string& directory, bool version1, const std::string& group, std::vector<Ceiling>& found)
{
    std::string file = directory + (version1 ? "/cpu.cfs_quota_us" : "/cpu.max");
    auto text = readFile(file);
    if (!text)
        return;
    std::string value(trim(*text));
    if (version1)
        value += " " + std::string(trim(readFile(directory + "/cpu.cfs_period_us").value_or("")));
    auto parts = split(value, ' ');
    double quota = decimal(parts[0]), period = parts.size() > 1 ? decimal(parts[1]) : 0;
    found.push_back({group, file, value, quota > 0 && period > 0 ? quota / period : 0});
}

/// Old kernels could leave the groups below out of a v1 group's account.
bool countsBelow(const std::string& directory)
{
    return trim(readFile(directory + "/memory.use_hierarchy").value_or("1")) != "0";
}

} // namespace

bool isVersion1(const Hierarchies& hierarchies, const std::string& controller)
{
    return hierarchies.controllers.contains(controller);
}

std::string directoryOf(const Hierarchies& hierarchies, const std::string& controller, const std::string& path)
{
    std::string below = path == "/" ? "" : path;
    if (auto v1 = hierarchies.controllers.find(controller); v1 != hierarchies.controllers.end())
        return v1->second + below;
    const auto& names = hierarchies.unifiedControllers;
    if (std::find(names.begin(), names.end(), controller) == names.end())
        return {};
    return hierarchies.unified + below;
}

std::vector<Ceiling> ceilings(const Hierarchies& hierarchies, const std::string& controller, const std::string& path)
{
    std::vector<Ceiling> found;
    bool version1 = isVersion1(hierarchies, controller);
    // Outside of our cgroup namespace nothing can be read.
    if (path.empty() || path[0] != '/' || path.find("/..") != std::string::npos)
        return found;
    for (std::string group = path;; group.erase(group.rfind('/'))) {
        std::string shown = group.empty() ? "/" : group;
        std::string directory = directoryOf(hierarchies, controller, shown);
        bool own = shown == path;
        if (directory.empty())
            return found;
        if (controller == "memory" && version1 && (own || countsBelow(directory)))
            addFile(directory, "memory.limit_in_bytes", shown, found);
        if (controller == "memory" && !version1) {
            addFile(directory, "memory.max", shown, found);
            addFile(directory, "memory.high", shown, found);
        }
        if (controller == "cpu")
            addCpu(directory, version1, shown, found);
        if (controller == "pids")
            addFile(directory, "pids.max", shown, found);
        if (group.empty() || group == "/")
            return found;
    }
}

} // namespace diptych::cgroups
