#include "runtime/systemd.h"

#include "base/files.h"
#include "runtime/dbus.h"
#include "runtime/rootless.h"

#include <cstdlib>
#include <unistd.h>

namespace diptych::runtime {

// systemd.unit(5): other characters are written as \xHH.
static std::string escaped(std::string_view text)
{
    std::string out;
    for (char c : text) {
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' ||
                     c == '_' || c == '.' || c == '-' || c == '\\' || c == '@';
        out += plain ? std::string(1, c) : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
    return out;
}

Result<ScopeName> scopeName(const std::string& cgroupsPath, const std::string& id)
{
    auto parts = split(cgroupsPath, ':');
    if (cgroupsPath.empty())
        parts = {"", "diptych-run", id};
    if (parts.size() != 3 || parts[2].empty())
        return oci::wrongField("linux.cgroupsPath",
                               fmt::format("\"{}\" must be SLICE:PREFIX:NAME with --systemd-cgroup", cgroupsPath));
    ScopeName out;
    out.slice = parts[0].empty() ? (isRootless() ? "user.slice" : "system.slice") : std::string(parts[0]);
    if (!out.slice.ends_with(".slice") || out.slice.find('/') != std::string::npos || escaped(out.slice) != out.slice)
        return oci::wrongField("linux.cgroupsPath", fmt::format("\"{}\" is not the name of a slice", out.slice));
    out.unit =
        escaped(parts[1].empty() ? fmt::format("{}.scope", parts[2]) : fmt::format("{}-{}.scope", parts[1], parts[2]));
    if (out.unit.size() > 255)
        return oci::wrongField("linux.cgroupsPath", "the unit's name is too long");
    return out;
}

static Result<DBus> managerBus()
{
    const char* system = ::getenv("DBUS_SYSTEM_BUS_ADDRESS");
    std::string address = system ? system : "unix:path=/run/dbus/system_bus_socket";
    if (isRootless()) {
        const char* session = ::getenv("DBUS_SESSION_BUS_ADDRESS");
        const char* directory = ::getenv("XDG_RUNTIME_DIR");
        address = session ? session : fmt::format("unix:path={}/bus", directory ? directory : "");
    }
    return TRYX(DBus::connect(address), "systemd's cgroup manager");
}

static DBusMessage managerCall(const char* member)
{
    DBusMessage message;
    message.destination = "org.freedesktop.systemd1";
    message.path = "/org/freedesktop/systemd1";
    message.interface = "org.freedesktop.systemd1.Manager";
    message.member = member;
    return message;
}

namespace {
// The content of an array of (name, variant).
class Properties final
{
public:
    explicit Properties(DBusWriter& out) : m_out(out) {}
    void text(const char* name, std::string_view value)
    {
        begin(name, "s");
        m_out.string(value);
    }
    void flag(const char* name, bool value)
    {
        begin(name, "b");
        m_out.boolean(value);
    }
    void number(const char* name, uint64_t value)
    {
        begin(name, "t");
        m_out.u64(value);
    }
    void processes(pid_t pid)
    {
        begin("PIDs", "au");
        m_out.array(4, [&] { m_out.u32(static_cast<uint32_t>(pid)); });
    }
    void devices(const std::vector<std::pair<std::string, std::string>>& allowed)
    {
        begin("DeviceAllow", "a(ss)");
        m_out.array(8, [&] {
            for (auto& [name, access] : allowed) {
                m_out.align(8);
                m_out.string(name);
                m_out.string(access);
            }
        });
    }

private:
    void begin(const char* name, const char* type)
    {
        m_out.align(8);
        m_out.string(name);
        m_out.signature(type);
    }
    DBusWriter& m_out;
};
} // namespace

// What both systemd and we write. Without these it would put its defaults back at its next reload.
static void addLimits(Properties& properties, const oci::Resources& r)
{
    constexpr uint64_t none = UINT64_MAX;
    auto limit = [](int64_t value) { return value < 0 ? none : static_cast<uint64_t>(value); };
    bool unified = exists("/sys/fs/cgroup/cgroup.controllers");
    if (r.memoryLimit.value_or(0) != 0)
        properties.number(unified ? "MemoryMax" : "MemoryLimit", limit(*r.memoryLimit));
    if (r.pidsLimit)
        properties.number("TasksMax", *r.pidsLimit <= 0 ? none : static_cast<uint64_t>(*r.pidsLimit));
    if (r.cpuShares.value_or(0) != 0) {
        uint64_t shares = std::min<uint64_t>(std::max<uint64_t>(*r.cpuShares, 2), 262144);
        properties.number(unified ? "CPUWeight" : "CPUShares", unified ? 1 + (shares - 2) * 9999 / 262142 : shares);
    }
    if (r.cpuQuota.value_or(0) != 0) {
        uint64_t period = r.cpuPeriod.value_or(0) != 0 ? *r.cpuPeriod : 100000;
        // Per second, rounded up to systemd's step of 10 ms.
        uint64_t quota = *r.cpuQuota < 0 ? none : static_cast<uint64_t>(*r.cpuQuota) * 1000000 / period;
        properties.number("CPUQuotaPerSecUSec", quota == none ? none : (quota + 9999) / 10000 * 10000);
    }
}

// systemd has no rules that take away again: each device that remains allowed, by number. A rule it can't say leaves
// the filter to us alone.
static void addDevices(Properties& properties, const oci::Resources& r)
{
    std::vector<std::pair<std::string, std::string>> allowed = {{"char-*", "m"}, {"block-*", "m"}, {"char-pts", "rwm"}};
    for (const char* number : {"1:3", "1:5", "1:7", "1:8", "1:9", "5:0", "5:2"})
        allowed.emplace_back(fmt::format("/dev/char/{}", number), "rwm");
    for (const oci::DeviceRule& rule : r.devices) {
        if (!rule.allow && rule.type == 'a' && !rule.major && !rule.minor)
            continue;
        if (!rule.allow || rule.type == 'a' || !rule.major || !rule.minor)
            return;
        allowed.emplace_back(
            fmt::format("/dev/{}/{}:{}", rule.type == 'b' ? "block" : "char", *rule.major, *rule.minor), rule.access);
    }
    properties.text("DevicePolicy", "strict");
    properties.devices(allowed);
}

static std::string startBody(const ScopeName& name, const std::string& id, pid_t pid, const oci::Resources& resources)
{
    DBusWriter out;
    out.string(name.unit);
    out.string("fail");
    out.array(8, [&] {
        Properties properties(out);
        properties.text("Description", fmt::format("container {} of diptych-run", id));
        properties.text("Slice", name.slice);
        properties.flag("Delegate", true);
        properties.processes(pid);
        properties.flag("DefaultDependencies", false);
        for (const char* what : {"CPUAccounting", "MemoryAccounting", "TasksAccounting", "IOAccounting"})
            properties.flag(what, true);
        properties.text("CollectMode", "inactive-or-failed");
        addDevices(properties, resources);
        addLimits(properties, resources);
    });
    out.array(8, [] {}); // auxiliary units
    return out.data();
}

static Status awaitJob(DBus& bus, const std::string& unit, const std::string& job)
{
    for (;;) {
        DBusMessage signal = TRY(bus.nextSignal());
        if (signal.member != "JobRemoved" || signal.signature != "uoss")
            continue;
        DBusReader reader(signal.body, signal.bigEndian);
        (void)reader.u32();
        std::string path = reader.string(), name = reader.string(), result = reader.string();
        if (!reader.good() || path != job || name != unit)
            continue;
        if (result == "done")
            return {};
        return fail(Code::Failed, fmt::format("systemd's job for {} ended with \"{}\"", unit, result));
    }
}

// Signals of jobs come to those who asked for them, before the job begins.
static Status subscribe(DBus& bus)
{
    DBusMessage match;
    match.path = "/org/freedesktop/DBus";
    match.destination = match.interface = "org.freedesktop.DBus";
    match.member = "AddMatch";
    match.signature = "s";
    DBusWriter rule;
    rule.string("type='signal',interface='org.freedesktop.systemd1.Manager',member='JobRemoved',"
                "path='/org/freedesktop/systemd1'");
    match.body = rule.data();
    (void)TRY(bus.call(match));
    (void)TRY(bus.call(managerCall("Subscribe")));
    return {};
}

static Status callAndWait(DBus& bus, const DBusMessage& message, const std::string& unit)
{
    DBusMessage answer = TRY(bus.call(message));
    DBusReader reader(answer.body, answer.bigEndian);
    std::string job = reader.string();
    if (answer.signature != "o" || !reader.good())
        return fail(Code::Failed, "systemd's answer is malformed");
    return awaitJob(bus, unit, job);
}

// "1:name=systemd:/system.slice/x.scope" where v1 is mounted, "0::/..." for v2: systemd put it there.
static Result<std::string> groupOf(pid_t pid, const std::string& unit)
{
    std::string text = TRY(readFile(fmt::format("/proc/{}/cgroup", pid)));
    for (std::string_view wanted : {":name=systemd:", "0::"})
        for (std::string_view line : split(text, '\n')) {
            size_t at = line.find(wanted);
            if (at != std::string_view::npos && line.ends_with("/" + unit))
                return std::string(line.substr(at + wanted.size()));
        }
    return fail(Code::Failed, fmt::format("systemd did not put process {} into {}", pid, unit));
}

Result<std::string> startScope(const ScopeName& name, const std::string& id, pid_t pid, const oci::Resources& resources)
{
    DBus bus = TRY(managerBus());
    TRY(subscribe(bus));
    DBusMessage message = managerCall("StartTransientUnit");
    message.signature = "ssa(sv)a(sa(sv))";
    message.body = startBody(name, id, pid, resources);
    TRY(callAndWait(bus, message, name.unit));
    return groupOf(pid, name.unit);
}

Status stopScope(const std::string& unit)
{
    DBus bus = TRY(managerBus());
    TRY(subscribe(bus));
    DBusMessage message = managerCall("StopUnit");
    message.signature = "ss";
    DBusWriter out;
    out.string(unit);
    out.string("replace");
    message.body = out.data();
    auto done = callAndWait(bus, message, unit);
    return done || done.error().code != Code::NotFound ? done : Status();
}

Status updateScope(const std::string& unit, const oci::Resources& resources)
{
    DBus bus = TRY(managerBus());
    DBusMessage message = managerCall("SetUnitProperties");
    message.signature = "sba(sv)";
    DBusWriter out;
    out.string(unit);
    out.boolean(true); // until the unit ends
    out.array(8, [&] {
        Properties properties(out);
        addLimits(properties, resources);
    });
    message.body = out.data();
    (void)TRY(bus.call(message));
    return {};
}

} // namespace diptych::runtime
