#include "oci/config.h"

#include <algorithm>

namespace diptych::oci {

static Status readCpu(JsonReader& reader, Resources& out)
{
    auto cpu = TRY(reader.optionalObject("cpu"));
    if (!cpu)
        return {};
    out.cpuShares = TRY(cpu->optionalUnsigned("shares"));
    out.cpuQuota = TRY(cpu->optionalInteger("quota"));
    out.cpuPeriod = TRY(cpu->optionalUnsigned("period"));
    out.cpuBurst = TRY(cpu->optionalUnsigned("burst"));
    out.realtimeRuntime = TRY(cpu->optionalInteger("realtimeRuntime"));
    out.realtimePeriod = TRY(cpu->optionalUnsigned("realtimePeriod"));
    if (auto idle = TRY(cpu->optionalInteger("idle")))
        out.cpuIdle = *idle != 0;
    out.cpus = TRY(cpu->optionalString("cpus"));
    out.mems = TRY(cpu->optionalString("mems"));
    for (auto* list : {&out.cpus, &out.mems})
        if (*list && (*list)->find_first_not_of("0123456789-, ") != std::string::npos)
            return wrongField(cpu->field(list == &out.cpus ? "cpus" : "mems"), "must be a list like 0-3,5");
    return {};
}

static Status readMemory(JsonReader& reader, Resources& out)
{
    if (auto memory = TRY(reader.optionalObject("memory"))) {
        out.memoryLimit = TRY(memory->optionalInteger("limit"));
        out.memoryReservation = TRY(memory->optionalInteger("reservation"));
        out.memorySwap = TRY(memory->optionalInteger("swap"));
        // "kernel" is deprecated by the specification, "use hierarchy" is what every kernel does now.
        (void)TRY(memory->optionalInteger("kernel"));
        (void)TRY(memory->optionalBoolean("useHierarchy"));
        out.kernelTcpMemory = TRY(memory->optionalInteger("kernelTCP"));
        out.swappiness = TRY(memory->optionalUnsigned("swappiness"));
        if (out.swappiness.value_or(0) > 100)
            return wrongField(memory->field("swappiness"), "must be from 0 to 100");
        out.oomKillOff = TRY(memory->optionalBoolean("disableOOMKiller")).value_or(false);
        out.checkMemory = TRY(memory->optionalBoolean("checkBeforeUpdate")).value_or(false);
        if (out.memorySwap.value_or(-1) > 0 && out.memoryLimit.value_or(0) > *out.memorySwap)
            return wrongField(memory->field("swap"), "is memory plus swap: it can't be below the memory limit");
    }
    if (auto pids = TRY(reader.optionalObject("pids")))
        out.pidsLimit = TRY(pids->optionalInteger("limit"));
    return {};
}

static Resources::Throttle& throttleOf(Resources& out, uint64_t major, uint64_t minor)
{
    for (auto& throttle : out.throttles)
        if (throttle.major == major && throttle.minor == minor)
            return throttle;
    out.throttles.push_back({major, minor, {}, {}, {}, {}});
    return out.throttles.back();
}

static Status readBlock(JsonReader& reader, Resources& out)
{
    auto block = TRY(reader.optionalObject("blockIO"));
    if (!block)
        return {};
    out.blockWeight = TRY(block->optionalUnsigned("weight"));
    (void)TRY(block->optionalUnsigned("leafWeight")); // no kernel after 5.0 has it
    TRY(readEach(*block, "weightDevice", out.deviceWeights, [](JsonReader r) -> Result<Resources::DeviceWeight> {
        Resources::DeviceWeight weight;
        weight.major = TRY(r.unsignedInteger("major"));
        weight.minor = TRY(r.unsignedInteger("minor"));
        weight.weight = TRY(r.optionalUnsigned("weight")).value_or(0);
        (void)TRY(r.optionalUnsigned("leafWeight"));
        return weight;
    }));
    using Member = std::optional<uint64_t> Resources::Throttle::*;
    static constexpr std::pair<const char*, Member> kinds[] = {
        {"throttleReadBpsDevice", &Resources::Throttle::readBps},
        {"throttleWriteBpsDevice", &Resources::Throttle::writeBps},
        {"throttleReadIOPSDevice", &Resources::Throttle::readIops},
        {"throttleWriteIOPSDevice", &Resources::Throttle::writeIops}};
    for (auto& [key, member] : kinds) {
        std::vector<int> read;
        TRY(readEach(*block, key, read, [&, member = member](JsonReader r) -> Result<int> {
            uint64_t major = TRY(r.unsignedInteger("major")), minor = TRY(r.unsignedInteger("minor"));
            throttleOf(out, major, minor).*member = TRY(r.unsignedInteger("rate"));
            return 0;
        }));
    }
    return {};
}

static Result<DeviceRule> readRule(JsonReader reader)
{
    DeviceRule rule;
    rule.allow = TRY(reader.boolean("allow"));
    std::string type = TRY(reader.optionalString("type")).value_or("a");
    if (type != "a" && type != "b" && type != "c")
        return wrongField(reader.field("type"), fmt::format("unknown device type \"{}\"", type));
    rule.type = type[0];
    auto number = [&](const char* key) -> Result<std::optional<int64_t>> {
        auto value = TRY(reader.optionalInteger(key));
        if (value && *value < 0)
            value.reset(); // -1: all, as older documents write it
        return value;
    };
    rule.major = TRY(number("major"));
    rule.minor = TRY(number("minor"));
    rule.access = TRY(reader.optionalString("access")).value_or("rwm");
    if (rule.access.empty())
        rule.access = "rwm";
    if (rule.access.find_first_not_of("rwm") != std::string::npos)
        return wrongField(reader.field("access"), "must be of r, w and m");
    return rule;
}

static Result<std::optional<uint32_t>> small(JsonReader& reader, const char* key)
{
    auto value = TRY(reader.optionalUnsigned(key));
    if (!value)
        return std::optional<uint32_t>{};
    if (*value > UINT32_MAX)
        return wrongField(reader.field(key), "is too large");
    return std::optional<uint32_t>(static_cast<uint32_t>(*value));
}

// The name becomes part of a line for the kernel.
static bool isName(const std::string& name)
{
    return !name.empty() && name.find_first_of(" \t\n/=") == std::string::npos;
}

static Status readNetwork(JsonReader& reader, Resources& out)
{
    auto network = TRY(reader.optionalObject("network"));
    if (!network)
        return {};
    out.networkClass = TRY(small(*network, "classID"));
    std::vector<int> read;
    return readEach(*network, "priorities", read, [&](JsonReader r) -> Result<int> {
        std::string name = TRY(r.string("name"));
        if (!isName(name))
            return wrongField(r.field("name"), "is not the name of an interface");
        auto priority = TRY(small(r, "priority"));
        if (!priority)
            return wrongField(r.field("priority"), "is missing");
        out.networkPriorities[name] = *priority;
        return 0;
    });
}

static Status readRdma(JsonReader& reader, Resources& out)
{
    auto rdma = TRY(reader.optionalObject("rdma"));
    if (!rdma)
        return {};
    for (auto& [name, value] : rdma->value().items()) {
        if (!isName(name))
            return wrongField(rdma->field(name.c_str()), "is not the name of a device");
        if (!value.is_object())
            return wrongField(rdma->field(name.c_str()), "must be an object");
        JsonReader limits(value, rdma->field(name.c_str()));
        out.rdma[name] = {TRY(small(limits, "hcaHandles")), TRY(small(limits, "hcaObjects"))};
    }
    return {};
}

static Status readUnified(JsonReader& reader, Resources& out)
{
    out.unified = TRY(stringMap(reader, "unified"));
    for (auto& [name, value] : out.unified) {
        // The key becomes a file name in the cgroup: nothing but a file of a controller.
        if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") !=
                std::string::npos ||
            name.find('.') == std::string::npos || name.front() == '.' || name.find("..") != std::string::npos)
            return wrongField(reader.field("unified") + "." + name, "is not the name of a cgroup file");
    }
    return {};
}

Result<Resources> resourcesFrom(JsonReader reader)
{
    Resources out;
    TRY(readCpu(reader, out));
    TRY(readMemory(reader, out));
    TRY(readBlock(reader, out));
    std::vector<int> read;
    TRY(readEach(reader, "hugepageLimits", read, [&](JsonReader r) -> Result<int> {
        std::string size = TRY(r.string("pageSize"));
        if (size.empty() || size.find_first_not_of("0123456789KMGB") != std::string::npos)
            return wrongField(r.field("pageSize"), "must be like 2MB");
        out.hugepages[size] = TRY(r.unsignedInteger("limit"));
        return 0;
    }));
    TRY(readNetwork(reader, out));
    TRY(readRdma(reader, out));
    TRY(readUnified(reader, out));
    TRY(readEach(reader, "devices", out.devices, readRule));
    return out;
}

Result<Resources> parseResources(std::string_view text)
{
    Json json = TRYX(parseJson(text), "resources");
    if (!json.is_object())
        return wrongField("resources", "must be an object");
    return resourcesFrom(JsonReader(json, "resources"));
}

} // namespace diptych::oci
