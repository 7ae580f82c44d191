#include "base/names.h"
#include "instances/instance.h"

#include <cmath>
#include <set>

namespace diptych {

std::string_view toString(Kind kind)
{
    return kind == Kind::Container ? "container" : "machine";
}

std::string_view toString(State state)
{
    switch (state) {
    case State::Creating:
        return "creating";
    case State::Stopped:
        return "stopped";
    case State::Starting:
        return "starting";
    case State::Running:
        return "running";
    case State::Paused:
        return "paused";
    case State::Stopping:
        return "stopping";
    case State::Broken:
        return "broken";
    }
    return "broken";
}

std::string_view toString(NetworkMode mode)
{
    switch (mode) {
    case NetworkMode::Nat:
        return "nat";
    case NetworkMode::Host:
        return "host";
    case NetworkMode::None:
        return "none";
    }
    return "none";
}

Result<Kind> kindFrom(std::string_view text)
{
    if (text == "container")
        return Kind::Container;
    if (text == "machine")
        return Kind::Machine;
    return failField("kind", "kind is container or machine");
}

Result<NetworkMode> networkModeFrom(std::string_view text)
{
    if (text == "nat")
        return NetworkMode::Nat;
    if (text == "host")
        return NetworkMode::Host;
    if (text == "none")
        return NetworkMode::None;
    return failField("network.mode", "network.mode is nat, host or none");
}

Status checkLimits(const Limits& limits, Kind kind, const std::string& field)
{
    constexpr uint64_t mebi = uint64_t{1} << 20;
    if (!std::isfinite(limits.cpus) || limits.cpus < 0 || (limits.cpus > 0 && limits.cpus < 0.01) || limits.cpus > 1024)
        return failField(field + ".cpus", "cores: 0.01 to 1024, or 0 for no limit");
    uint64_t least = kind == Kind::Machine ? 64 * mebi : 4 * mebi;
    if (limits.memory != 0 && (limits.memory < least || limits.memory > (uint64_t{64} << 40)))
        return failField(field + ".memory", fmt::format("memory: {} MiB to 64 TiB, or 0 for no limit", least / mebi));
    if (limits.pids > 4194304)
        return failField(field + ".pids", "processes: 1 to 4194304, or 0 for no limit");
    return {};
}

static Status checkPorts(const std::vector<Port>& ports)
{
    std::set<std::pair<std::string, uint16_t>> seen;
    for (size_t i = 0; i < ports.size(); ++i) {
        const Port& port = ports[i];
        std::string field = fmt::format("ports[{}]", i);
        if (port.protocol != "tcp" && port.protocol != "udp")
            return failField(field + ".protocol", "the protocol is tcp or udp");
        if (port.hostPort == 0)
            return failField(field + ".hostPort", "a port is 1 to 65535");
        if (port.port == 0)
            return failField(field + ".port", "a port is 1 to 65535");
        if (!seen.insert({port.protocol, port.hostPort}).second)
            return failField(field + ".hostPort", fmt::format("port {} is listed twice", port.hostPort));
    }
    return {};
}

static Status checkProcess(const InstanceSpec& spec)
{
    auto hasNul = [](const std::string& s) { return s.find('\0') != std::string::npos; };
    for (size_t i = 0; i < spec.command.size(); ++i) {
        if (hasNul(spec.command[i]) || (i == 0 && spec.command[i].empty()))
            return failField(fmt::format("command[{}]", i), "an argument must not be empty in front or contain NUL");
    }
    for (size_t i = 0; i < spec.environment.size(); ++i) {
        size_t equals = spec.environment[i].find('=');
        if (hasNul(spec.environment[i]) || equals == 0 || equals == std::string::npos)
            return failField(fmt::format("environment[{}]", i), "a variable reads NAME=value");
    }
    if (!spec.workingDirectory.empty() && (spec.workingDirectory.front() != '/' || hasNul(spec.workingDirectory)))
        return failField("workingDirectory", "the working directory is an absolute path");
    if (hasNul(spec.user) || spec.user.size() > 256)
        return failField("user", "not a user");
    return {};
}

Status checkSpec(const InstanceSpec& spec)
{
    TRY(checkInstanceName(spec.name));
    if (!spec.image.empty())
        TRY(checkImageReference(spec.image));
    TRY(checkLimits(spec.limits, spec.kind));
    TRY(checkPorts(spec.ports));
    TRY(checkProcess(spec));
    if (spec.kind == Kind::Machine && spec.network.mode == NetworkMode::Host)
        return failField("network.mode", "a virtual machine can't share the host's network stack");
    if (spec.network.mode == NetworkMode::Nat)
        TRY(checkInstanceName(spec.network.name, "network.name"));
    if (spec.network.mode != NetworkMode::Nat && !spec.ports.empty())
        return failField("ports", "ports can be published on a network only");
    if (!spec.twin.empty())
        TRY(checkId(spec.twin, "twin"));
    return {};
}

} // namespace diptych
