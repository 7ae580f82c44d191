#include "runtime/groups.h"

#include "base/files.h"

#include <algorithm>

namespace diptych::runtime {

namespace {
struct Subgroup
{
    std::vector<std::string> controllers; ///< empty: all
    std::string path;
};
} // namespace

static Result<Subgroup> subgroupFrom(const std::string& text)
{
    Subgroup out;
    size_t colon = text.find(':');
    if (colon != std::string::npos)
        for (std::string_view name : split(std::string_view(text).substr(0, colon), ','))
            out.controllers.emplace_back(name);
    out.path = colon == std::string::npos ? text : text.substr(colon + 1);
    while (!out.path.empty() && out.path.front() == '/')
        out.path.erase(0, 1);
    while (!out.path.empty() && out.path.back() == '/')
        out.path.pop_back();
    // It stays below the container's own, whatever is written there.
    for (std::string_view part : split(out.path, '/'))
        if (part == ".." || part == "." || part.empty())
            return failField("cgroup", fmt::format("--cgroup: \"{}\" is not a group below the container's", text));
    return out;
}

static Status enter(const std::string& directory, pid_t pid)
{
    return writeFile(directory + "/cgroup.procs", std::to_string(pid));
}

static Status joinSubgroup(const Record& record, const std::string& text, pid_t pid)
{
    Subgroup wanted = TRY(subgroupFrom(text));
    bool found = false;
    for (auto& [controller, directory] : record.cgroupDirectories) {
        auto& names = wanted.controllers;
        if (!names.empty() && std::find(names.begin(), names.end(), controller) == names.end())
            continue;
        std::string place = directory + "/" + wanted.path;
        if (names.empty() && !exists(place))
            continue; // made in some hierarchies only
        TRYX(enter(place, pid), "--cgroup");
        found = true;
    }
    if (!found)
        return failField("cgroup", fmt::format("--cgroup: container {} has no group \"{}\"", record.id, text));
    return {};
}

// "0::/path" of /proc/PID/cgroup, below the unified hierarchy's mount.
static Status joinFirstProcess(const Record& record, pid_t pid)
{
    auto unified = record.cgroupDirectories.find("");
    std::string text = TRY(readFile(fmt::format("/proc/{}/cgroup", record.pid)));
    for (std::string_view line : split(text, '\n')) {
        if (line.rfind("0::", 0) != 0 || unified == record.cgroupDirectories.end())
            continue;
        // Ours ends with the container's path; theirs begins with it.
        size_t at = line.find(record.cgroup);
        if (at != std::string_view::npos)
            return enter(unified->second + std::string(line.substr(at + record.cgroup.size())), pid);
    }
    return fail(Code::Failed, fmt::format("the cgroup of container {}'s first process is not found", record.id));
}

Status checkUnused(const cgroups::Cgroup& group, Record& record)
{
    if (group.fresh())
        return {};
    size_t count = TRY(group.processes()).size();
    // Whoever enters a frozen group stops there, where not even SIGKILL reaches it.
    if (count == 0 && group.frozen().value_or(false)) {
        group.unmake();
        record.cgroup.clear();
        return oci::wrongField("linux.cgroupsPath",
                               fmt::format("container's cgroup unexpectedly frozen: {}", group.path()));
    }
    if (count == 0)
        return {};
    group.unmake();
    record.cgroup.clear();
    return oci::wrongField("linux.cgroupsPath",
                           fmt::format("{} processes are in {} already: it is another's", count, group.path()));
}

Status joinGroup(const Record& record, const std::vector<std::string>& subgroups, pid_t pid)
{
    auto group = cgroupOf(record);
    if (!group)
        return fail(Code::Failed, fmt::format("the cgroup of container {} is gone", record.id));
    auto done = group->attach(pid);
    if (!done && done.error().systemError == EBUSY)
        done = joinFirstProcess(record, pid);
    TRY(std::move(done));
    for (const std::string& text : subgroups)
        TRY(joinSubgroup(record, text, pid));
    return {};
}

} // namespace diptych::runtime
