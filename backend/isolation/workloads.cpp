#include "isolation/workloads.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/process.h"
#include "cgroups/ceilings.h"
#include "cgroups/tree.h"
#include "isolation/engine_names.h"

#include <algorithm>
#include <charconv>
#include <time.h>
#include <unistd.h>

namespace diptych::isolation {

namespace {

constexpr const char* walls[] = {"pid", "mnt", "net", "user", "ipc", "uts"}; ///< clock and cgroup alone wall nobody off

struct Candidate
{
    int pid = 0;
    std::string group;
    std::map<std::string, std::string> links;
    std::vector<std::string> own; ///< kinds of namespaces
};

bool isEngine(const std::string& maker)
{
    static const std::set<std::string> engines{"podman", "docker", "containerd", "crio",   "kubernetes",
                                               "lxc",    "nspawn", "flatpak",    "libvirt"};
    return engines.contains(maker);
}

bool isUnit(const std::string& maker)
{
    return maker == "service" || maker == "scope";
}

std::string firstWord(std::string_view text)
{
    std::string word(text.substr(0, text.find(' ')));
    return word.substr(word.rfind('/') + 1);
}

bool isHypervisor(std::string_view command)
{
    std::string program = firstWord(command);
    return program.starts_with("qemu-system-") || program == "qemu-kvm";
}

class Search final
{
public:
    Search(const HostIdentity& host, const ResourceSources& sources, const std::set<std::string>& ours,
           const std::set<int>& oursPids)
        : m_host(host), m_sources(sources), m_ours(ours), m_oursPids(oursPids)
    {
    }

    std::vector<Workload> run()
    {
        auto names = listDirectory(m_sources.proc);
        for (const std::string& name : names ? *names : std::vector<std::string>{})
            if (name.find_first_not_of("0123456789") == std::string::npos)
                look(name);
        // What looked apart at first may have been joined by a later one.
        std::map<std::string, std::vector<Candidate>> apart;
        apart.swap(m_members);
        for (auto& [key, members] : apart) {
            auto& all = m_members[rootOf(key)];
            all.insert(all.end(), std::make_move_iterator(members.begin()), std::make_move_iterator(members.end()));
        }
        std::vector<Workload> found;
        for (const auto& [key, members] : m_members)
            if (auto workload = describe(key, members))
                found.push_back(std::move(*workload));
        std::sort(found.begin(), found.end(), [](const Workload& a, const Workload& b) {
            return std::tie(a.maker, a.name, a.pid) < std::tie(b.maker, b.name, b.pid);
        });
        return found;
    }

private:
    /// A v1 machine may hold a process in different groups of different hierarchies: that of memory where an engine
    /// made it (LXC's in v2 is elsewhere, and has no limits), else the one that says most.
    std::string groupOf(const std::string& pid)
    {
        std::string longest;
        for (const auto& [controller, path] : controlGroups(pid, m_sources.proc)) {
            if (controller == "memory" && isOfEngine(path))
                return path;
            if (path.size() > longest.size())
                longest = path;
        }
        return longest.find("/..") == std::string::npos ? longest : std::string();
    }

    bool isOfEngine(std::string path)
    {
        for (; path.size() > 1; path.erase(path.rfind('/')))
            if (isEngine(ownerOf(path).maker))
                return true;
        return false;
    }

    void look(const std::string& name)
    {
        Candidate one;
        one.pid = static_cast<int>(leadingNumber(name));
        one.group = groupOf(name);
        ++m_sizes[one.group];
        if (m_oursPids.contains(one.pid))
            return;
        one.links = namespaceLinks(name, m_sources.proc);
        if (one.links.empty())
            return; // it has ended, or is not for us to see
        for (const char* kind : walls) {
            auto host = m_host.namespaces.find(kind);
            if (host != m_host.namespaces.end() && one.links.contains(kind) && one.links[kind] != host->second)
                own(one, kind);
        }
        if (std::string key = keyOf(one); !key.empty())
            m_members[key].push_back(std::move(one));
    }

