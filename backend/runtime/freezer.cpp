#include "runtime/freezer.h"

#include "base/files.h"
#include "cgroups/cgroup.h"

namespace diptych::runtime {

void thawProcess(pid_t pid)
{
    auto text = readFile(fmt::format("/proc/{}/cgroup", pid));
    auto hierarchies = cgroups::findHierarchies();
    if (!text || !hierarchies)
        return;
    auto mounted = hierarchies->controllers.find("freezer");
    if (mounted == hierarchies->controllers.end())
        return;
    for (std::string_view line : split(*text, '\n')) {
        auto parts = split(line, ':');
        if (parts.size() < 3 || parts[1] != "freezer" || parts[2] == "/" ||
            parts[2].find("..") != std::string_view::npos)
            continue;
        (void)writeFile(fmt::format("{}{}/freezer.state", mounted->second, parts[2]), "THAWED");
    }
}

} // namespace diptych::runtime
