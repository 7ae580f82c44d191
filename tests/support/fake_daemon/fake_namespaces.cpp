// Namespaces that only pretend: each container in its own, some without a user namespace; a pod that shares a network,
// a sandbox in a sandbox, one that a bind mount keeps.
#include "support/fake_daemon/fake_services.h"

#include "base/clock.h"

namespace diptych::fake {

namespace {

constexpr const char* kinds[] = {"user", "mnt", "pid", "net", "ipc", "uts", "cgroup", "time"};

Json wholeMap(uint64_t outside, uint64_t count)
{
    return Json::array({{{"inside", 0}, {"outside", outside}, {"count", count}}});
}

class FakeNamespaces final : public NamespaceSource
{
public:
    Result<Json> list(const std::vector<Known>& instances) override
    {
        Listing made;
        made.owners.push_back({{"id", "host"}, {"name", "workstation"}, {"form", "host"}, {"maker", "host"}});
        for (int pid : {1, 2, 412, 640, 1033})
            made.members.push_back({{"pid", pid},
                                    {"user", "0"},
                                    {"command", pid == 1   ? "/sbin/init"
                                                : pid == 2 ? "[kthreadd]"
                                                           : fmt::format("/usr/sbin/service-{}", pid)},
                                    {"owner", 0},
                                    {"namespaces", Json::array()}});
        for (const char* kind : kinds)
            made.namespaces.push_back(one(kind, 4026531834 + rank(kind), kind == kinds[0] ? "" : host("user"), 1));
        made.namespaces.back()["processes"] = 5;
        for (Json& ns : made.namespaces)
            ns["host"] = true, ns["processes"] = 5 + instances.size() / 3;
        made.namespaces[0]["uidMap"] = made.namespaces[0]["gidMap"] = wholeMap(0, 4294967295);
        made.namespaces[0]["creator"] = 0;
        uint64_t next = 4026532200;
        size_t number = 0;
        for (const Known& known : instances)
            addInstance(made, known, next, number++);
        addOthers(made, next);
        return Json{
            {"namespaces", made.namespaces}, {"members", made.members}, {"owners", made.owners}, {"unreadable", 0}};
    }

    Result<Json> describe(const std::string& id) override
    {
        auto row = [](const char* resource, const char* statement, Json values, const std::string& claim,
                      const std::string& value, const std::string& source, const std::string& command) {
            return Json{
                {"resource", resource},
                {"level", 0},
                {"statement", statement},
                {"values", std::move(values)},
                {"text", statement},
                {"evidence",
                 Json::array({{{"claim", claim}, {"value", value}, {"source", source}, {"command", command}}})}};
        };
        std::string kind = id.substr(0, id.find(':')), path = "/proc/20412/ns/" + kind;
        Json rows = Json::array(
            {row("nsHeld", "nsInUse", {{"count", "2"}}, "process in it", id, path, "readlink " + path),
             row("nsOwner", "nsOwned", {{"owner", "user:[4026531834]"}}, "owning user namespace", "user:[4026531834]",
                 "ioctl(NS_GET_USERNS) of " + path, "lsns -o NS,TYPE,PNS,ONS,NPROCS,PID,USER,COMMAND")});
        if (kind == "user") {
            rows.push_back(row("nsCreator", "nsCreator", {{"uid", "0"}}, "uid of its maker", "0",
                               "ioctl(NS_GET_OWNER_UID) of " + path, ""));
            rows.push_back(row("nsMap", "nsMapped", {{"inside", "0"}, {"outside", "165536"}, {"count", "65536"}},
                               "uid map", "0 165536 65536", "/proc/20412/uid_map", "cat /proc/20412/uid_map"));
        }
        return Json{{"rows", rows}, {"measuredAt", unixMilliseconds()}};
    }