    static void own(Candidate& one, const char* kind) { one.own.emplace_back(kind); }

    /// What binds processes together: a control group that an engine made, else a namespace, else a unit with limits.
    std::string keyOf(const Candidate& one)
    {
        std::string engine, unit;
        for (std::string path = one.group; path.size() > 1; path.erase(path.rfind('/'))) {
            if (m_ours.contains(path))
                return {};
            const cgroups::Owner& owner = ownerOf(path);
            if (owner.maker == "diptych")
                return {};
            // Beside a container, not in it: who watches over it.
            bool monitor =
                path.find("/libpod-conmon-") != std::string::npos || path.find("/lxc.monitor.") != std::string::npos;
            // Kubernetes nests groups of groups: the innermost is a container.
            if (isEngine(owner.maker) && !monitor && (engine.empty() || owner.maker != "kubernetes"))
                engine = path;
            if (isUnit(owner.maker) && unit.empty() && path.find("/user@") == std::string::npos)
                unit = path;
        }
        if (!engine.empty())
            return engine;
        bool session = unit.find("/session-") != std::string::npos || unit.find("/user.slice/") == 0;
        if (!one.own.empty()) {
            if (!unit.empty() && !session)
                return unit;
            // Whoever shares one of them belongs together: unshare stands with one foot inside.
            std::string key = rootOf(one.links.at(one.own.front()));
            for (const std::string& kind : one.own)
                m_joined[rootOf(one.links.at(kind))] = key;
            return key;
        }
        if (isHypervisor(readFile(fmt::format("{}/{}/cmdline", m_sources.proc, one.pid)).value_or("").c_str()))
            return fmt::format("qemu {}", one.pid);
        return !unit.empty() && isLimited(unit) ? unit : std::string();
    }

    /// Of the namespaces that were joined with this one.
    std::string rootOf(std::string link) const
    {
        for (auto next = m_joined.find(link); next != m_joined.end() && next->second != link;
             next = m_joined.find(link))
            link = next->second;
        return link;
    }

    const cgroups::Owner& ownerOf(const std::string& path)
    {
        auto known = m_owners.find(path);
        if (known == m_owners.end())
            known = m_owners.emplace(path, cgroups::ownerOf(path)).first;
        return known->second;
    }

    /// pids.max does not count: systemd sets it everywhere.
    bool isLimited(const std::string& group)
    {
        auto known = m_limited.find(group);
        if (known != m_limited.end())
            return known->second;
        return m_limited[group] = limitOf(group, "memory") > 0 || limitOf(group, "cpu") > 0;
    }

    double limitOf(const std::string& group, const std::string& controller) const
    {
        double smallest = 0;
        for (const auto& ceiling : cgroups::ceilings(m_sources.hierarchies, controller, group))
            if (ceiling.group == group && ceiling.amount > 0 && (smallest == 0 || ceiling.amount < smallest))
                smallest = ceiling.amount;
        return smallest;
    }

    [[nodiscard]] std::string commandOf(int pid) const
    {
        std::string directory = fmt::format("{}/{}", m_sources.proc, pid);
        return commandLine(directory, readFile(directory + "/status").value_or(""));
    }

    std::optional<Workload> describe(const std::string& key, const std::vector<Candidate>& members)
    {
        const Candidate* first = nullptr;
        Workload w;
        for (const Candidate& one : members) {
            auto started = processStartTime(one.pid, m_sources.proc);
            if (!started)
                continue;
            w.processes.push_back(one.pid);
            // The one that is walled most: who set it up may stand with one foot outside.
            bool deeper = first && one.own.size() > first->own.size();
            bool earlier = first && one.own.size() == first->own.size() && *started < w.startTime;
            if (!first || deeper || earlier)
                first = &one, w.startTime = *started;
        }
        if (!first)
            return std::nullopt;
        w.pid = first->pid;
        w.namespaces = first->own;
        std::string status = readFile(fmt::format("{}/{}/status", m_sources.proc, w.pid)).value_or("");
        w.uid = leadingNumber(statusField(status, "Uid"));
        w.command = commandOf(w.pid);
        if (key.starts_with("/"))
            w.group = key;
        else if (alone(first->group, w.processes.size()))
            w.group = first->group;
        nameIt(w, key, status);
        readGroup(w);
        int64_t boot = unixMilliseconds() - upMilliseconds();
        w.startedAt = boot + static_cast<int64_t>(w.startTime) * 1000 / ::sysconf(_SC_CLK_TCK);
        return w;
    }

