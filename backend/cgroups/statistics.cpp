#include "base/files.h"
#include "cgroups/cgroup.h"
#include "cgroups/files.h"

#include <array>
#include <charconv>
#include <fcntl.h>
#include <unistd.h>

namespace diptych::cgroups {

namespace {

struct FileName
{
    const char* controller;
    const char* v2;
    const char* v1;
};

// In the order of Cgroup::Files::File. cpuacct has its own hierarchy in v1; v2 counts in cpu.stat, without any
// controller.
constexpr std::array<FileName, 10> names{{
    {"cpuacct", "cpu.stat", "cpuacct.usage"},
    {"cpu", nullptr, "cpu.stat"},
    {"memory", "memory.current", "memory.usage_in_bytes"},
    {"memory", "memory.peak", "memory.max_usage_in_bytes"},
    {"memory", "memory.max", "memory.limit_in_bytes"},
    {"memory", "memory.stat", "memory.stat"},
    {"memory", "memory.events", "memory.oom_control"},
    {"pids", "pids.current", "pids.current"},
    {"pids", "pids.max", "pids.max"},
    {"io", "io.stat", nullptr},
}};

// v1 has "no limit" as the largest page-aligned number.
uint64_t limit(uint64_t value)
{
    return value >= uint64_t{0x7fffffffffff0000} ? 0 : value;
}

} // namespace

uint64_t number(std::string_view text)
{
    text = trim(text);
    uint64_t value = 0; // "max" and what is not there are 0
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// The number after "key " at the start of a line.
uint64_t keyed(std::string_view text, std::string_view key)
{
    for (size_t at = 0; at < text.size();) {
        size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        if (line.size() > key.size() && line.starts_with(key) && line[key.size()] == ' ')
            return number(line.substr(key.size() + 1));
        at = end + 1;
    }
    return 0;
}

uint64_t summed(std::string_view text, std::string_view key, bool (*passesOn)(std::string_view device))
{
    uint64_t sum = 0;
    for (size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + key.size())) {
        size_t begin = text.rfind('\n', at);
        std::string_view line = text.substr(begin == std::string_view::npos ? 0 : begin + 1);
        if (passesOn(line.substr(0, line.find(' '))))
            continue;
        std::string_view rest = text.substr(at + key.size());
        sum += number(rest.substr(0, rest.find_first_of(" \n")));
    }
    return sum;
}

bool isMapped(std::string_view device)
{
    static std::mutex mutex;
    static std::map<std::string, bool, std::less<>> known; // a number is given again only after its disk went
    std::lock_guard lock(mutex);
    auto found = known.find(device);
    if (found == known.end()) {
        std::string name(device);
        found = known.emplace(name, ::access(("/sys/dev/block/" + name + "/dm").c_str(), F_OK) == 0).first;
    }
    return found->second;
}

UniqueFd Cgroup::Files::open(const Cgroup& group, File file)
{
    const FileName& name = names.at(file);
    Place place = group.place(name.controller);
    if (file == Io && place.fd < 0) {
        place = group.place("blkio");
        for (const char* v1 : {"blkio.throttle.io_service_bytes_recursive", "blkio.throttle.io_service_bytes"})
            if (place.fd >= 0)
                if (auto fd = openFileAt(place.fd, v1, O_RDONLY))
                    return std::move(*fd);
        return {};
    }
    const char* path = place.v2 ? name.v2 : name.v1;
    if (place.fd < 0 || path == nullptr)
        return {};
    auto fd = openFileAt(place.fd, path, O_RDONLY);
    return fd ? std::move(*fd) : UniqueFd();
}

Result<std::string_view> Cgroup::Files::read(const Cgroup& group, File file, Buffer& buffer)
{
    Slot& slot = m_slots.at(file);
    if (!slot.tried) {
        slot.fd = open(group, file);
        slot.tried = true;
    }
    if (!slot.fd)
        return std::string_view();
    ssize_t n = ::pread(slot.fd.get(), buffer.data(), buffer.size(), 0);
    if (n < 0 && errno == ENODEV)
        return fail(Code::NotFound, fmt::format("control group {} is gone", group.path()));
    if (n < 0)
        return failErrno(fmt::format("read {} of control group {}", names.at(file).controller, group.path()));
    return std::string_view(buffer.data(), static_cast<size_t>(n));
}

Result<Statistics> Cgroup::statistics(Detail detail, const Still& still) const
{
    constexpr int mostRepeated = 9;
    Files::Buffer buffer;
    std::lock_guard lock(m_files->mutex);
    Statistics s;
    auto read = [this, &buffer](Files::File file) { return m_files->read(*this, file, buffer); };
    std::string_view cpu = TRY(read(Files::CpuUsage));
    bool first = m_files->repeated < 0;
    if (first)
        m_files->allInOne = place("cpuacct").v2;
    s.cpuNanoseconds = m_files->allInOne ? keyed(cpu, "usage_usec") * 1000 : number(cpu);
    // Without a task that ran nobody forked, ended, was held back or killed. Memory is taken from it and its pages are
    // written all the same.
    bool rested = !first && s.cpuNanoseconds != 0 && s.cpuNanoseconds == m_files->last.cpuNanoseconds;
    bool known = still.round != 0 && !first && m_files->round + 1 == still.round;
    bool carried = detail == Detail::Changes && rested && m_files->repeated < mostRepeated;
    if (carried) {
        s = m_files->last;
        ++m_files->repeated;
    } else {
        if (m_files->allInOne) {
            s.periods = keyed(cpu, "nr_periods");
            s.throttledPeriods = keyed(cpu, "nr_throttled");
            s.throttledNanoseconds = keyed(cpu, "throttled_usec") * 1000;
        }
        if (std::string_view stat = TRY(read(Files::CpuStat)); !stat.empty()) {
            s.periods = keyed(stat, "nr_periods");
            s.throttledPeriods = keyed(stat, "nr_throttled");
            s.throttledNanoseconds = keyed(stat, "throttled_time");
        }
        s.oomKills = keyed(TRY(read(Files::MemoryEvents)), "oom_kill");
        s.pids = number(TRY(read(Files::Pids)));
        m_files->repeated = 0;
    }
    if (!carried || !known || !still.memory)
        s.memory = number(TRY(read(Files::Memory)));
    if (known && still.io) {
        s.readBytes = m_files->last.readBytes;
        s.writtenBytes = m_files->last.writtenBytes;
    } else {
        std::string_view io = TRY(read(Files::Io));
        s.readBytes = summed(io, " rbytes=", isMapped) + summed(io, " Read ", isMapped);
        s.writtenBytes = summed(io, " wbytes=", isMapped) + summed(io, " Write ", isMapped);
    }
    m_files->last = s;
    if (still.round != 0)
        m_files->round = still.round;
    if (detail != Detail::All)
        return s;
    s.memoryPeak = number(TRY(read(Files::MemoryPeak)));
    s.memoryMax = limit(number(TRY(read(Files::MemoryMax))));
    s.pidsMax = number(TRY(read(Files::PidsMax)));
    std::string_view stat = TRY(read(Files::MemoryStat));
    s.memoryFile = m_files->allInOne ? keyed(stat, "file") : keyed(stat, "total_cache");
    return s;
}

} // namespace diptych::cgroups