    /// A bridge that containers and machines are on, another of Podman's, a cable to where no process is, one card.
    Result<Json> interfaces(const std::vector<Known>& instances) override
    {
        Json owners = Json::array({{{"id", "host"}, {"name", "workstation"}, {"form", "host"}, {"maker", "host"}}});
        Json networks = Json::array(), all = Json::array();
        const std::string here = host("net");
        addNetwork(networks, here, {0}, true);
        all.push_back(interface(here, 1, "lo", "loopback", 0, 0, "", {"127.0.0.1/8"}));
        all.push_back(interface(here, 2, "enp3s0", "device", 0, 0, "", {"192.168.1.20/24", "fe80::1/64"}));
        all.push_back(interface(here, 3, "virbr0", "bridge", 0, 0, "", {"192.168.122.1/24"}));
        all.push_back(interface(here, 4, "podman0", "bridge", 0, 0, "", {"10.88.0.1/16"}));
        int index = 10;
        uint64_t inode = 4026540000;
        for (const Known& known : instances) {
            const bool machine = known.kind == Kind::Machine;
            const size_t owner = owners.size();
            owners.push_back({{"id", known.id},
                              {"name", known.name},
                              {"form", machine ? "machine" : "container"},
                              {"maker", "diptych"}});
            if (machine) {
                all.push_back(interface(here, index, fmt::format("vnet{}", index - 10), "tun", 3, 0, "", {}));
                all.back()["openers"] = Json::array({{{"pid", known.pid}, {"owner", owner}}});
            } else {
                addPair(all, here, name("net", inode), index, 3, fmt::format("192.168.122.{}/24", index));
                addNetwork(networks, name("net", inode++), {owner}, false);
            }
            ++index;
        }
        owners.push_back({{"id", "pid:7001:55"}, {"name", "pod"}, {"form", "container"}, {"maker", "podman"}});
        addPair(all, here, name("net", inode), index++, 4, "10.88.0.7/16");
        addNetwork(networks, name("net", inode++), {owners.size() - 1}, false);
        addPair(all, here, name("net", inode), index++, 0, "10.9.0.2/30");
        addNetwork(networks, name("net", inode++), {}, false);
        networks.back()["kept"] = "/run/netns/lab";
        networks.back()["processes"] = 0;
        m_seconds += 2;
        for (Json& one : all) {
            one["receivedBytes"] = 40000 * m_seconds * one["index"].get<int64_t>();
            one["sentBytes"] = 9000 * m_seconds * one["index"].get<int64_t>();
        }
        return Json{{"namespaces", networks},
                    {"interfaces", all},
                    {"routes", routesOf(all)},
                    {"owners", owners},
                    {"time", m_seconds * 1'000'000'000}};
    }

private:
    static Json interface(const std::string& netns, int index, const std::string& name, const char* kind, int master,
                          int link, const std::string& peer, std::vector<std::string> addresses)
    {
        return {{"netns", netns},
                {"index", index},
                {"name", name},
                {"kind", kind},
                {"mac", std::string(kind) == "loopback" ? "" : fmt::format("52:54:00:00:00:{:02x}", index % 256)},
                {"mtu", 1500},
                {"up", true},
                {"carrier", true},
                {"master", master},
                {"link", link},
                {"peerNamespace", peer},
                {"addresses", std::move(addresses)},
                {"openers", Json::array()}};
    }

    /// Of each network its default one, and its own subnet.
    static Json routesOf(const Json& all)
    {
        Json routes = Json::array();
        auto add = [&](const Json& one, const std::string& destination, const std::string& gateway) {
            routes.push_back({{"netns", one["netns"]},
                              {"destination", destination},
                              {"kind", "unicast"},
                              {"gateway", gateway},
                              {"index", one["index"]},
                              {"source", ""},
                              {"metric", 0}});
        };
        for (const Json& one : all) {
            if (one["name"] == "eth0")
                add(one, "default", one["addresses"][0] == "10.88.0.7/16" ? "10.88.0.1" : "192.168.122.1");
            if (one["name"] == "enp3s0")
                add(one, "default", "192.168.1.1");
            if (one["name"] == "virbr0")
                add(one, "192.168.122.0/24", "");
        }
        return routes;
    }

    static void addPair(Json& all, const std::string& here, const std::string& there, int index, int master,
                        const std::string& address)
    {
        all.push_back(interface(here, index, fmt::format("veth{:04x}", index * 77), "veth", master, 2, there, {}));
        all.push_back(interface(there, 1, "lo", "loopback", 0, 0, "", {"127.0.0.1/8"}));
        all.push_back(interface(there, 2, "eth0", "veth", 0, index, here, {address}));
    }

    static void addNetwork(Json& networks, const std::string& id, std::vector<size_t> owners, bool isHost)
    {
        networks.push_back({{"id", id},
                            {"host", isHost},
                            {"path", isHost ? "/proc/1/ns/net" : "/proc/20412/ns/net"},
                            {"problem", ""},
                            {"owners", std::move(owners)},
                            {"processes", 2},
                            {"kept", ""},
                            {"moreRoutes", false}});
    }

    int64_t m_seconds = 0;
    struct Listing
    {
        Json namespaces = Json::array(), members = Json::array(), owners = Json::array();
    };

    static uint64_t rank(std::string_view kind)
    {
        uint64_t at = 0;
        while (kind != kinds[at])
            ++at;
        return at;
    }
    static std::string name(const std::string& kind, uint64_t inode) { return fmt::format("{}:[{}]", kind, inode); }
    static std::string host(const char* kind) { return name(kind, 4026531834 + rank(kind)); }

    static Json one(const std::string& kind, uint64_t inode, const std::string& owner, int pid)
    {
        return {{"id", name(kind, inode)},
                {"kind", kind},
                {"host", false},
                {"owner", owner},
                {"parent", kind == "user"              ? owner
                           : kind == "pid" && pid != 1 ? host("pid")
                                                       : ""},
                {"uidMap", Json::array()},
                {"gidMap", Json::array()},
                {"processes", 1},
                {"holders",
                 Json::array({{{"how", "task"}, {"pid", pid}, {"path", fmt::format("/proc/{}/ns/{}", pid, kind)}}})}};
    }

    static void addMember(Listing& made, int pid, const std::string& command, std::vector<std::string> ids)
    {
        made.members.push_back({{"pid", pid},
                                {"user", "165536"},
                                {"command", command},
                                {"owner", made.owners.size() - 1},
                                {"namespaces", std::move(ids)}});
    }

    static void addInstance(Listing& made, const Known& known, uint64_t& next, size_t number)
    {
        const bool machine = known.kind == Kind::Machine;
        made.owners.push_back({{"id", known.id},
                               {"name", known.name},
                               {"form", machine ? "machine" : "container"},
                               {"maker", "diptych"}});
        if (machine) {
            addMember(made, known.pid, "/usr/bin/qemu-system-x86_64 -name guest=" + known.name, {});
            return;
        }
        std::vector<std::string> ids;
        std::string owner = host("user");
        for (const char* kind : {"user", "mnt", "pid", "net", "ipc", "uts", "cgroup"}) {
            if (std::string(kind) == "user" && number % 4 == 3)
                continue; // without a mapping of users
            Json ns = one(kind, next++, owner, known.pid);
            ns["processes"] = 2;
            if (std::string(kind) == "user") {
                owner = ns["id"];
                ns["creator"] = 0;
                ns["uidMap"] = ns["gidMap"] = wholeMap(165536 + 65536 * number, 65536);
            }
            ids.push_back(ns["id"]);
            made.namespaces.push_back(std::move(ns));
        }
        addMember(made, known.pid, "/usr/sbin/nginx -g daemon", ids);
        addMember(made, known.pid + 1, "nginx: worker process", ids);
    }

    static void addOthers(Listing& made, uint64_t& next)
    {
        made.owners.push_back({{"id", "pid:7001:55"}, {"name", "pod"}, {"form", "container"}, {"maker", "podman"}});
        std::vector<std::string> ids;
        Json shared = one("net", next++, host("user"), 7001);
        shared["processes"] = 2;
        ids.push_back(shared["id"]);
        made.namespaces.push_back(shared);
        for (int pid : {7001, 7002}) {
            std::vector<std::string> own = ids;
            for (const char* kind : {"mnt", "pid", "ipc"}) {
                made.namespaces.push_back(one(kind, next++, host("user"), pid));
                own.push_back(made.namespaces.back()["id"]);
            }
            addMember(made, pid, pid == 7001 ? "/pause" : "redis-server *:6379", own);
        }
        made.owners.push_back({{"id", "pid:8100:99"}, {"name", "editor"}, {"form", "sandbox"}, {"maker", "flatpak"}});
        std::string owner = host("user");
        for (int depth = 0; depth < 2; ++depth) {
            Json user = one("user", next++, owner, 8100 + depth);
            user["creator"] = 1000;
            user["uidMap"] = user["gidMap"] = Json::array({{{"inside", 1000}, {"outside", 1000}, {"count", 1}}});
            owner = user["id"];
            made.namespaces.push_back(user);
            Json mounts = one("mnt", next++, owner, 8100 + depth);
            made.namespaces.push_back(mounts);
            addMember(made, 8100 + depth, depth ? "/app/bin/editor --type=renderer" : "/app/bin/editor",
                      {owner, mounts["id"]});
        }
        Json kept = one("net", next++, host("user"), 1);
        kept["processes"] = 0;
        kept["holders"] = Json::array({{{"how", "mount"}, {"pid", 1}, {"path", "/run/netns/lab"}}});
        made.namespaces.push_back(kept);
    }
};

} // namespace

std::unique_ptr<NamespaceSource> makeNamespaces()
{
    return std::make_unique<FakeNamespaces>();
}

} // namespace diptych::fake
