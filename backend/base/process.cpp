#include "base/process.h"

#include "base/files.h"

#include <algorithm>
#include <charconv>
#include <unistd.h>

namespace diptych {

std::string_view statusField(std::string_view status, std::string_view name)
{
    for (std::string_view line : split(status, '\n'))
        if (line.size() > name.size() && line.starts_with(name) && line[name.size()] == ':')
            return trim(line.substr(name.size() + 1));
    return {};
}

uint64_t leadingNumber(std::string_view text)
{
    uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Result<uint64_t> processStartTime(int pid, const std::string& proc)
{
    std::string text = TRY(readFile(fmt::format("{}/{}/stat", proc, pid)));
    // The name may hold anything, but ends with the last ")".
    size_t end = text.rfind(')');
    auto fields = split(std::string_view(text).substr(end == std::string::npos ? text.size() : end + 1), ' ');
    uint64_t value = 0;
    if (fields.size() < 21 ||
        std::from_chars(fields[20].data(), fields[20].data() + fields[20].size(), value).ec != std::errc())
        return fail(Code::Failed, fmt::format("{}/{}/stat is not as expected", proc, pid));
    return value;
}

std::string commandLine(const std::string& directory, std::string_view status)
{
    std::string command = readFile(directory + "/cmdline", size_t{1} << 20).value_or("");
    while (!command.empty() && command.back() == '\0')
        command.pop_back();
    std::replace(command.begin(), command.end(), '\0', ' ');
    return command.empty() ? fmt::format("[{}]", statusField(status, "Name")) : command.substr(0, 4096);
}

std::map<std::string, std::string> namespaceLinks(const std::string& process, const std::string& proc)
{
    std::map<std::string, std::string> links;
    for (const char* kind : {"pid", "mnt", "net", "uts", "ipc", "user", "cgroup", "time"}) {
        char target[64];
        ssize_t n = ::readlink(fmt::format("{}/{}/ns/{}", proc, process, kind).c_str(), target, sizeof target);
        if (n > 0)
            links.emplace(kind, std::string(target, static_cast<size_t>(n)));
    }
    return links;
}

Json idMap(const std::string& file)
{
    Json map = Json::array();
    std::string text = readFile(file).value_or("");
    for (std::string_view line : split(text, '\n')) {
        Json row = Json::array();
        for (std::string_view field : split(trim(line), ' '))
            if (!field.empty())
                row.push_back(leadingNumber(field));
        if (row.size() == 3)
            map.push_back(std::move(row));
    }
    return map;
}

std::map<std::string, std::string> controlGroups(const std::string& process, const std::string& proc)
{
    std::map<std::string, std::string> groups;
    std::string text = readFile(fmt::format("{}/{}/cgroup", proc, process)).value_or("");
    for (std::string_view line : split(text, '\n')) {
        size_t first = line.find(':'), second = line.find(':', first + 1);
        if (second == std::string_view::npos)
            continue;
        for (std::string_view controller : split(line.substr(first + 1, second - first - 1), ','))
            groups.emplace(controller, line.substr(second + 1));
    }
    return groups;
}

MappedMemory& MappedMemory::operator+=(const MappedMemory& other)
{
    rss += other.rss;
    pss += other.pss;
    unique += other.unique;
    swapPss += other.swapPss;
    ksm += other.ksm;
    return *this;
}

static void addMapped(std::string_view line, MappedMemory& memory)
{
    size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return;
    std::string_view key = line.substr(0, colon);
    uint64_t bytes = leadingNumber(trim(line.substr(colon + 1))) * 1024;
    if (key == "Rss")
        memory.rss += bytes;
    else if (key == "Pss")
        memory.pss += bytes;
    else if (key == "Private_Clean" || key == "Private_Dirty")
        memory.unique += bytes;
    else if (key == "SwapPss")
        memory.swapPss += bytes;
    else if (key == "KSM")
        memory.ksm += bytes;
}

std::optional<MappedMemory> mappedMemory(int pid, const std::string& proc)
{
    auto text = readFile(fmt::format("{}/{}/smaps_rollup", proc, pid));
    if (!text || text->empty()) // a zombie has none
        return std::nullopt;
    MappedMemory memory;
    for (std::string_view line : split(*text, '\n'))
        addMapped(line, memory);
    return memory;
}

std::optional<MappedMemory> largestMapping(int pid, uint64_t atLeast, const std::string& proc)
{
    std::string text = readFile(fmt::format("{}/{}/smaps", proc, pid), size_t{64} << 20).value_or("");
    std::optional<MappedMemory> best;
    MappedMemory one;
    uint64_t size = 0, bestSize = atLeast > 0 ? atLeast - 1 : 0;
    auto take = [&] {
        if (size > bestSize)
            best = one, bestSize = size;
    };
    for (std::string_view line : split(text, '\n')) {
        // "7f..-7f.. rw-p ..." begins a mapping; what is said of it has a colon after one word.
        size_t colon = line.find(':'), space = line.find(' ');
        if (space != std::string_view::npos && (colon == std::string_view::npos || space < colon)) {
            take();
            one = {};
            size = 0;
        } else if (line.starts_with("Size:")) {
            size = leadingNumber(trim(line.substr(5))) * 1024;
        } else {
            addMapped(line, one);
        }
    }
    take();
    return best;
}

// AppArmor ends it with a line feed, SELinux with a NUL.
static std::string securityLabel(const std::string& directory)
{
    std::string label = readFile(directory + "/attr/current").value_or("");
    while (!label.empty() && (label.back() == '\n' || label.back() == '\0'))
        label.pop_back();
    return label;
}

Json processFacts(int pid)
{
    std::string directory = fmt::format("/proc/{}", pid);
    std::string status = readFile(directory + "/status").value_or("");
    Json fields = Json::object();
    for (const char* name : {"Uid", "Gid", "NSpid", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs",
                             "Seccomp", "Seccomp_filters"})
        if (auto value = statusField(status, name); !value.empty())
            fields[name] = std::string(value);
    auto hostLinks = namespaceLinks("1");
    bool readable = !hostLinks.empty();
    return {{"pid", pid},
            {"command", std::string(trim(readFile(directory + "/comm").value_or("")))},
            {"uid", leadingNumber(statusField(status, "Uid"))},
            {"gid", leadingNumber(statusField(status, "Gid"))},
            {"threads", leadingNumber(statusField(status, "Threads"))},
            {"seccomp", leadingNumber(statusField(status, "Seccomp"))},
            {"noNewPrivileges", statusField(status, "NoNewPrivs") == "1"},
            {"capabilities", std::string(statusField(status, "CapEff"))},
            {"label", securityLabel(directory)},
            {"namespaces", namespaceLinks(std::to_string(pid))},
            {"hostNamespaces", readable ? hostLinks : namespaceLinks("self")},
            {"hostNamespacesOf", readable ? "1" : "self"},
            {"uidMap", idMap(directory + "/uid_map")},
            {"gidMap", idMap(directory + "/gid_map")},
            {"status", std::move(fields)},
            {"sources", {directory + "/status", directory + "/uid_map", directory + "/ns/"}}};
}

} // namespace diptych