    static int64_t upMilliseconds()
    {
        timespec up{};
        ::clock_gettime(CLOCK_BOOTTIME, &up);
        return int64_t{up.tv_sec} * 1000 + up.tv_nsec / 1'000'000;
    }

    /// Whether a group, with those inside it, holds nobody else.
    [[nodiscard]] bool alone(const std::string& group, size_t members) const
    {
        size_t count = 0;
        for (auto at = m_sizes.lower_bound(group); at != m_sizes.end() && at->first.starts_with(group); ++at)
            if (at->first.size() == group.size() || at->first[group.size()] == '/')
                count += at->second;
        return group.size() > 1 && count == members;
    }

    void nameIt(Workload& w, const std::string& key, std::string_view status)
    {
        cgroups::Owner owner = w.group.empty() ? cgroups::Owner{} : ownerOf(w.group);
        bool unit = isUnit(owner.maker);
        auto has = [&w](const char* kind) {
            return std::find(w.namespaces.begin(), w.namespaces.end(), kind) != w.namespaces.end();
        };
        w.maker = isEngine(owner.maker) || (unit && key.starts_with("/")) ? owner.maker : "namespaces";
        w.name = w.maker == "namespaces" ? firstWord(w.command) : owner.name;
        w.form = w.maker == "libvirt" ? "machine" : unit && key.starts_with("/") ? "service" : "container";
        if (w.maker == "flatpak" || (w.maker == "namespaces" && !(has("pid") && has("mnt") && has("net"))))
            w.form = "sandbox";
        askParents(w, leadingNumber(statusField(status, "PPid")));
        if (isEngine(w.maker) && !w.group.empty())
            if (std::string given = engineName(w.group, m_sources.root); !given.empty())
                w.name = given;
        if (isHypervisor(w.command)) {
            w.form = "machine";
            w.maker = w.maker == "libvirt" ? w.maker : "qemu";
            if (std::string given = argument(w.command, "-name"); !given.empty())
                w.name = given.starts_with("guest=") ? given.substr(6, given.find(',') - 6)
                                                     : given.substr(0, given.find(','));
        }
    }

    /// The word after an option.
    static std::string argument(std::string_view command, std::string_view option)
    {
        auto words = split(command, ' ');
        for (size_t i = 0; i + 1 < words.size(); ++i)
            if (words[i] == option)
                return std::string(words[i + 1]);
        return {};
    }

    /// Who started it: engines stay as its parent.
    void askParents(Workload& w, uint64_t parent)
    {
        static const std::pair<const char*, const char*> known[] = {
            {"conmon", "podman"},   {"containerd-shim", "containerd"},
            {"lxc-start", "lxc"},   {"systemd-nspawn", "nspawn"},
            {"lxc-execute", "lxc"}, {"[lxc", "lxc"},
            {"flatpak", "flatpak"}, {"bwrap", "bwrap"},
            {"unshare", "unshare"}};
        std::string command = w.command;
        for (int depth = 0; depth < 3; ++depth) {
            for (auto [program, maker] : known) {
                if (!firstWord(command).starts_with(program))
                    continue;
                if (w.maker == "namespaces")
                    w.maker = maker;
                if (w.maker == "bwrap" || w.maker == "flatpak")
                    w.form = "sandbox";
                if (std::string given = argument(command, "-n"); w.maker == "podman" && !given.empty())
                    w.name = given;
                if (std::string given = argument(command, "-id"); w.maker == "containerd" && !given.empty())
                    w.name = given;
                if (w.group.empty() || !isEngine(ownerOf(w.group).maker))
                    nameByEngine(w, command);
                nameByProgram(w, program);
                return;
            }
            if (parent <= 1)
                return;
            std::string directory = fmt::format("{}/{}", m_sources.proc, parent);
            std::string status = readFile(directory + "/status").value_or("");
            command = commandLine(directory, status);
            parent = leadingNumber(statusField(status, "PPid"));
        }
    }

