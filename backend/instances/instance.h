// An instance, container or virtual machine, as a value. Names and units are those of
// api/org.diptych.Instances.varlink; context is what could be fed back to Create, runtime is what only observation
// gives.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace diptych {

enum class Kind { Container, Machine };
enum class NetworkMode { Nat, Host, None };

enum class State {
    Creating, ///< being made; not yet startable
    Stopped,  ///< made, no process; exitCode says how it ended if it ever ran
    Starting,
    Running,
    Paused,
    Stopping,
    Broken, ///< its files are damaged: it can only be deleted; problem says what is wrong
};

/// 0 means no limit, in each member.
struct Limits
{
    double cpus = 0;     ///< cores: 0.5 is half of one. cgroup cpu.max; vCPUs = ceil(cpus) and their scheduler quota
    uint64_t memory = 0; ///< bytes. cgroup memory.max; the guest's RAM (balloon while running)
    uint64_t pids = 0;   ///< processes and threads. cgroup pids.max, in a virtual machine the guest's own
    bool operator==(const Limits&) const = default;
};

struct Port
{
    std::string protocol = "tcp"; ///< tcp or udp
    uint16_t hostPort = 0;
    uint16_t port = 0;
    bool operator==(const Port&) const = default;
};

struct Network
{
    NetworkMode mode = NetworkMode::Nat;
    std::string name = "default"; ///< the libvirt network, for Nat
    bool operator==(const Network&) const = default;
};

/// Context.
struct InstanceSpec
{
    std::string name;
    Kind kind = Kind::Container;
    std::string image;                    ///< reference in our store; empty for a domain that others made
    std::vector<std::string> command;     ///< in place of the image's entry point and command; empty: the image's
    std::vector<std::string> environment; ///< added to the image's, "NAME=value"
    std::string user;                     ///< empty: the image's
    std::string workingDirectory;         ///< empty: the image's
    bool terminal = false; ///< the entry point gets a pty (containers; a machine always has a serial console)
    Limits limits;
    Network network;
    std::vector<Port> ports;
    std::string twin; ///< id of the other half, empty when there is none
    bool operator==(const InstanceSpec&) const = default;
};

/// One step of a start. Times are nanoseconds since the click (the moment start() was called).
struct TimelineStep
{
    std::string name; ///< stable word: "clone" "mounts" ... ; "qemu" "firmware" "kernel" "init" "entrypoint"
    int64_t begin = 0, end = 0;
    std::string detail; ///< system call or measure this comes from, for the tool tip
};

struct Timeline
{
    int64_t startedAt = 0; ///< Unix ms
    int64_t total = 0;     ///< ns until the entry point ran
    bool complete = false; ///< the entry point was reached
    std::vector<TimelineStep> steps;
};

/// Context and runtime.
struct Instance
{
    std::string id; ///< UUID; for domains libvirt's
    InstanceSpec spec;
    State state = State::Stopped;
    bool managed = true;         ///< false: somebody else's domain, found on libvirt
    std::string connection;      ///< id of the added connection it is on; empty: this machine's
    std::string problem;         ///< why Broken, or why the last start failed
    int64_t createdAt = 0;       ///< Unix ms, 0 unknown
    int64_t startedAt = 0;       ///< Unix ms of the last start, 0 never
    int64_t finishedAt = 0;      ///< Unix ms of the last end, 0 never or running
    std::optional<int> exitCode; ///< of the last end; 128 + signal
    bool oomKilled = false;
    bool installing = false; ///< machine: an unattended installation has not ended, or not begun
    int pid = 0;             ///< container: its init on the host; machine: the QEMU process; 0 when not running
    std::string address;     ///< IPv4 on the network, empty when none is known
    std::string mac;
    std::string cgroup;                      ///< path below the hierarchy, "/diptych/<id>"
    std::string acceleration;                ///< machine: "kvm" or "tcg"; empty for containers
    std::vector<std::string> hostNamespaces; ///< container: namespaces it shares with the host, "network"
    int64_t startNanoseconds = 0;            ///< Timeline::total of the last start, 0 unknown
    std::string title, description;          ///< machine: what people call it and wrote about it, shortened
    bool operator==(const Instance&) const = default;
};

/// Counters since the instance's start, as far as the kind has them. Rates are made by metrics.
struct Sample
{
    int64_t time = 0; ///< CLOCK_MONOTONIC, ns
    uint64_t cpuNanoseconds = 0;
    uint64_t throttledNanoseconds = 0;
    uint64_t memory = 0;      ///< bytes charged on the host: cgroup usage; QEMU's resident size
    uint64_t memoryGuest = 0; ///< machine: used as the guest says (balloon), 0 unknown
    uint64_t pids = 0;        ///< processes; machine: QEMU's threads
    uint64_t readBytes = 0, writtenBytes = 0;
    uint64_t receivedBytes = 0, sentBytes = 0; ///< as the instance sees it
    uint64_t oomKills = 0;
};

std::string_view toString(Kind kind);
std::string_view toString(State state);
std::string_view toString(NetworkMode mode);
Result<Kind> kindFrom(std::string_view text);
Result<NetworkMode> networkModeFrom(std::string_view text);

/// Limits within what can be asked for: memory 0 or 4 MiB to 64 TiB (machines at least 64 MiB), cpus 0 or 0.01 to
/// 1024, pids 0 or 1 to 4194304. field is put in front of the member's name in errors.
Status checkLimits(const Limits& limits, Kind kind, const std::string& field = "limits");
/// name, image reference, limits, ports (1..65535, tcp|udp, no duplicates), environment ("NAME=value", no NUL),
/// command (no NUL), network (Host and None: containers only; Machine: Nat).
Status checkSpec(const InstanceSpec& spec);

} // namespace diptych
