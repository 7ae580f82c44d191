#include "base/files.h"
#include "runtime/resources.h"
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
    auto positive = [&](const char* name) -> Result<std::optional<uint64_t>> {
        auto value = TRY(number(name));
        if (!value)
            return std::optional<uint64_t>{};
        if (*value < 0)
            return failField(name, fmt::format("--{} must not be negative", name));
        return std::optional<uint64_t>(static_cast<uint64_t>(*value));
    };
    r.memoryLimit = TRY(number("memory"));
    r.memoryReservation = TRY(number("memory-reservation"));
    r.memorySwap = TRY(number("memory-swap"));
    r.pidsLimit = TRY(number("pids-limit"));
    r.cpuQuota = TRY(number("cpu-quota"));
    r.cpuPeriod = TRY(positive("cpu-period"));
    r.cpuShares = TRY(positive(arguments.has("cpu-share") ? "cpu-share" : "cpu-shares"));
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
    return oci::parseResources(text);
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
    TRY(group->apply(limits));
    return 0;
}

} // namespace diptych::runtime
