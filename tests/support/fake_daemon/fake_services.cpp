#include "support/fake_daemon/fake_services.h"

#include <sys/utsname.h>

namespace diptych::fake {

namespace {

/// What one side of a row says, and the words that stand in for what a real helper would have measured.
struct Side
{
    int level;
    const char *statement, *text, *claim, *value, *source;
};
struct Sentence
{
    const char* resource;
    Side container, machine;
};

constexpr const char* guestRelease = "6.12.48";

std::string hostRelease()
{
    utsname name{};
    return uname(&name) == 0 ? name.release : "";
}

constexpr Sentence sentences[] = {
    {"kernel",
     {1, "kernelShared", "the host's", "boot id inside", "9f3c1a52", "/proc/sys/kernel/random/boot_id"},
     {4, "kernelOwn", "6.12.48, its own", "boot id inside", "0c5e77b1", "/proc/sys/kernel/random/boot_id"}},
    {"processes",
     {2, "processesNamespace", "PID 1 here is an ordinary process of the host", "pid namespace inside",
      "pid:[4026533021]", "/proc/1/ns/pid"},
     {4, "processesOwn", "invisible to the host", "processes seen inside", "21", "/proc"}},
    {"files",
     {2, "filesOverlay", "overlay, image layers: 1", "root inside", "overlay", "/proc/self/mountinfo"},
     {3, "filesOwn", "ext4 on /dev/vda", "root inside", "ext4 /dev/vda", "/proc/self/mountinfo"}},
    {"network",
     {2, "netVeth", "veth → virbr0", "interfaces inside", "lo, eth0", "/sys/class/net"},
     {4, "netVirtio", "virtio-net → vnet3 → virbr0", "interfaces inside", "lo, eth0", "/sys/class/net"}},
    {"users",
     {2, "usersMapped", "uid 0 = uid 165536 on the host", "uid map", "0 165536 65536", "/proc/1/uid_map"},
     {4, "usersOwn", "uid 0 of its own kernel", "uid map", "0 0 4294967295", "/proc/1/uid_map"}},
    {"hostname",
     {2, "hostnameNamespaces", "uts and ipc namespaces", "uts namespace inside", "uts:[4026533019]", "/proc/1/ns/uts"},
     {4, "hostnameOwn", "kernel objects of its own", "uts namespace inside", "uts:[4026531838]", "/proc/1/ns/uts"}},
    {"memory",
     {2, "memoryLimited", "at most 256 MiB, page cache shared with the host", "memory seen inside", "32768 MiB",
      "/proc/meminfo"},
     {3, "memoryGuest", "256 MiB of guest RAM", "memory seen inside", "227 MiB", "/proc/meminfo"}},
    {"cpu",
     {2, "cpuLimited", "at most 1 × one core, the host's scheduler", "processors inside", "8", "/proc/cpuinfo"},
     {3, "cpuEmulated", "vCPUs emulated in software (TCG): 1", "processors inside", "1", "/proc/cpuinfo"}},
    {"disk",
     {1, "diskShared", "the host's disk queue and page cache, no limit", "share on the host", "100", "io.weight"},
     {3, "diskVirtual", "/dev/vda, a virtual disk", "disk inside", "/dev/vda", "/proc/self/mountinfo"}},
    {"syscalls",
     {2, "syscallsFiltered", "filtered by seccomp, the rest reach the host's kernel", "seccomp", "2", "/proc/1/status"},
     {4, "syscallsOwn", "none reach the host's kernel", "seccomp", "0", "/proc/1/status"}},
    {"capabilities",
     {2, "capabilitiesNamespace", "14 of 41, over its own namespaces only", "capabilities inside", "14",
      "/proc/self/status"},
     {4, "capabilitiesOwn", "41 over its own kernel, none over the host", "capabilities inside", "41",
      "/proc/self/status"}},
    {"keys",
     {2, "keysNamespace", "keyrings of its user namespace", "user namespace inside", "user:[4026533025]",
      "/proc/self/ns/user"},
     {4, "keysOwn", "keyrings of its own kernel", "boot id inside", "0c5e77b1", "/proc/sys/kernel/random/boot_id"}},
    {"label",
     {1, "labelNone", "none: no module of the host labels it", "security modules of the host", "capability",
      "/sys/kernel/security/lsm"},
     {4, "labelOwn", "its own kernel's; its process has none on the host", "security modules of the host", "capability",
      "/sys/kernel/security/lsm"}},
    {"devices",
     {2, "devicesNodes", "12 nodes in /dev", "device nodes inside", "12", "/dev"},
     {3, "devicesVirtual", "9 virtual PCI devices", "PCI devices inside", "9", "/sys/bus/pci/devices"}},
    {"clock",
     {1, "clockHost", "the host's clocks", "monotonic offset inside, s", "0", "/proc/self/timens_offsets"},
     {3, "clockOwn", "clocks of its own, up 64 s", "up", "64 s", "/proc/uptime"}},
};

/// The values that the sentences of the window ask for by name.
Json valuesOf(const Instance& instance)
{
    bool container = instance.spec.kind == Kind::Container;
    return {{"release", container ? hostRelease() : std::string(guestRelease)},
            {"bootId", container ? "9f3c1a52" : "0c5e77b1"},
            {"hostBootId", "9f3c1a52"},
            {"name", instance.spec.name},
            {"type", container ? "overlay" : "ext4"},
            {"source", "/dev/vda"},
            {"layers", "1"},
            {"bridge", "virbr0"},
            {"tap", "vnet3"},
            {"uid", "0"},
            {"outside", "165536"},
            {"limit", "256 MiB"},
            {"total", "256 MiB"},
            {"cores", "1"},
            {"vcpus", "1"},
            {"count", container ? "12" : "9"},
            {"all", "41"},
            {"device", "/dev/vda"},
            {"uptime", "64"}};
}

} // namespace

Json evidence(const Instance& instance, const Json* probe, const Json& /*facts*/)
{
    Json rows = Json::array();
    for (const Sentence& s : sentences) {
        const Side& side = instance.spec.kind == Kind::Container ? s.container : s.machine;
        if (!probe) {
            rows.push_back({{"resource", s.resource},
                            {"level", 0},
                            {"statement", "notMeasured"},
                            {"values", {{"reason", "it does not run"}}},
                            {"text", "Not measured: it does not run"},
                            {"evidence", Json::array()}});
            continue;
        }
        Json evidence = Json::array();
        evidence.push_back({{"claim", side.claim},
                            {"value", side.value},
                            {"source", side.source},
                            {"command", fmt::format("cat /proc/{}/root{}", instance.pid, side.source)}});
        if (std::string_view(s.resource) == "kernel")
            evidence.push_back({{"claim", "boot id of the host"},
                                {"value", "9f3c1a52"},
                                {"source", side.source},
                                {"command", fmt::format("cat {}", side.source)}});
        rows.push_back({{"resource", s.resource},
                        {"level", side.level},
                        {"statement", side.statement},
                        {"values", valuesOf(instance)},
                        {"text", side.text},
                        {"evidence", std::move(evidence)}});
    }
    return rows;
}

Made makeServices(const Behaviour& behaviour)
{
    Made made;
    auto containers = std::make_unique<FakeDriver>(Kind::Container, behaviour);
    auto machines = std::make_unique<FakeDriver>(Kind::Machine, behaviour);
    made.containers = containers.get();
    made.machines = machines.get();
    made.services.drivers.push_back(std::move(containers));
    made.services.drivers.push_back(std::move(machines));
    made.services.images = makeImages(behaviour.sampleImages);
    made.services.groups = makeGroups();
    made.services.namespaces = makeNamespaces();
    made.services.traffic = traffic;
    made.services.evidence = evidence;
    made.services.resources = resources;
    made.services.process = processRows;
    made.services.hypervisor = [] {
        return Hypervisor{"tcg", "the processor's flags show neither vmx nor svm", "9.0.0", "7.2.11", ""};
    };
    return made;
}

void populate(FakeDriver& containers, FakeDriver& machines, int containerCount, int machineCount)
{
    int twins = std::min({containerCount, machineCount, 2});
    for (int i = 0; i < twins; ++i) {
        std::string name = i == 0 ? "web" : "db";
        std::string container = containers.add(name, State::Running),
                    machine = machines.add(name + "-vm", State::Running);
        containers.link(container, machine);
        machines.link(machine, container);
    }
    for (int i = twins; i < containerCount; ++i)
        containers.add(fmt::format("container-{:03}", i), i % 5 == 4    ? State::Stopped
                                                          : i % 11 == 7 ? State::Paused
                                                                        : State::Running);
    for (int i = twins; i < machineCount; ++i)
        machines.add(fmt::format("machine-{:03}", i), i % 3 == 2 ? State::Stopped : State::Running);
    if (containerCount > 0)
        containers.add("broken", State::Broken);
    if (machineCount > 0)
        machines.addForeign("debian12");
}

} // namespace diptych::fake
