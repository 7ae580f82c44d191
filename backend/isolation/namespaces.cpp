#include "isolation/namespaces.h"

#include "base/files.h"
#include "base/process.h"
#include "isolation/namespace_files.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <tuple>
#include <unistd.h>
#include <unordered_map>
#include <unordered_set>

namespace diptych::isolation {

namespace {

constexpr size_t mostHolders = 16, tasksKept = 4, commandKept = 256;
/// Threads of one process are always in the same user, pid and time namespace.
constexpr const char* ofThreads[] = {"mnt", "net", "ipc", "uts", "cgroup"};

size_t rankOf(std::string_view kind)
{
    size_t rank = 0;
    while (rank < std::size(namespaceKinds) && kind != namespaceKinds[rank])
        ++rank;
    return rank;
}

/// Names in a directory that are numbers, without sorting or keeping them.
template <typename Visit>
bool eachNumber(int directory, const char* name, Visit visit)
{
    int fd = ::openat(directory, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    std::unique_ptr<DIR, int (*)(DIR*)> open(::fdopendir(fd), ::closedir);
    while (const dirent* entry = open ? ::readdir(open.get()) : nullptr)
        if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9')
            visit(static_cast<const char*>(entry->d_name));
    return true;
}

/// Of mountinfo: "\\040" is a space.
std::string unescaped(std::string_view text)
{
    std::string plain;
    for (size_t i = 0; i < text.size(); ++i) {
        int value = 0;
        if (text[i] == '\\' && i + 3 < text.size() &&
            std::from_chars(text.data() + i + 1, text.data() + i + 4, value, 8).ptr == text.data() + i + 4) {
            plain += static_cast<char>(value);
            i += 3;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

class Surveyor final
{
public:
    explicit Surveyor(const HostIdentity& host)
    {
        for (const auto& [kind, link] : host.namespaces)
            if (NamespaceName name = parseNamespace(link); !name.kind.empty())
                m_host.insert(name.inode);
    }

    NamespaceSurvey run()
    {
        eachNumber(AT_FDCWD, "/proc", [this](const char* name) { visit(name); });
        for (Namespace& one : m_survey.namespaces)
            std::stable_partition(one.holders.begin(), one.holders.end(),
                                  [](const NamespaceHolder& holder) { return holder.how == "task"; });
        relate();
        std::sort(m_survey.namespaces.begin(), m_survey.namespaces.end(), [](const Namespace& a, const Namespace& b) {
            return std::tuple(rankOf(a.kind), a.inode) < std::tuple(rankOf(b.kind), b.inode);
        });
        return std::move(m_survey);
    }

private:
    std::string_view link(int directory, const char* name)
    {
        ssize_t n = ::readlinkat(directory, name, m_link.data(), m_link.size());
        return n > 0 ? std::string_view(m_link.data(), static_cast<size_t>(n)) : std::string_view();
    }

    /// A place in the list; the reference is good until the next one.
    Namespace& known(const NamespaceName& name)
    {
        auto [at, fresh] = m_places.try_emplace(name.inode, m_survey.namespaces.size());
        if (fresh) {
            Namespace one;
            one.kind = name.kind;
            one.inode = name.inode;
            one.id = fmt::format("{}:[{}]", name.kind, name.inode);
            one.host = m_host.contains(name.inode);
            m_survey.namespaces.push_back(std::move(one));
        }
        return m_survey.namespaces[at->second];
    }

    static void hold(Namespace& one, const char* how, int pid, std::string path)
    {
        if (one.holders.size() < mostHolders)
            one.holders.push_back({how, pid, std::move(path)});
    }

    void visit(const char* name)
    {
        UniqueFd process(::openat(AT_FDCWD, fmt::format("/proc/{}", name).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        UniqueFd links(process ? ::openat(process.get(), "ns", O_PATH | O_DIRECTORY | O_CLOEXEC) : -1);
        if (!links)
            return; // it has just ended
        NamespaceMember member;
        member.pid = static_cast<int>(leadingNumber(name));
        bool readable = false;
        uint64_t mounts = 0;
        for (const char* kind : namespaceKinds) {
            NamespaceName found = parseNamespace(link(links.get(), kind));
            if (found.kind.empty())
                continue;
            readable = true;
            Namespace& one = known(found);
            ++one.processes;
            if (one.processes <= tasksKept)
                one.holders.push_back({"task", member.pid, fmt::format("/proc/{}/ns/{}", name, kind)});
            if (!one.host)
                member.namespaces.push_back(one.id);
            if (found.kind == "mnt")
                mounts = found.inode;
        }
        if (!readable) {
            m_survey.unreadable += ::faccessat(process.get(), "ns", F_OK, 0) == 0;
            return;
        }
        if (NamespaceName next = parseNamespace(link(links.get(), "pid_for_children")); !next.kind.empty())
            if (Namespace& one = known(next); one.processes == 0)
                hold(one, "forChildren", member.pid, fmt::format("/proc/{}/ns/pid_for_children", name));
        describe(process.get(), member, name);
        visitFiles(process.get(), member.pid);
        if (m_mountsRead.insert(mounts).second)
            visitMounts(process.get(), member.pid);
        m_survey.members.push_back(std::move(member));
    }

    void describe(int process, NamespaceMember& member, const char* name)
    {
        std::string status = readFileAt(process, "status").value_or("");
        member.uid = leadingNumber(trim(statusField(status, "Uid")));
        member.command = commandLine(fmt::format("/proc/{}", name), status).substr(0, commandKept);
        std::string groups = readFileAt(process, "cgroup").value_or("");
        for (std::string_view line : split(groups, '\n')) {
            size_t second = line.find(':', line.find(':') + 1);
            std::string_view path = second == std::string_view::npos ? "" : line.substr(second + 1);
            if (path.size() > member.group.size() && path.find("/..") == std::string_view::npos)
                member.group = path;
        }
        if (leadingNumber(statusField(status, "Threads")) > 1)
            visitThreads(process, member);
    }

    void visitThreads(int process, const NamespaceMember& member)
    {
        eachNumber(process, "task", [&](const char* thread) {
            if (static_cast<int>(leadingNumber(thread)) == member.pid)
                return;
            for (const char* kind : ofThreads) {
                std::string path = fmt::format("task/{}/ns/{}", thread, kind);
                NamespaceName found = parseNamespace(link(process, path.c_str()));
                if (found.kind.empty())
                    continue;
                Namespace& one = known(found);
                if (!one.host &&
                    std::find(member.namespaces.begin(), member.namespaces.end(), one.id) == member.namespaces.end())
                    hold(one, "thread", member.pid, fmt::format("/proc/{}/{}", member.pid, path));
            }
        });
    }

    void visitFiles(int process, int pid)
    {
        UniqueFd files(::openat(process, "fd", O_PATH | O_DIRECTORY | O_CLOEXEC));
        if (!files || pid == ::getpid())
            return; // ours are open for a moment only
        eachNumber(process, "fd", [&](const char* number) {
            std::string_view target = link(files.get(), number);
            if (target == "/dev/net/tun") {
                std::string info = readFileAt(process, fmt::format("fdinfo/{}", number)).value_or("");
                if (std::string_view interface = statusField(info, "iff"); !interface.empty())
                    m_survey.taps.push_back({pid, std::string(interface)});
            }
            if (NamespaceName found = parseNamespace(target); !found.kind.empty())
                hold(known(found), "fd", pid, fmt::format("/proc/{}/fd/{}", pid, number));
        });
    }

    /// proc_pid_mountinfo(5): id parent device root point options [tags] - type source options
    void visitMounts(int process, int pid)
    {
        std::string text = readFileAt(process, "mountinfo").value_or("");
        if (text.find(" - nsfs ") == std::string::npos)
            return;
        for (std::string_view line : split(text, '\n')) {
            if (line.find(" - nsfs ") == std::string_view::npos)
                continue;
            auto fields = split(line, ' ');
            NamespaceName found = fields.size() > 5 ? parseNamespace(fields[3]) : NamespaceName{};
            if (!found.kind.empty())
                hold(known(found), "mount", pid, unescaped(fields[4]));
        }
    }

    /// Owners and parents; those that are found on the way are related too.
    void relate()
    {
        for (size_t i = 0; i < m_survey.namespaces.size(); ++i) {
            auto open = openNamespace(m_survey.namespaces[i]);
            if (open)
                relate(i, std::move(*open));
        }
    }

    void relate(size_t place, UniqueFd open)
    {
        std::string kind = m_survey.namespaces[place].kind;
        if (kind == "user") {
            if (auto creator = creatorOf(open.get()))
                m_survey.namespaces[place].creator = *creator;
            readMaps(m_survey.namespaces[place]);
        }
        auto owner = owningUserNamespace(open.get());
        std::string id = owner ? above("user", std::move(*owner), place) : std::string();
        m_survey.namespaces[place].owner = id;
        if (kind == "user")
            m_survey.namespaces[place].parent = id;
        if (kind != "pid")
            return;
        auto parent = parentNamespace(open.get());
        id = parent ? above("pid", std::move(*parent), place) : std::string();
        m_survey.namespaces[place].parent = id;
    }

    std::string above(const char* kind, UniqueFd open, size_t below)
    {
        auto inode = inodeOf(open.get());
        if (!inode || *inode == m_survey.namespaces[below].inode)
            return {};
        bool fresh = !m_places.contains(*inode);
        Namespace& one = known({kind, *inode});
        std::string id = one.id;
        if (fresh) {
            hold(one, "child", 0, {});
            relate(m_places.at(*inode), std::move(open));
        }
        return id;
    }

    static void readMaps(Namespace& one)
    {
        for (const NamespaceHolder& holder : one.holders) {
            if (holder.how != "task")
                continue;
            one.uidMap = readIdMap(fmt::format("/proc/{}/uid_map", holder.pid));
            one.gidMap = readIdMap(fmt::format("/proc/{}/gid_map", holder.pid));
            return;
        }
    }

    NamespaceSurvey m_survey;
    std::unordered_map<uint64_t, size_t> m_places;
    std::unordered_set<uint64_t> m_host, m_mountsRead;
    std::array<char, 256> m_link{};
};

} // namespace

const Namespace* NamespaceSurvey::find(const std::string& id) const
{
    for (const Namespace& one : namespaces)
        if (one.id == id)
            return &one;
    return nullptr;
}

NamespaceSurvey surveyNamespaces(const HostIdentity& host)
{
    return Surveyor(host).run();
}

} // namespace diptych::isolation
