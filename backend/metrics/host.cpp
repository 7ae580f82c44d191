#include "metrics/host.h"

#include "base/files.h"

#include <algorithm>
#include <charconv>
#include <unistd.h>

namespace diptych::metrics {

namespace {

constexpr uint64_t sectorSize = 512; // of /proc/diskstats, whatever the disk has

uint64_t number(std::string_view text)
{
    uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::vector<std::string_view> words(std::string_view line)
{
    std::vector<std::string_view> found;
    for (std::string_view word : split(line, ' '))
        if (!word.empty())
            found.push_back(word);
    return found;
}

void readCores(const std::string& text, HostCounters& host)
{
    for (std::string_view line : split(text, '\n')) {
        if (!line.starts_with("cpu") || line.size() < 4 || line[3] == ' ')
            continue;
        auto fields = words(line);
        CoreTime core;
        // user nice system idle iowait irq softirq steal; guest time is in user already.
        for (size_t i = 1; i < fields.size() && i <= 8; ++i) {
            uint64_t ticks = number(fields[i]);
            core.total += ticks;
            core.busy += i == 4 || i == 5 ? 0 : ticks;
        }
        host.cores.push_back(core);
    }
}

void readMemory(const std::string& text, HostCounters& host)
{
    for (std::string_view line : split(text, '\n')) {
        auto fields = words(line);
        if (fields.size() < 2)
            continue;
        uint64_t bytes = number(fields[1]) * 1024;
        for (auto [name, target] : {std::pair{"MemTotal:", &host.memoryTotal},
                                    {"MemAvailable:", &host.memoryAvailable},
                                    {"SwapTotal:", &host.swapTotal},
                                    {"SwapFree:", &host.swapFree}})
            if (fields[0] == name)
                *target = bytes;
    }
}

// Partitions, and devices stacked on others, would count the same bytes again.
bool isWholeDisk(const std::string& sys, std::string_view name)
{
    if (name.starts_with("loop") || name.starts_with("ram") || name.starts_with("zram") || name.starts_with("dm-") ||
        name.starts_with("md"))
        return false;
    return ::access(fmt::format("{}/block/{}", sys, name).c_str(), F_OK) == 0;
}

void readDisks(const std::string& text, const std::string& sys, HostCounters& host)
{
    for (std::string_view line : split(text, '\n')) {
        auto fields = words(line);
        if (fields.size() < 10 || !isWholeDisk(sys, fields[2]))
            continue;
        host.readBytes += number(fields[5]) * sectorSize;
        host.writtenBytes += number(fields[9]) * sectorSize;
    }
}

void readInterfaces(const std::string& text, const std::string& sys, HostCounters& host)
{
    uint64_t all[2] = {}, physical[2] = {};
    bool anyPhysical = false;
    for (std::string_view line : split(text, '\n')) {
        size_t colon = line.find(':');
        if (colon == std::string_view::npos)
            continue;
        std::string_view name = trim(line.substr(0, colon));
        auto fields = words(line.substr(colon + 1));
        if (name == "lo" || fields.size() < 9)
            continue;
        uint64_t bytes[2] = {number(fields[0]), number(fields[8])};
        bool device = ::access(fmt::format("{}/class/net/{}/device", sys, name).c_str(), F_OK) == 0;
        anyPhysical = anyPhysical || device;
        for (int i = 0; i < 2; ++i) {
            all[i] += bytes[i];
            physical[i] += device ? bytes[i] : 0;
        }
    }
    host.receivedBytes = anyPhysical ? physical[0] : all[0];
    host.sentBytes = anyPhysical ? physical[1] : all[1];
}

/// "some avg10=1.23 avg60=..." -> 1.23
double average(std::string_view text, std::string_view kind)
{
    for (std::string_view line : split(text, '\n')) {
        size_t at = line.find("avg10=");
        if (!line.starts_with(kind) || at == std::string_view::npos)
            continue;
        double value = 0;
        std::string_view rest = line.substr(at + 6);
        std::from_chars(rest.data(), rest.data() + rest.size(), value);
        return value;
    }
    return 0;
}

Pressure readPressure(const std::string& proc)
{
    Pressure p;
    auto cpu = readFile(proc + "/pressure/cpu"), memory = readFile(proc + "/pressure/memory"),
         io = readFile(proc + "/pressure/io");
    p.known = cpu && memory && io;
    if (!p.known)
        return p;
    p.cpuSome = average(*cpu, "some");
    p.memorySome = average(*memory, "some");
    p.memoryFull = average(*memory, "full");
    p.ioSome = average(*io, "some");
    p.ioFull = average(*io, "full");
    return p;
}

} // namespace

double rate(uint64_t before, uint64_t now, double seconds)
{
    return now > before && seconds > 0 ? static_cast<double>(now - before) / seconds : 0;
}

HostCounters readHost(const std::string& proc, const std::string& sys)
{
    HostCounters host;
    readCores(readFile(proc + "/stat").value_or(""), host);
    readMemory(readFile(proc + "/meminfo").value_or(""), host);
    readDisks(readFile(proc + "/diskstats").value_or(""), sys, host);
    readInterfaces(readFile(proc + "/net/dev").value_or(""), sys, host);
    host.pressure = readPressure(proc);
    return host;
}

HostPoint hostPoint(const HostCounters& before, const HostCounters& now, double seconds)
{
    HostPoint point;
    for (size_t i = 0; i < now.cores.size(); ++i) {
        CoreTime was = i < before.cores.size() ? before.cores[i] : now.cores[i];
        double total = rate(was.total, now.cores[i].total, 1), busy = rate(was.busy, now.cores[i].busy, 1);
        point.cores.push_back(total > 0 ? std::min(busy / total, 1.0) : 0);
        point.cpu += point.cores.back();
    }
    point.memoryTotal = now.memoryTotal;
    point.memory = now.memoryTotal - std::min(now.memoryAvailable, now.memoryTotal);
    point.swapTotal = now.swapTotal;
    point.swap = now.swapTotal - std::min(now.swapFree, now.swapTotal);
    point.readRate = rate(before.readBytes, now.readBytes, seconds);
    point.writeRate = rate(before.writtenBytes, now.writtenBytes, seconds);
    point.receiveRate = rate(before.receivedBytes, now.receivedBytes, seconds);
    point.sendRate = rate(before.sentBytes, now.sentBytes, seconds);
    point.pressure = now.pressure;
    return point;
}

} // namespace diptych::metrics