    /// Where no service of systemd gave it a group of its own, its engine's command line says what it is.
    static void nameByEngine(Workload& w, const std::string& command)
    {
        if (w.maker != "nspawn" && w.maker != "lxc")
            return;
        w.form = "container"; // also one that has the host's network
        auto given = [&command](std::initializer_list<const char*> options) {
            for (const char* option : options) {
                if (std::string value = argument(command, option); !value.empty())
                    return value;
                std::string joined = fmt::format(" {}=", option);
                if (size_t at = command.find(joined); at != std::string::npos)
                    return command.substr(at + joined.size(),
                                          command.find(' ', at + joined.size()) - at - joined.size());
            }
            return std::string();
        };
        std::string name = w.maker == "nspawn" ? given({"-M", "--machine"}) : given({"-n", "--name"});
        // systemd-nspawn(1): without a name it is the directory's.
        if (std::string root = given({"-D", "--directory"}); w.maker == "nspawn" && name.empty() && !root.empty()) {
            while (root.size() > 1 && root.back() == '/')
                root.pop_back();
            name = root.substr(root.rfind('/') + 1);
        }
        // "[lxc monitor] /var/lib/lxc NAME": what a monitor in the background calls itself.
        if (w.maker == "lxc" && command.starts_with("[lxc monitor]"))
            name = command.substr(command.rfind(' ') + 1);
        if (!name.empty())
            w.name = name;
    }

    /// bwrap and unshare stay as its first process: what they started has the name.
    void nameByProgram(Workload& w, const std::string& program) const
    {
        if (!firstWord(w.command).starts_with(program))
            return;
        for (int pid : w.processes)
            if (std::string command = commandOf(pid); !firstWord(command).starts_with(program)) {
                w.command = command;
                w.name = firstWord(command);
                return;
            }
    }

    void readGroup(Workload& w) const
    {
        if (w.group.empty())
            return;
        w.cpus = limitOf(w.group, "cpu");
        w.memoryLimit = static_cast<uint64_t>(limitOf(w.group, "memory"));
        w.pidsLimit = static_cast<uint64_t>(limitOf(w.group, "pids"));
        if (auto group = cgroups::Cgroup::open(m_sources.hierarchies, w.group))
            if (auto statistics = group->statistics(cgroups::Cgroup::Detail::Counters))
                w.memory = statistics->memory;
    }

    const HostIdentity& m_host;
    const ResourceSources& m_sources;
    const std::set<std::string>& m_ours;
    const std::set<int>& m_oursPids;
    std::map<std::string, std::vector<Candidate>> m_members;
    std::map<std::string, size_t> m_sizes;       ///< processes in each control group
    std::map<std::string, std::string> m_joined; ///< a namespace -> one that the same processes are in
    std::map<std::string, cgroups::Owner> m_owners;
    std::map<std::string, bool> m_limited;
};

} // namespace

std::vector<Workload> findWorkloads(const HostIdentity& host, const ResourceSources& sources,
                                    const std::set<std::string>& ours, const std::set<int>& oursPids)
{
    return Search(host, sources, ours, oursPids).run();
}

std::string idOf(const Workload& workload)
{
    return fmt::format("pid:{}:{}", workload.pid, workload.startTime);
}

} // namespace diptych::isolation
