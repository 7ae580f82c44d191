#include "cgroups/tree.h"
#include "base/files.h"

#include <algorithm>
#include <charconv>
#include <dirent.h>
#include <fcntl.h>
#include <set>

namespace diptych::cgroups {

namespace {

constexpr int deepest = 64;

/// The number that follows key, "some avg10=" and the like; 0 without.
double after(std::string_view text, std::string_view key)
{
    size_t at = text.find(key);
    if (at == std::string_view::npos)
        return 0;
    text.remove_prefix(at + key.size());
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::optional<int64_t> numberAt(int directory, const char* file)
{
    auto text = readFileAt(directory, file);
    if (!text)
        return {};
    std::string_view trimmed = trim(*text);
    int64_t value = 0;
    if (std::from_chars(trimmed.data(), trimmed.data() + trimmed.size(), value).ec != std::errc())
        return {};
    return value;
}

void collect(int directory, const std::string& path, std::set<std::string>& paths, size_t limit, int depth)
{
    auto fd = openFileAt(directory, ".", O_RDONLY | O_DIRECTORY);
    DIR* stream = fd ? ::fdopendir(fd->get()) : nullptr;
    if (stream == nullptr)
        return;
    (void)fd->release();
    while (dirent* entry = ::readdir(stream)) {
        std::string_view name(entry->d_name);
        if (entry->d_type != DT_DIR || name == "." || name == ".." || paths.size() > limit || depth == 0)
            continue;
        std::string below = path + '/' + std::string(name);
        paths.insert(below);
        if (auto child = openFileAt(::dirfd(stream), std::string(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
            collect(child->get(), below, paths, limit, depth - 1);
    }
    ::closedir(stream);
}

std::set<std::string> mountsOf(const Hierarchies& hierarchies)
{
    std::set<std::string> mounts;
    if (!hierarchies.unified.empty())
        mounts.insert(hierarchies.unified);
    for (const auto& [name, mount] : hierarchies.controllers)
        mounts.insert(mount);
    return mounts;
}

void readCpu(const Cgroup& group, Node& node)
{
    Cgroup::Place place = group.place("cpu");
    if (place.fd < 0)
        return;
    if (!place.v2) {
        int64_t quota = numberAt(place.fd, "cpu.cfs_quota_us").value_or(-1);
        int64_t period = numberAt(place.fd, "cpu.cfs_period_us").value_or(0);
        node.cpus = quota > 0 && period > 0 ? static_cast<double>(quota) / static_cast<double>(period) : 0;
        // The inverse of what README says of shares.
        int64_t shares = std::max<int64_t>(numberAt(place.fd, "cpu.shares").value_or(2), 2);
        node.cpuWeight = 1 + static_cast<uint64_t>(shares - 2) * 9999 / 262142;
        return;
    }
    std::string text = readFileAt(place.fd, "cpu.max").value_or("");
    auto parts = split(trim(text), ' ');
    double quota = 0, period = 0;
    if (parts.size() == 2) {
        std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), quota);
        std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), period);
    }
    node.cpus = period > 0 ? quota / period : 0;
    node.cpuWeight = static_cast<uint64_t>(numberAt(place.fd, "cpu.weight").value_or(0));
}

/// Where the processes are counted: a v1 machine may hold one in different groups of different hierarchies.
int mainDirectory(const Cgroup& group)
{
    for (const char* controller : {"pids", "memory", "cpu", "freezer"})
        if (Cgroup::Place place = group.place(controller); place.fd >= 0)
            return place.fd;
    return group.unifiedFd();
}

std::optional<Pressure> readPressure(const Cgroup& group)
{
    auto unified = group.directories().find("");
    if (unified == group.directories().end())
        return {};
    auto cpu = readFile(unified->second + "/cpu.pressure");
    auto memory = readFile(unified->second + "/memory.pressure");
    auto io = readFile(unified->second + "/io.pressure");
    if (!cpu || !memory || !io)
        return {};
    return Pressure{after(*cpu, "some avg10="), after(*memory, "some avg10="), after(*memory, "full avg10="),
                    after(*io, "some avg10=")};
}

std::vector<std::string> controllersOf(const Cgroup& group)
{
    std::vector<std::string> names;
    for (const char* name : {"cpu", "cpuset", "freezer", "hugetlb", "io", "blkio", "memory", "pids", "rdma"})
        if (group.place(name).fd >= 0)
            names.emplace_back(name);
    return names;
}

std::optional<Node> readNode(const Hierarchies& hierarchies, const std::string& path)
{
    auto group = Cgroup::open(hierarchies, path);
    auto statistics = group ? group->statistics() : tl::unexpected(group.error());
    if (!statistics)
        return {};
    Node node;
    node.path = path;
    node.statistics = *statistics;
    readCpu(*group, node);
    node.frozen = group->frozen().value_or(false);
    std::string procs = readFileAt(mainDirectory(*group), "cgroup.procs").value_or("");
    node.processes = static_cast<unsigned>(std::count(procs.begin(), procs.end(), '\n'));
    node.pressure = readPressure(*group);
    node.controllers = controllersOf(*group);
    return node;
}

/// The root limits nothing and some files are not there; what all use stands in the files of /proc.
Node rootNode(const Hierarchies& hierarchies)
{
    Node node;
    node.path = "/";
    std::string mount = hierarchies.unified;
    for (const char* controller : {"cpu", "memory", "pids"})
        if (auto it = hierarchies.controllers.find(controller); it != hierarchies.controllers.end())
            mount = it->second;
    std::string procs = readFile(mount + "/cgroup.procs").value_or("");
    node.processes = static_cast<unsigned>(std::count(procs.begin(), procs.end(), '\n'));
    node.controllers = hierarchies.unifiedControllers;
    for (const auto& [name, where] : hierarchies.controllers)
        if (!name.starts_with("name="))
            node.controllers.push_back(name);
    std::sort(node.controllers.begin(), node.controllers.end());
    return node;
}

} // namespace

Result<Tree> readTree(const Hierarchies& hierarchies, size_t limit)
{
    if (hierarchies.mode == Mode::None)
        return fail(Code::NotSupported, "this machine has no control groups mounted");
    std::set<std::string> paths;
    for (const std::string& mount : mountsOf(hierarchies))
        if (auto fd = openFile(mount, O_RDONLY | O_DIRECTORY))
            collect(fd->get(), "", paths, limit, deepest);
    Tree tree;
    tree.more = paths.size() > limit;
    tree.nodes.push_back(rootNode(hierarchies));
    for (const std::string& path : paths)
        if (auto node = readNode(hierarchies, path))
            tree.nodes.push_back(std::move(*node));
    return tree;
}

} // namespace diptych::cgroups
