#include "isolation/wiring.h"

#include "isolation/namespace_files.h"
#include "isolation/wiring_links.h"

#include <map>
#include <sched.h>
#include <thread>

namespace diptych::isolation {

namespace {

class Wirer final
{
public:
    explicit Wirer(const NamespaceSurvey& survey) : m_survey(survey)
    {
        for (const Namespace& one : survey.namespaces)
            if (one.kind == "net")
                m_known[one.id] = &one;
    }

    Wiring run()
    {
        // What this thread becomes ends with it.
        std::thread([this] {
            for (const Namespace& one : m_survey.namespaces)
                if (one.kind == "net")
                    look(one);
            findPeers();
        }).join();
        findHolders();
        return std::move(m_wiring);
    }

private:
    /// One at a time: a helper may not have thousands of open files.
    void look(const Namespace& which)
    {
        NetworkNamespace one{which.id, which.host, false, {}, {}};
        auto interfaces = readIn(which, one.path);
        if (!interfaces) {
            one.problem = interfaces.error().message;
        } else {
            for (Interface& found : *interfaces) {
                found.netns = which.id;
                m_wiring.interfaces.push_back(std::move(found));
            }
            Routes routes = readRoutes();
            one.moreRoutes = routes.more;
            for (Route& route : routes.all) {
                route.netns = which.id;
                m_wiring.routes.push_back(std::move(route));
            }
        }
        m_wiring.namespaces.push_back(std::move(one));
    }

    static Result<std::vector<Interface>> readIn(const Namespace& which, std::string& path)
    {
        NetlinkSocket socket = TRY(enter(which, path));
        return readInterfaces(socket.get());
    }

    static Result<NetlinkSocket> enter(const Namespace& which, std::string& path)
    {
        Result<UniqueFd> file = fail(Code::NotFound, "nothing that holds it can be opened from here");
        for (const NamespaceHolder& holder : which.holders)
            if (file = openNamespace(holder, which.inode); file) {
                path = holder.path;
                break;
            }
        if (!file)
            return tl::unexpected<Error>(file.error());
        if (::setns(file->get(), CLONE_NEWNET) < 0)
            return failErrno("setns");
        return openNetlink();
    }

    void findPeers()
    {
        auto& all = m_wiring.interfaces;
        for (size_t i = 0; i < all.size(); ++i)
            m_places[{all[i].index, all[i].link}].push_back(i);
        std::string entered, path;
        NetlinkSocket socket;
        for (Interface& one : all) {
            if (one.link == 0 || !one.peerNamespace.empty())
                continue;
            if (!one.linkNamespace) {
                one.peerNamespace = one.netns;
                continue;
            }
            if (entered != one.netns) {
                auto next = enter(*m_known.at(one.netns), path);
                socket = next ? std::move(*next) : nullptr;
                entered = one.netns;
            }
            if (socket)
                findPeer(one, socket.get());
        }
    }

    /// Indexes repeat in every namespace: of those that point at each other, the one whose namespace has that number.
    void findPeer(Interface& one, nl_sock* socket)
    {
        if (one.kind != "veth") {
            for (const auto& [id, known] : m_known)
                if (isNumber(socket, *known, *one.linkNamespace))
                    one.peerNamespace = id;
            return;
        }
        auto there = m_places.find({one.link, one.index});
        if (there == m_places.end())
            return;
        for (size_t place : there->second) {
            Interface& other = m_wiring.interfaces[place];
            if (other.netns == one.netns || !isNumber(socket, *m_known.at(other.netns), *one.linkNamespace))
                continue;
            one.peerNamespace = other.netns;
            other.peerNamespace = one.netns;
        }
    }

    static bool isNumber(nl_sock* socket, const Namespace& which, int number)
    {
        auto file = openNamespace(which);
        return file && numberIn(socket, file->get()) == number;
    }

    /// A tap is where its opener was when it made it: in its own network namespace, or in the host's.
    void findHolders()
    {
        std::map<std::pair<std::string, std::string>, Interface*> taps;
        std::string host;
        for (Interface& one : m_wiring.interfaces)
            if (one.kind == "tun")
                taps[{one.netns, one.name}] = &one;
        for (const NetworkNamespace& one : m_wiring.namespaces)
            if (one.host)
                host = one.id;
        for (const NamespaceSurvey::Tap& tap : m_survey.taps) {
            auto found = taps.find({netnsOf(tap.pid, host), tap.interface});
            if (found == taps.end())
                found = taps.find({host, tap.interface});
            if (found == taps.end())
                continue;
            std::vector<int>& holders = found->second->holders;
            if (holders.empty() || holders.back() != tap.pid)
                holders.push_back(tap.pid);
        }
    }

    [[nodiscard]] std::string netnsOf(int pid, const std::string& host) const
    {
        for (const NamespaceMember& member : m_survey.members)
            if (member.pid == pid)
                for (const std::string& id : member.namespaces)
                    if (id.starts_with("net:"))
                        return id;
        return host;
    }

    const NamespaceSurvey& m_survey;
    Wiring m_wiring;
    std::map<std::string, const Namespace*> m_known;
    std::map<std::pair<int, int>, std::vector<size_t>> m_places; ///< (index, link) -> interfaces
};

} // namespace

Wiring surveyWiring(const NamespaceSurvey& survey)
{
    return Wirer(survey).run();
}

} // namespace diptych::isolation
