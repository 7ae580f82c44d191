#include "cgroups/cgroup.h"
#include "base/clock.h"
#include "base/files.h"
#include "cgroups/files.h"

#include <algorithm>
#include <charconv>
#include <dirent.h>
#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::cgroups {

Cgroup::Cgroup() : m_files(std::make_unique<Files>()) {}
Cgroup::~Cgroup() = default;
Cgroup::Cgroup(Cgroup&&) noexcept = default;
Cgroup& Cgroup::operator=(Cgroup&&) noexcept = default;

namespace {

Status checkPath(const std::string& path)
{
    if (path.size() < 2 || path[0] != '/' || path.size() > 1024 || path.find('\0') != std::string::npos)
        return failField("cgroupsPath", fmt::format("\"{}\" is no absolute control group path", path));
    for (std::string_view part : split(std::string_view(path).substr(1), '/'))
        if (part.empty() || part == "." || part == "..")
            return failField("cgroupsPath", fmt::format("\"{}\" must be normalised", path));
    return {};
}

std::string parentOf(const std::string& directory)
{
    return directory.substr(0, directory.find_last_of('/'));
}

// A new v1 cpuset group is empty, and no process can enter it before it has processors and memory nodes.
Status inheritCpuset(const std::string& directory, bool fresh)
{
    std::string parent = parentOf(directory);
    for (const char* name : {"/cpuset.cpus", "/cpuset.mems"}) {
        if (!fresh && !trim(TRY(readFile(directory + name))).empty())
            continue;
        std::string value = TRY(readFile(parent + name));
        // Somebody made the parent and did not get to it; the hierarchy's root is never empty.
        if (trim(value).empty() && parent.size() > 1) {
            TRY(inheritCpuset(parent, false));
            value = TRY(readFile(parent + name));
        }
        TRY(writeFile(directory + name, trim(value)));
    }
    return {};
}

// Controllers must be enabled in every ancestor. One that can't be is left out here: what needs it says so then.
void enableControllers(const std::string& directory)
{
    auto available = readFile(directory + "/cgroup.controllers");
    if (!available)
        return;
    auto enabled = readFile(directory + "/cgroup.subtree_control").value_or("");
    auto have = split(trim(enabled), ' ');
    for (std::string_view name : split(trim(*available), ' '))
        if (!name.empty() && std::find(have.begin(), have.end(), name) == have.end())
            (void)writeFile(directory + "/cgroup.subtree_control", fmt::format("+{}", name));
}

// All that the hierarchy has is enabled here already: so it is in the ancestors.
bool enablesAll(const std::string& directory, const std::vector<std::string>& controllers)
{
    auto enabled = readFile(directory + "/cgroup.subtree_control");
    if (!enabled)
        return false;
    auto have = split(trim(*enabled), ' ');
    return std::all_of(controllers.begin(), controllers.end(),
                       [&](auto& name) { return std::find(have.begin(), have.end(), name) != have.end(); });
}

Status makeOne(const std::string& directory, const std::string& controller, std::vector<std::string>& made)
{
    bool fresh = ::mkdir(directory.c_str(), 0755) == 0;
    if (fresh)
        made.push_back(directory);
    else if (errno != EEXIST)
        return failErrno(fmt::format("make control group {}", directory));
    if (controller == "cpuset")
        TRYX(inheritCpuset(directory, fresh), "prepare cpuset");
    return {};
}

Status makeGroup(const std::string& mount, const std::string& path, const std::string& controller,
                 const std::vector<std::string>& unified, std::vector<std::string>& made)
{
    // Mostly everything above is there since the first container.
    std::string whole = mount + path;
    if (!controller.empty() || enablesAll(parentOf(whole), unified))
        if (auto last = makeOne(whole, controller, made); last || last.error().systemError != ENOENT)
            return last;
    std::string directory = mount;
    for (std::string_view part : split(std::string_view(path).substr(1), '/')) {
        if (controller.empty())
            enableControllers(directory);
        directory += '/';
        directory += part;
        TRY(makeOne(directory, controller, made));
    }
    return {};
}

Result<std::vector<std::string>> subGroups(int directory)
{
    UniqueFd copy = TRY(openFileAt(directory, ".", O_RDONLY | O_DIRECTORY));
    DIR* stream = ::fdopendir(copy.get());
    if (stream == nullptr)
        return failErrno("read control group");
    (void)copy.release();
    std::vector<std::string> names;
    while (dirent* entry = ::readdir(stream))
        if (entry->d_type == DT_DIR && std::string_view(entry->d_name) != "." &&
            std::string_view(entry->d_name) != "..")
            names.emplace_back(entry->d_name);
    ::closedir(stream);
    return names;
}

Status collectProcesses(int directory, std::set<pid_t>& pids, int depth)
{
    auto text = readFileAt(directory, "cgroup.procs");
    // EOPNOTSUPP: a threaded group; its processes are listed by the domain above it. Gone groups have none.
    for (std::string_view line : split(text ? std::string_view(*text) : std::string_view(), '\n')) {
        pid_t pid = 0;
        if (std::from_chars(line.data(), line.data() + line.size(), pid).ec == std::errc() && pid > 0)
            pids.insert(pid);
    }
    if (depth == 0)
        return fail(Code::Failed, "control groups are nested too deeply");
    for (const std::string& name : subGroups(directory).value_or(std::vector<std::string>{}))
        if (auto fd = openFileAt(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
            TRY(collectProcesses(fd->get(), pids, depth - 1));
    return {};
}

// A process that was just killed leaves its group a moment later: EBUSY until then.
Status removeGroup(const std::string& directory, int64_t deadline, int depth)
{
    // Nearly always nobody and nothing is left in it.
    if (::rmdir(directory.c_str()) == 0 || errno == ENOENT)
        return {};
    auto fd = openFile(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (!fd)
        return fd.error().systemError == ENOENT ? Status{} : Status(tl::unexpected(fd.error()));
    if (depth > 0)
        for (const std::string& name : TRY(subGroups(fd->get())))
            TRY(removeGroup(fmt::format("{}/{}", directory, name), deadline, depth - 1));
    for (useconds_t pause = 500;; pause = std::min<useconds_t>(pause * 2, 20000)) {
        if (::rmdir(directory.c_str()) == 0 || errno == ENOENT)
            return {};
        if (errno != EBUSY || monotonicNanoseconds() > deadline)
            return failErrno(fmt::format("remove control group {}", directory));
        ::usleep(pause);
    }
}

} // namespace

Cgroup Cgroup::at(const Hierarchies& hierarchies, const std::string& path)
{
    Cgroup group;
    group.m_path = path;
    group.m_mode = hierarchies.mode;
    if (!hierarchies.unified.empty())
        group.m_directories[""] = hierarchies.unified + path;
    for (const auto& [controller, mount] : hierarchies.controllers)
        group.m_directories[controller] = mount + path;
    if (auto freezer = hierarchies.controllers.find("freezer"); freezer != hierarchies.controllers.end())
        group.m_freezerMount = freezer->second;
    return group;
}

Status Cgroup::openDirectories()
{
    for (const auto& [controller, directory] : m_directories) {
        auto fd = openFile(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
        if (fd)
            m_fds[controller] = std::move(*fd);
        else if (fd.error().systemError != ENOENT)
            return tl::unexpected(fd.error());
    }
    std::erase_if(m_directories, [this](const auto& entry) { return !m_fds.contains(entry.first); });
    if (m_fds.empty())
        return fail(Code::NotFound, fmt::format("control group {} does not exist", m_path));
    if (auto unified = m_fds.find(""); unified != m_fds.end()) {
        std::string text = readFileAt(unified->second.get(), "cgroup.controllers").value_or("");
        for (std::string_view name : split(trim(text), ' '))
            if (!name.empty())
                m_unifiedControllers.emplace_back(name);
    }
    return {};
}

Result<Cgroup> Cgroup::create(const Hierarchies& hierarchies, const std::string& path)
{
    TRY(checkPath(path));
    if (hierarchies.unified.empty() && hierarchies.controllers.empty())
        return fail(Code::NotSupported,
                    "no control groups are mounted on this machine: mount cgroup2 on /sys/fs/cgroup");
    Cgroup group = at(hierarchies, path);
    std::vector<std::string>& made = group.m_made;
    auto all = [&]() -> Status {
        if (!hierarchies.unified.empty())
            TRY(makeGroup(hierarchies.unified, path, "", hierarchies.unifiedControllers, made));
        for (const auto& [controller, mount] : hierarchies.controllers)
            TRY(makeGroup(mount, path, controller, {}, made));
        return group.openDirectories();
    }();
    if (!all) {
        group.unmake();
        return tl::unexpected(all.error());
    }
    return group;
}

bool Cgroup::fresh() const
{
    return std::all_of(m_directories.begin(), m_directories.end(), [&](const auto& entry) {
        return std::find(m_made.begin(), m_made.end(), entry.second) != m_made.end();
    });
}

void Cgroup::unmake() const
{
    for (auto directory = m_made.rbegin(); directory != m_made.rend(); ++directory)
        (void)::rmdir(directory->c_str());
}

Result<Cgroup> Cgroup::open(const Hierarchies& hierarchies, const std::string& path)
{
    TRY(checkPath(path));
    Cgroup group = at(hierarchies, path);
    TRY(group.openDirectories());
    return group;
}

int Cgroup::unifiedFd() const
{
    auto unified = m_fds.find("");
    return m_mode == Mode::Unified && unified != m_fds.end() ? unified->second.get() : -1;
}

Cgroup::Place Cgroup::place(const std::string& controller) const
{
    if (auto v1 = m_fds.find(controller); v1 != m_fds.end())
        return {v1->second.get(), controller.empty()};
    auto unified = m_fds.find("");
    if (unified == m_fds.end())
        return {};
    bool always = controller == "devices" || controller == "freezer" || controller == "cpuacct";
    bool enabled =
        std::find(m_unifiedControllers.begin(), m_unifiedControllers.end(), controller) != m_unifiedControllers.end();
    return always || enabled ? Place{unified->second.get(), true} : Place{};
}

std::vector<int> Cgroup::uniqueFds() const
{
    std::set<std::string> seen;
    std::vector<int> fds;
    for (const auto& [controller, fd] : m_fds)
        if (seen.insert(m_directories.at(controller)).second)
            fds.push_back(fd.get());
    return fds;
}

Status Cgroup::attach(pid_t pid) const
{
    std::string text = std::to_string(pid);
    for (int fd : uniqueFds())
        TRYX(writeFileAt(fd, "cgroup.procs", text), fmt::format("put process {} into control group {}", pid, m_path));
    return {};
}

Result<std::vector<pid_t>> Cgroup::processes() const
{
    std::set<pid_t> pids;
    for (int fd : uniqueFds())
        TRYX(collectProcesses(fd, pids, 64), m_path);
    return std::vector<pid_t>(pids.begin(), pids.end());
}

bool removeEmpty(const std::map<std::string, std::string>& directories)
{
    bool all = true;
    for (const auto& [controller, directory] : directories)
        all = (::rmdir(directory.c_str()) == 0 || errno == ENOENT) && all;
    return all;
}

Status Cgroup::remove() const
{
    int64_t deadline = monotonicNanoseconds() + 2'000'000'000;
    Status first;
    // Also when one hierarchy fails: what can go, goes.
    for (const auto& [controller, directory] : m_directories) {
        auto removed = removeGroup(directory, deadline, 64);
        if (!removed && first)
            first = removed;
    }
    return first;
}

} // namespace diptych::cgroups
