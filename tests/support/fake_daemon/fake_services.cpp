#include "support/fake_daemon/fake_services.h"

namespace diptych::fake {

namespace {

struct Sentence
{
    const char *resource, *containerStatement, *containerText, *machineStatement, *machineText;
    int container, machine;
};

constexpr Sentence sentences[] = {
    {"kernel", "kernelShared", "It runs on the host's kernel", "kernelOwn", "It boots a kernel of its own", 1, 4},
    {"processes", "pidNamespace", "It sees its own processes only; the host sees them all", "pidOwn",
     "Its processes are its own kernel's", 2, 4},
    {"files", "filesOverlay", "Its root is a mount in the host's file system", "filesDisk",
     "Its root is a disk image behind a virtual controller", 2, 3},
    {"network", "netVeth", "A cable of two ends leads from its namespace to the bridge", "netVirtio",
     "A virtual network card leads to the bridge", 2, 3},
    {"users", "usersMapped", "Its users are mapped to others of the host", "usersOwn", "Its users are its own kernel's",
     2, 4},
    {"hostname", "hostnameNamespace", "It has a name of its own", "hostnameOwn", "It has a name of its own", 2, 4},
    {"memory", "memoryLimited", "The host's memory, limited", "memoryOwn", "Memory of its own, given at start", 2, 3},
    {"cpu", "cpuLimited", "The host's processors, limited", "cpuVirtual", "Virtual processors", 2, 3},
    {"syscalls", "syscallsFiltered", "Calls go to the host's kernel through a filter", "syscallsOwn",
     "Calls end in its own kernel", 2, 4},
    {"devices", "devicesFew", "A few harmless devices of the host", "devicesEmulated", "Emulated devices", 2, 3},
    {"clock", "clockShared", "The host's clock", "clockVirtual", "A virtual clock", 1, 3},
};

} // namespace

Json evidence(const Instance& instance, const Json* probe, const Json& facts)
{
    Json rows = Json::array();
    bool container = instance.spec.kind == Kind::Container;
    for (const Sentence& s : sentences) {
        bool measured = probe != nullptr;
        Json evidence = Json::array();
        evidence.push_back(
            {{"claim", "boot id inside"},
             {"value", measured ? "0c5e…" : ""},
             {"source", "/proc/sys/kernel/random/boot_id"},
             {"command", fmt::format("cat /proc/{}/root/proc/sys/kernel/random/boot_id", instance.pid)}});
        evidence.push_back(
            {{"claim", "facts of the host"}, {"value", dumpJson(facts)}, {"source", "/proc"}, {"command", ""}});
        rows.push_back({{"resource", s.resource},
                        {"level", !measured   ? 0
                                  : container ? s.container
                                              : s.machine},
                        {"statement", !measured   ? "notMeasured"
                                      : container ? s.containerStatement
                                                  : s.machineStatement},
                        {"values", {{"name", instance.spec.name}}},
                        {"text", !measured   ? "Not measured: it does not run"
                                 : container ? s.containerText
                                             : s.machineText},
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
    made.services.images = makeImages();
    made.services.evidence = evidence;
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
