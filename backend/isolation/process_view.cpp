#include "isolation/process_view.h"

#include "base/files.h"
#include "base/process.h"
#include "isolation/resource_facts.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <unistd.h>

namespace diptych::isolation {

namespace {

Evidence statusLine(const std::string& file, std::string_view status, const char* name)
{
    std::string value(statusField(status, name));
    std::replace(value.begin(), value.end(), '\t', ' ');
    // Real, effective, saved and of the file system: mostly one number.
    if (value.find(' ') != std::string::npos && std::string_view(name) == "Uid")
        value.erase(value.find(' '));
    return {name, value, file, fmt::format("grep ^{}: {}", name, file)};
}

std::string lastWord(std::string_view text)
{
    size_t blank = text.find_last_of(" \t");
    return std::string(blank == std::string_view::npos ? text : text.substr(blank + 1));
}

/// As inside numbers a user of the host; nothing where its map has no such user.
std::optional<uint64_t> userInside(const Json& map, uint64_t outside)
{
    for (const Json& range : map) {
        auto first = range[1].get<uint64_t>(), count = range[2].get<uint64_t>();
        if (outside >= first && outside - first < count)
            return range[0].get<uint64_t>() + (outside - first);
    }
    return std::nullopt;
}

Row plainRow(const char* resource, const char* statement, std::map<std::string, std::string> values,
             std::vector<Evidence> evidence)
{
    return makeRow(resource, Wall::NotMeasured, statement, std::move(values), std::move(evidence));
}

/// The entry of the probe's list; null where inside does not see it, or says nonsense.
const Json* seenInside(const Facts& facts, uint64_t pid)
{
    const Json* list = facts.inside({"processes"});
    if (list && list->is_array())
        for (const Json& one : *list)
            if (one.is_object() && one.contains("pid") && Facts::numberOf(&one["pid"]) == pid)
                return &one;
    return nullptr;
}

Row commandInside(const Json* seen)
{
    if (!seen)
        return plainRow("command", "viewNotSeen", {}, {});
    auto command = seen->find("command");
    std::string text = command == seen->end() ? "" : Facts::textOf(&*command);
    return plainRow("command", "viewCommand", {{"command", text}}, {{"command inside", text, "/proc/PID/cmdline", ""}});
}

Row memoryInside(const Json* seen)
{
    auto memory = seen ? seen->find("memory") : Json::const_iterator();
    auto bytes = seen && memory != seen->end() ? Facts::numberOf(&*memory) : std::nullopt;
    if (!bytes)
        return plainRow("resident memory", "viewNotSeen", {}, {});
    return plainRow("resident memory", "viewMemory", {{"amount", humanBytes(*bytes)}},
                    {{"VmRSS", std::to_string(*bytes), "/proc/PID/status", ""}});
}

void addNamespaceRows(const ResourceFacts& facts, int pid, ProcessView& view)
{
    auto links = namespaceLinks(std::to_string(pid), facts.sources.proc);
    std::string own, shared;
    std::vector<Evidence> evidence;
    for (const auto& [kind, link] : links) {
        bool same = link == facts.facts.namespaceOfHost(kind.c_str());
        (same ? shared : own) += ((same ? shared : own).empty() ? "" : ", ") + kind;
        std::string file = fmt::format("/proc/{}/ns/{}", pid, kind);
        evidence.push_back({kind + " namespace of the process", link, file, "readlink " + file});
    }
    view.inside.push_back(
        plainRow("namespaces", own.empty() ? "viewNamespacesHost" : "viewNamespaces", {{"own", own}}, evidence));
    view.host.push_back(plainRow("namespaces", shared.empty() ? "viewNoneShared" : "viewShared", {{"shared", shared}},
                                 std::move(evidence)));
    auto groups = controlGroups(std::to_string(pid), facts.sources.proc);
    std::string path = groups[facts.version1("memory") ? "memory" : ""];
    std::string file = fmt::format("/proc/{}/cgroup", pid);
    bool hidden = links["cgroup"] != facts.facts.namespaceOfHost("cgroup") && !links["cgroup"].empty();
    std::vector<Evidence> group{{"control group", path, file, "cat " + file}};
    view.inside.push_back(plainRow("group", hidden ? "viewGroupHidden" : "viewGroup", {{"group", path}}, group));
    view.host.push_back(plainRow("group", "viewGroup", {{"group", path}}, group));
}

void addPrivileges(const ResourceFacts& facts, int pid, std::string_view status, ProcessView& view)
{
    uint64_t set = 0;
    std::string_view text = statusField(status, "CapEff");
    std::from_chars(text.data(), text.data() + text.size(), set, 16);
    std::string file = fmt::format("{}/{}/status", facts.sources.proc, pid);
    std::vector<Evidence> evidence{statusLine(file, status, "CapEff"), statusLine(file, status, "Seccomp"),
                                   statusLine(file, status, "NoNewPrivs")};
    std::map<std::string, std::string> values{{"count", std::to_string(std::popcount(set))}};
    auto links = namespaceLinks(std::to_string(pid), facts.sources.proc);
    bool own = links["user"] != facts.facts.namespaceOfHost("user");
    view.inside.push_back(plainRow("privileges", "viewCapabilities", values, evidence));
    view.host.push_back(
        plainRow("privileges", own ? "viewCapabilitiesOwn" : "viewCapabilitiesHost", values, std::move(evidence)));
}

Result<ProcessView> sameKernel(const ResourceFacts& facts, int pid)
{
    std::string directory = fmt::format("{}/{}", facts.sources.proc, pid), file = directory + "/status";
    auto status = readFile(file);
    if (!status)
        return fail(Code::NotFound, fmt::format("process {} has ended", pid));
    ProcessView view;
    std::string inside = lastWord(statusField(*status, "NSpid"));
    std::vector<Evidence> numbers{statusLine(file, *status, "NSpid")};
    view.inside.push_back(plainRow("pid", "viewPid", {{"pid", inside}}, numbers));
    view.host.push_back(plainRow("pid", "viewPid", {{"pid", std::to_string(pid)}}, numbers));
    uint64_t uid = leadingNumber(statusField(*status, "Uid"));
    Json map = idMap(directory + "/uid_map");
    auto mapped = userInside(map, uid);
    std::vector<Evidence> users{statusLine(file, *status, "Uid"),
                                {"uid map", dumpJson(map), directory + "/uid_map", "cat " + directory + "/uid_map"}};
    view.inside.push_back(plainRow("uid", mapped ? "viewUid" : "viewUidUnmapped",
                                   {{"uid", std::to_string(mapped.value_or(uid))}}, users));
    view.host.push_back(plainRow("uid", "viewUid", {{"uid", std::to_string(uid)}}, std::move(users)));
    const Json* seen = seenInside(facts.facts, leadingNumber(inside));
    view.inside.push_back(commandInside(seen));
    std::string command = commandLine(directory, *status).substr(0, 256);
    view.host.push_back(
        plainRow("command", "viewCommand", {{"command", command}},
                 {{"command on the host", command, directory + "/cmdline", fmt::format("ps -o args= -p {}", pid)}}));
    addNamespaceRows(facts, pid, view);
    addPrivileges(facts, pid, *status, view);
    view.inside.push_back(memoryInside(seen));
    if (auto memory = mappedMemory(pid, facts.sources.proc))
        view.host.push_back(plainRow("resident memory", "viewMemoryHost",
                                     {{"amount", humanBytes(memory->rss)}, {"pss", humanBytes(memory->pss)}},
                                     {{"Rss", std::to_string(memory->rss), directory + "/smaps_rollup",
                                       fmt::format("grep ^Rss {}/smaps_rollup", directory)},
                                      {"Pss", std::to_string(memory->pss), directory + "/smaps_rollup",
                                       fmt::format("grep ^Pss {}/smaps_rollup", directory)}}));
    return view;
}

/// The threads that are the guest's processors, with the time they have run.
Row processorRow(const ResourceFacts& facts)
{
    std::vector<Evidence> evidence;
    std::string tasks = fmt::format("{}/{}/task", facts.sources.proc, facts.pid);
    auto names = listDirectory(tasks);
    for (const std::string& name : names ? *names : std::vector<std::string>{}) {
        std::string comm(trim(readFile(fmt::format("{}/{}/comm", tasks, name)).value_or("")));
        if (!comm.starts_with("CPU ") || comm.find('/') == std::string::npos)
            continue;
        std::string stat = readFile(fmt::format("{}/{}/stat", tasks, name)).value_or("");
        size_t end = stat.rfind(')');
        auto fields = split(std::string_view(stat).substr(end == std::string::npos ? stat.size() : end + 1), ' ');
        double ticks =
            fields.size() > 13 ? static_cast<double>(leadingNumber(fields[12]) + leadingNumber(fields[13])) : 0;
        evidence.push_back(
            {"processor thread",
             fmt::format("{}: thread {}, {:.1f} s", comm, name, ticks / static_cast<double>(::sysconf(_SC_CLK_TCK))),
             fmt::format("{}/{}/stat", tasks, name), fmt::format("ps -L -o tid,comm,time -p {}", facts.pid)});
    }
    std::string count = std::to_string(evidence.size());
    return plainRow("threads", "viewVcpus", {{"count", count}}, std::move(evidence));
}

Result<ProcessView> otherKernel(const ResourceFacts& facts, int insidePid)
{
    const Json* seen = seenInside(facts.facts, static_cast<uint64_t>(insidePid));
    if (!seen)
        return fail(Code::NotFound, fmt::format("process {} inside has ended", insidePid));
    ProcessView view;
    auto uid = seen->find("uid");
    std::string user = uid == seen->end() ? "?" : Facts::textOf(&*uid), number = std::to_string(insidePid);
    view.inside = {plainRow("pid", "viewPid", {{"pid", number}}, {{"pid inside", number, "/proc inside", ""}}),
                   plainRow("uid", "viewUid", {{"uid", user}}, {{"uid inside", user, "/proc/PID/status", ""}}),
                   commandInside(seen), plainRow("namespaces", "viewNamespacesForeign", {}, {}), memoryInside(seen)};
    std::string pid = std::to_string(facts.pid), file = fmt::format("{}/{}/status", facts.sources.proc, pid);
    std::string status = readFile(file).value_or(""), path = facts.groupIn("memory");
    auto memory = mappedMemory(facts.pid, facts.sources.proc);
    view.host = {plainRow("pid", "viewNowhere", {{"pid", pid}}, {statusLine(file, status, "Name")}),
                 processorRow(facts),
                 plainRow("uid", "viewQemuUid", {{"uid", std::to_string(leadingNumber(statusField(status, "Uid")))}},
                          {statusLine(file, status, "Uid")}),
                 plainRow("group", "viewQemuGroup", {{"group", path}},
                          {{"control group", path, fmt::format("/proc/{}/cgroup", pid),
                            fmt::format("cat /proc/{}/cgroup", pid)}}),
                 plainRow("resident memory", "viewQemuMemory", {{"amount", memory ? humanBytes(memory->rss) : "?"}},
                          {{"Rss", memory ? std::to_string(memory->rss) : "", fmt::format("/proc/{}/smaps_rollup", pid),
                            fmt::format("grep ^Rss /proc/{}/smaps_rollup", pid)}})};
    return view;
}

} // namespace

Result<ProcessView> processView(const Instance& instance, const Json* probe, const Json& hostFacts,
                                const HostIdentity& host, const ResourceSources& sources, int pid, int insidePid)
{
    const Json nothing;
    Facts facts(instance, probe ? *probe : nothing, hostFacts, host);
    ResourceFacts all(facts, sources);
    if (pid > 0)
        return sameKernel(all, pid);
    return otherKernel(all, insidePid);
}

Json toJson(const ProcessView& view)
{
    Json inside = Json::array(), host = Json::array();
    for (const Row& row : view.inside)
        inside.push_back(toJson(row));
    for (const Row& row : view.host)
        host.push_back(toJson(row));
    return {{"inside", std::move(inside)}, {"host", std::move(host)}};
}

} // namespace diptych::isolation
