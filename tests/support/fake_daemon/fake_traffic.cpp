// Invented traffic in the shape of org.diptych.Isolation.MeasureTraffic: a container's own calls, and a machine under
// KVM.
#include "support/fake_daemon/fake_services.h"

#include <thread>

namespace diptych::fake {

namespace {

struct FlowSample
{
    const char *name, *group;
    double container, machine;
};

constexpr FlowSample sampleCalls[] = {
    {"epoll_wait", "waiting", 2210, 40}, {"recvfrom", "network", 1980, 0}, {"writev", "files", 1950, 96},
    {"openat", "files", 1210, 0},        {"close", "files", 1190, 2},      {"fstat", "files", 1180, 0},
    {"sendfile", "files", 1160, 0},      {"accept4", "network", 640, 0},   {"setsockopt", "network", 612, 0},
    {"ppoll", "waiting", 0, 820},        {"ioctl", "files", 0, 7400},      {"read", "files", 31, 510},
    {"futex", "waiting", 12, 340},       {"write", "files", 4, 260},       {"clock_nanosleep", "waiting", 8, 0},
};
constexpr FlowSample sampleExits[] = {
    {"io_exits", "exits", 0, 1840},  {"mmio_exits", "exits", 0, 2210}, {"halt_exits", "exits", 0, 390},
    {"irq_exits", "exits", 0, 1020}, {"signal_exits", "exits", 0, 12},
};

template <size_t N>
Json flowOf(const FlowSample (&samples)[N], bool machine, const char* resource, const char* statement, Json values)
{
    double sum = 0;
    Json kinds = Json::array();
    for (const FlowSample& one : samples) {
        double rate = machine ? one.machine : one.container;
        sum += rate;
        if (rate > 0)
            kinds.push_back({{"name", one.name}, {"group", one.group}, {"perSecond", rate}});
    }
    Json evidence = Json::array({{{"claim", "control group"},
                                  {"value", "/sys/fs/cgroup/diptych/9f3c"},
                                  {"source", "bpf(BPF_RAW_TRACEPOINT_OPEN) sys_enter"},
                                  {"command", "perf trace -s -G /sys/fs/cgroup/diptych/9f3c sleep 1"}}});
    return {{"perSecond", sum},
            {"kinds", std::move(kinds)},
            {"counted", true},
            {"row",
             {{"resource", resource},
              {"level", 0},
              {"statement", statement},
              {"values", std::move(values)},
              {"text", statement},
              {"evidence", std::move(evidence)}}}};
}

} // namespace

Result<Json> traffic(const Instance& instance, std::chrono::milliseconds time)
{
    std::this_thread::sleep_for(time);
    const bool machine = instance.spec.kind == Kind::Machine;
    Json answer = {{"calls", flowOf(sampleCalls, machine, "calls", machine ? "callsByProcess" : "callsByGroup",
                                    {{"group", "/diptych/9f3c"}, {"pid", std::to_string(instance.pid)}})},
                   {"milliseconds", time.count()}};
    if (machine)
        answer["exits"] = flowOf(sampleExits, true, "exits", "exitsCounted", Json::object());
    return answer;
}

} // namespace diptych::fake
