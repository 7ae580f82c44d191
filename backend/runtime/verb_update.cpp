#include "base/files.h"
#include "runtime/resources.h"
#include "runtime/systemd.h"
#include "runtime/verbs.h"

#include <unistd.h>

namespace diptych::runtime {

static Result<oci::Resources> fromFlags(const Arguments& arguments)
{
    oci::Resources r;
    auto number = [&](const char* name) -> Result<std::optional<int64_t>> {
        if (!arguments.has(name))
            return std::optional<int64_t>{};
        return std::optional<int64_t>(TRY(integerFrom(name, arguments.value(name))));
    };
    // runc takes "64m" as well.
    auto size = [&](const char* name) -> Result<std::optional<int64_t>> {
        if (!arguments.has(name))
            return std::optional<int64_t>{};
        std::string text = arguments.value(name);
        if (text.size() > 1 && (text.back() == 'b' || text.back() == 'B'))
            text.pop_back();
        static constexpr std::string_view units = "kmgt";
        size_t unit = text.empty() ? units.npos : units.find(static_cast<char>(text.back() | 0x20));
        int64_t factor = unit == units.npos ? 1 : int64_t{1024} << (10 * unit);
        if (factor > 1)
            text.pop_back();
        int64_t value = TRY(integerFrom(name, text));
        if (value > INT64_MAX / factor || value < -1 || (value < 0 && factor > 1))
            return failField(name, fmt::format("--{}: \"{}\" is out of range", name, arguments.value(name)));
        return std::optional<int64_t>(value * factor);
    };
    auto positive = [&](const char* name) -> Result<std::optional<uint64_t>> {
        auto value = TRY(number(name));
        if (!value)
            return std::optional<uint64_t>{};
        if (*value < 0)
            return failField(name, fmt::format("--{} must not be negative", name));
        return std::optional<uint64_t>(static_cast<uint64_t>(*value));
    };
    r.memoryLimit = TRY(size("memory"));
    r.memoryReservation = TRY(size("memory-reservation"));
    r.memorySwap = TRY(size("memory-swap"));
    r.pidsLimit = TRY(number("pids-limit"));
    r.cpuQuota = TRY(number("cpu-quota"));
    r.cpuPeriod = TRY(positive("cpu-period"));
    r.cpuShares = TRY(positive(arguments.has("cpu-share") ? "cpu-share" : "cpu-shares"));
    r.cpuBurst = TRY(positive("cpu-burst"));
    if (auto idle = TRY(positive("cpu-idle")))
        r.cpuIdle = *idle != 0;
    r.realtimePeriod = TRY(positive("cpu-rt-period"));
    r.realtimeRuntime = TRY(number("cpu-rt-runtime"));
    r.kernelTcpMemory = TRY(number("kernel-memory-tcp"));
    (void)TRY(number("kernel-memory"));
    for (const char* name : {"l3-cache-schema", "mem-bw-schema"})
        if (arguments.has(name))
            return fail(Code::NotSupported, fmt::format("--{}: Intel RDT is not supported", name));
    r.blockWeight = TRY(positive("blkio-weight"));
    if (arguments.has("cpuset-cpus"))
        r.cpus = arguments.value("cpuset-cpus");
    if (arguments.has("cpuset-mems"))
        r.mems = arguments.value("cpuset-mems");
    return r;
}

static Result<oci::Resources> wanted(const Arguments& arguments)
{
    if (!arguments.has("resources"))
        return fromFlags(arguments);
    std::string path = arguments.value("resources");
    std::string text =
        path == "-" ? TRYX(readFd(STDIN_FILENO, size_t{1} << 20), "stdin") : TRYX(readFile(path), "--resources");
    return TRYX(oci::parseResources(text), "--resources");
}

Result<int> update(const Global& global, const Arguments& arguments)
{
    Store store(global.root);
    std::string id = TRY(containerId(arguments));
    UniqueFd lock = TRY(store.lock(id));
    Record record = TRY(store.read(id));
    oci::Resources resources = TRY(wanted(arguments));
    Phase phase = statusOf(store, record);
    auto group = cgroupOf(record);
    if (phase == Phase::Stopped || !group)
        return fail(Code::WrongState, fmt::format("container {} is not running", id));
    cgroups::Resources limits = resourcesFrom(resources);
    if (!resources.devices.empty())
        limits.devices = deviceRules(resources.devices);
    if (!record.scope.empty())
        TRY(updateScope(record.scope, resources));
    TRY(group->apply(limits));
    return 0;
}

} // namespace diptych::runtime
