#include "isolation/evidence.h"

#include "base/files.h"
#include "base/process.h"
#include "isolation/facts.h"

#include <charconv>
#include <sys/utsname.h>
#include <unistd.h>

namespace diptych::isolation {

namespace {
uint64_t memoryTotal()
{
    std::string text = readFile("/proc/meminfo").value_or("");
    return leadingNumber(statusField(text, "MemTotal")) * 1024;
}

constexpr const char* kResources[] = {"kernel",       "processes", "files", "network", "users",
                                      "hostname",     "memory",    "cpu",   "disk",    "syscalls",
                                      "capabilities", "keys",      "label", "devices", "clock"};

std::vector<Row> allNotMeasured(const std::string& reason)
{
    std::vector<Row> rows;
    for (const char* resource : kResources)
        rows.push_back(notMeasured(resource, reason));
    return rows;
}
} // namespace

HostIdentity identifyHost()
{
    HostIdentity host;
    host.bootId = trim(readFile("/proc/sys/kernel/random/boot_id").value_or(""));
    utsname name{};
    ::uname(&name);
    host.release = name.release;
    host.hostname = name.nodename;
    host.namespaces = namespaceLinks("1");
    if (host.namespaces.empty()) {
        host.namespaces = namespaceLinks("self");
        host.namespacesOf = "self";
    }
    host.cpus = static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN));
    host.memory = memoryTotal();
    std::string last(trim(readFile("/proc/sys/kernel/cap_last_cap").value_or("")));
    if (int number = 0; std::from_chars(last.data(), last.data() + last.size(), number).ec == std::errc())
        host.capabilities = number + 1;
    host.securityModules = trim(readFile("/sys/kernel/security/lsm").value_or(""));
    return host;
}

/// A virtual machine of others: only what its process shows.
static std::vector<Row> fromOutside(const Instance& instance, const Json& hostFacts, const HostIdentity& host)
{
    const Json inside = {{"kernel", {{"bootId", "not asked"}}}};
    Facts facts(instance, inside, hostFacts, host);
    std::vector<Row> rows;
    for (Row& row : allNotMeasured("nobody inside could be asked")) {
        if (row.resource == "kernel")
            row = guestKernelRow(facts);
        else if (row.resource == "processes")
            row = processesRow(facts);
        else if (row.resource == "memory")
            row = memoryRow(facts);
        else if (row.resource == "cpu")
            row = cpuRow(facts);
        else if (row.resource == "syscalls")
            row = syscallsRow(facts);
        else if (row.resource == "label")
            row = labelRow(facts);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Row> evidence(const Instance& instance, const Json* probe, const Json& hostFacts, const HostIdentity& host)
{
    if (instance.state != State::Running && instance.state != State::Paused)
        return allNotMeasured("it does not run");
    if (hostFacts.is_object() && hostFacts.contains("elsewhere")) {
        const Json inside;
        return rowsElsewhere(Facts(instance, inside, hostFacts, host));
    }
    if (hostFacts.is_object() && hostFacts.contains("domain") && hostFacts["domain"].contains("insideUnknown"))
        return fromOutside(instance, hostFacts, host);
    if (!probe || !probe->is_object())
        return allNotMeasured("diptych-guest gave no answer from inside");
    Facts facts(instance, *probe, hostFacts, host);
    if (facts.kernel() == Facts::Kernel::Unknown)
        return allNotMeasured("the boot id of the kernel could not be read");
    return {kernelRow(facts),       processesRow(facts), filesRow(facts), networkRow(facts), usersRow(facts),
            hostnameRow(facts),     memoryRow(facts),    cpuRow(facts),   diskRow(facts),    syscallsRow(facts),
            capabilitiesRow(facts), keysRow(facts),      labelRow(facts), devicesRow(facts), clockRow(facts)};
}

std::string_view toString(Wall level)
{
    switch (level) {
    case Wall::Shared:
        return "shared";
    case Wall::Divided:
        return "divided";
    case Wall::Emulated:
        return "emulated";
    case Wall::Own:
        return "own";
    case Wall::NotMeasured:
        break;
    }
    return "notMeasured";
}

Json toJson(const Row& row)
{
    Json list = Json::array();
    for (const Evidence& e : row.evidence)
        list.push_back({{"claim", e.claim}, {"value", e.value}, {"source", e.source}, {"command", e.command}});
    return {{"resource", row.resource},   {"level", static_cast<int>(row.level)},
            {"statement", row.statement}, {"values", row.values},
            {"text", row.text},           {"evidence", std::move(list)}};
}

Json toJson(const HostIdentity& host)
{
    return {{"bootId", host.bootId},         {"release", host.release}, {"hostname", host.hostname},
            {"namespaces", host.namespaces}, {"cpus", host.cpus},       {"memory", host.memory}};
}

} // namespace diptych::isolation
