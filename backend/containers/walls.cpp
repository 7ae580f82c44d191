#include "containers/walls.h"

#include "oci/config.h"

#include <algorithm>

namespace diptych::containers {

namespace {

/// Of a wall's name, the type of namespace in config.json.
const char* namespaceOf(std::string_view wall)
{
    for (auto [name, type] : {std::pair{"processes", "pid"},
                              {"network", "network"},
                              {"hostname", "uts"},
                              {"ipc", "ipc"},
                              {"cgroup", "cgroup"},
                              {"users", "user"}})
        if (wall == name)
            return type;
    return nullptr;
}

constexpr const char* allWalls[] = {"processes", "network", "hostname",     "ipc",     "cgroup", "users",
                                    "seccomp",   "masks",   "capabilities", "devices", "files"};

void dropWhere(Json& list, const char* key, std::string_view value)
{
    list.erase(std::remove_if(list.begin(), list.end(), [&](const Json& one) { return one[key] == value; }),
               list.end());
}

/// The kernel gives a proc, as it gives a message queue, only to the owner of the namespace that it would show: in a
/// user namespace of its own there is only the host's.
void showHostsProc(Json& config)
{
    for (Json& mount : config["mounts"])
        if (mount["destination"] == "/proc")
            mount = {{"destination", "/proc"},
                     {"type", "bind"},
                     {"source", "/proc"},
                     {"options", {"bind", "nosuid", "noexec", "nodev"}}};
}

void giveCapabilities(Json& config, uint64_t mask)
{
    Json names = Json::array();
    for (int number = 0; !oci::capabilityName(number).empty(); ++number)
        if (mask >> number & 1)
            names.push_back(oci::capabilityName(number));
    for (const char* set : {"bounding", "effective", "permitted"})
        config["process"]["capabilities"][set] = names;
}

} // namespace

std::vector<WallChoice> wallsOf(const InstanceSpec& spec)
{
    std::vector<WallChoice> walls;
    for (const char* name : allWalls)
        walls.push_back({name, std::string_view(name) == "network" && spec.network.mode == NetworkMode::Host
                                   ? "it shares the host's network: there is no such wall"
                                   : ""});
    return walls;
}

Status checkWalls(const InstanceSpec& spec, const std::vector<std::string>& walls)
{
    if (walls.empty())
        return failField("walls", "walls: none was chosen");
    const std::vector<WallChoice> known = wallsOf(spec);
    std::set<std::string> seen;
    for (const std::string& wall : walls) {
        auto one = std::find_if(known.begin(), known.end(), [&](const WallChoice& w) { return w.name == wall; });
        if (one == known.end())
            return failField("walls", fmt::format("walls: a container has no wall \"{}\"", wall));
        if (!one->missing.empty())
            return failField("walls", fmt::format("walls: {}: {}", wall, one->missing));
        if (!seen.insert(wall).second)
            return failField("walls", fmt::format("walls: {} stands there twice", wall));
    }
    return {};
}

Json withoutWalls(Json config, const std::set<std::string>& walls, uint64_t helperCapabilities)
{
    auto down = [&](const char* name) { return walls.contains(name); };
    for (const std::string& wall : walls)
        if (const char* type = namespaceOf(wall))
            dropWhere(config["linux"]["namespaces"], "type", type);
    if (down("hostname"))
        config.erase("hostname"); // it would be the host's
    if (down("users")) {
        config["linux"].erase("uidMappings");
        config["linux"].erase("gidMappings");
    }
    if (down("processes") && !down("users"))
        showHostsProc(config);
    if (down("ipc") && !down("users"))
        dropWhere(config["mounts"], "destination", "/dev/mqueue");
    if (down("seccomp"))
        config["linux"].erase("seccomp");
    if (down("masks")) {
        config["linux"].erase("maskedPaths");
        config["linux"].erase("readonlyPaths");
    }
    if (down("capabilities"))
        giveCapabilities(config, down("users") ? helperCapabilities : ~uint64_t{0});
    if (down("devices"))
        config["linux"]["resources"]["devices"] = {{{"allow", true}, {"access", "rwm"}}};
    if (down("files"))
        config["mounts"].push_back({{"destination", "/host"},
                                    {"type", "bind"},
                                    {"source", "/"},
                                    {"options", {"bind", "ro", "nosuid", "nodev", "noexec"}}});
    return config;
}

} // namespace diptych::containers
