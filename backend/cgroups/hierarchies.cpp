#include "base/files.h"
#include "cgroups/cgroup.h"

#include <algorithm>
#include <array>

namespace diptych::cgroups {

namespace {

struct Mount
{
    std::string root, point, type, options;
};

// proc(5): space, tab, newline and backslash are written as \ooo.
std::string unescape(std::string_view text)
{
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 3 < text.size()) {
            int value = (text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0');
            out += static_cast<char>(value);
            i += 3;
        } else {
            out += text[i];
        }
    }
    return out;
}

// "31 30 0:28 / /sys/fs/cgroup/cpu rw,relatime shared:1 - cgroup cgroup rw,cpu"
bool parseMount(std::string_view line, Mount& mount)
{
    size_t dash = line.find(" - ");
    if (dash == std::string_view::npos)
        return false;
    auto front = split(line.substr(0, dash), ' ');
    auto back = split(line.substr(dash + 3), ' ');
    if (front.size() < 6 || back.size() < 3)
        return false;
    mount = {unescape(front[3]), unescape(front[4]), std::string(back[0]), std::string(back[2])};
    return true;
}

bool isController(std::string_view option)
{
    static constexpr std::array known{"cpu",      "cpuacct", "cpuset",     "memory",  "devices", "freezer", "net_cls",
                                      "net_prio", "blkio",   "perf_event", "hugetlb", "pids",    "rdma",    "misc"};
    return option.starts_with("name=") || std::find(known.begin(), known.end(), option) != known.end();
}

void addMount(const Mount& mount, Hierarchies& found)
{
    if (mount.type == "cgroup2" && found.unified.empty()) {
        found.unified = mount.point;
        if (mount.root != "/")
            found.roots[""] = mount.root;
    }
    if (mount.type != "cgroup")
        return;
    for (std::string_view option : split(mount.options, ','))
        if (isController(option) && found.controllers.emplace(option, mount.point).second && mount.root != "/")
            found.roots[std::string(option)] = mount.root;
}

Mode modeOf(const Hierarchies& found)
{
    bool legacy = std::any_of(found.controllers.begin(), found.controllers.end(),
                              [](const auto& entry) { return !entry.first.starts_with("name="); });
    if (!found.unified.empty())
        return legacy ? Mode::Hybrid : Mode::Unified;
    return legacy ? Mode::Legacy : Mode::None;
}

} // namespace

Hierarchies hierarchiesFrom(std::string_view text, const std::string& filesystems)
{
    std::vector<Mount> usual, elsewhere;
    for (std::string_view line : split(text, '\n')) {
        Mount mount;
        if (!parseMount(line, mount) || !mount.type.starts_with("cgroup"))
            continue;
        bool here = mount.point == filesystems || mount.point.starts_with(filesystems + "/");
        (here ? usual : elsewhere).push_back(std::move(mount));
    }
    Hierarchies found;
    // Tools mount single controllers in odd places too; where everybody looks comes first. Of mounts on top of each
    // other the last one is seen.
    std::reverse(usual.begin(), usual.end());
    for (const Mount& mount : usual)
        addMount(mount, found);
    for (const Mount& mount : elsewhere)
        addMount(mount, found);
    found.mode = modeOf(found);
    return found;
}

Result<Hierarchies> findHierarchies(const std::string& mountinfo, const std::string& filesystems)
{
    Hierarchies found = hierarchiesFrom(TRY(readFile(mountinfo)), filesystems);
    if (!found.unified.empty()) {
        std::string controllers = TRY(readFile(found.unified + "/cgroup.controllers"));
        for (std::string_view name : split(trim(controllers), ' '))
            if (!name.empty())
                found.unifiedControllers.emplace_back(name);
    }
    return found;
}

} // namespace diptych::cgroups
