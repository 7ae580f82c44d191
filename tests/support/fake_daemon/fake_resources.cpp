// Invented figures of memory and bounds, in the shape of org.diptych.Isolation.GetResources.
#include "support/fake_daemon/fake_services.h"

namespace diptych::fake {

namespace {

constexpr int64_t mib = 1 << 20;

Json evidenceOf(const std::string& claim, const std::string& value, const std::string& source)
{
    return {{"claim", claim}, {"value", value}, {"source", source}, {"command", "cat " + source}};
}

Json figureOf(const char* name, const char* part, int64_t bytes, const char* statement, const std::string& source,
              Json values = Json::object())
{
    return {{"name", name},
            {"part", part},
            {"bytes", bytes},
            {"statement", statement},
            {"values", std::move(values)},
            {"text", statement},
            {"evidence", Json::array({evidenceOf("counter", std::to_string(bytes), source)})}};
}

Json boundOf(const char* resource, const char* statement, Json values, Json evidence)
{
    return {{"resource", resource},        {"level", 0},        {"statement", statement},
            {"values", std::move(values)}, {"text", statement}, {"evidence", evidence}};
}

void addCharged(Json& figures, const std::string& group, std::initializer_list<int64_t> parts)
{
    const std::string stat = "/sys/fs/cgroup" + group + "/memory.stat";
    int64_t sum = 0;
    for (int64_t part : parts)
        sum += part;
    figures.push_back(
        figureOf("charged", "", sum, "charged", "/sys/fs/cgroup" + group + "/memory.current", {{"group", group}}));
    const char* names[] = {"anonymous", "fileCache", "sharedMemory", "kernelMemory", "difference"};
    size_t at = 0;
    for (int64_t part : parts) {
        figures.push_back(figureOf(names[at], "charged", part, names[at], stat));
        ++at;
    }
}

} // namespace

Json resources(const Instance& instance, const Json* /*probe*/, const Json& /*facts*/)
{
    const bool machine = instance.spec.kind == Kind::Machine;
    const std::string group = machine ? "/machine/qemu-1-" + instance.spec.name : "/diptych/" + instance.id;
    const std::string smaps = "/proc/" + std::to_string(instance.pid) + "/smaps_rollup";
    Json figures = Json::array();
    figures.push_back(machine ? figureOf("believed", "", 231 * mib, "believesOwn", "/proc/meminfo")
                              : figureOf("believed", "", 24576 * mib, "believesHost", "/proc/meminfo"));
    if (machine) {
        addCharged(figures, group, {268 * mib, 31 * mib, 0, 6 * mib, mib / 4});
        figures.push_back(figureOf("resident", "", 281 * mib, "resident", smaps, {{"count", "1"}}));
        figures.push_back(figureOf("guestMemory", "resident", 214 * mib, "guestMemory", smaps, {{"given", "256 MiB"}}));
        figures.push_back(figureOf("hypervisor", "resident", 67 * mib, "hypervisor", smaps));
    } else {
        addCharged(figures, group, {38 * mib, 61 * mib, 4 * mib, 7 * mib, mib / 2});
        figures.push_back(figureOf("resident", "", 45 * mib, "resident", smaps, {{"count", "4"}}));
        figures.push_back(figureOf("unique", "resident", 36 * mib, "unique", smaps));
        figures.push_back(figureOf("sharedPart", "resident", 9 * mib, "sharedPart", smaps));
    }
    figures.push_back(figureOf("rss", "", (machine ? 313 : 88) * mib, "rss", smaps));
    figures.push_back(figureOf("swap", "", 0, "swap", smaps));
    figures.push_back(figureOf("ksm", "", 0, "ksm", smaps));
    if (machine) {
        figures.push_back(figureOf("guest", "", 256 * mib, "guest", "libvirt domain XML"));
        const char* names[] = {"guestUsed", "guestCache", "guestFree", "guestKernel", "balloon"};
        const int64_t sizes[] = {41, 52, 138, 25, 0};
        for (size_t i = 0; i < 5; ++i)
            figures.push_back(figureOf(names[i], "guest", sizes[i] * mib, names[i], "virDomainMemoryStats()"));
    }
    Json bounds = Json::array();
    const std::string file = "/sys/fs/cgroup" + group + "/memory.max";
    bounds.push_back(
        boundOf("memoryBound", machine ? "memoryByGuest" : "memoryByGroup",
                {{"amount", "256 MiB"}, {"group", group}, {"raw", std::to_string(256 * mib)}},
                Json::array({evidenceOf("binds", group + ": 268435456", file),
                             evidenceOf("no limit", "/diptych: max", "/sys/fs/cgroup/diptych/memory.max"),
                             evidenceOf("limit, not reached first", "machine: 25769803776", "/proc/meminfo")})));
    bounds.push_back(boundOf(
        "cpuBound", machine ? "cpuByVcpus" : "cpuByAncestor", {{"amount", "1"}, {"group", "/diptych"}, {"raw", "1"}},
        Json::array({evidenceOf("binds", "/diptych: 100000 100000", "/sys/fs/cgroup/diptych/cpu.max")})));
    bounds.push_back(boundOf("pidsBound", machine ? "pidsByGuest" : "pidsByGroup",
                             {{"amount", "256"}, {"group", group}, {"raw", "256"}},
                             Json::array({evidenceOf("binds", group + ": 256", "/sys/fs/cgroup/pids.max")})));
    return {{"figures", std::move(figures)}, {"bounds", std::move(bounds)}};
}

Result<Json> processRows(const Instance& instance, const Json* /*probe*/, const Json& /*facts*/, int pid, int insidePid)
{
    auto row = [](const char* resource, const char* statement, Json values, const std::string& source) {
        return boundOf(resource, statement, std::move(values), Json::array({evidenceOf("NSpid", "12 1", source)}));
    };
    const std::string status = fmt::format("/proc/{}/status", pid > 0 ? pid : instance.pid);
    Json inside = Json::array({row("pid", "viewPid", {{"pid", std::to_string(insidePid)}}, status),
                               row("uid", "viewUid", {{"uid", "0"}}, status),
                               row("command", "viewCommand", {{"command", "nginx: worker process"}}, status)});
    Json host = Json::array();
    if (pid > 0) {
        inside.push_back(row("namespaces", "viewNamespaces", {{"own", "ipc, mnt, net, pid, user, uts"}}, status));
        host = Json::array({row("pid", "viewPid", {{"pid", std::to_string(pid)}}, status),
                            row("uid", "viewUid", {{"uid", "1879048192"}}, status),
                            row("command", "viewCommand", {{"command", "nginx: worker process"}}, status),
                            row("namespaces", "viewShared", {{"shared", "time"}}, status)});
    } else {
        inside.push_back(row("namespaces", "viewNamespacesForeign", Json::object(), status));
        host = Json::array({row("pid", "viewNowhere", {{"pid", std::to_string(instance.pid)}}, status),
                            row("threads", "viewVcpus", {{"count", "1"}}, status),
                            row("uid", "viewQemuUid", {{"uid", "64055"}}, status)});
    }
    return Json{{"inside", std::move(inside)}, {"host", std::move(host)}};
}

} // namespace diptych::fake
