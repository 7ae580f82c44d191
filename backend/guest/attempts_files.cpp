// Attempts on files: what the kernel tells in /proc and /sys, devices, the host's own files. What is opened is closed
// again, nothing is written, and of what is read only names and sizes are told.
#include "base/fd.h"
#include "base/files.h"
#include "guest/attempts.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace diptych::guest {

namespace {
constexpr mode_t kDeviceMode = 0600;

/// Of the paths that every container hides, those that tell something.
Outcome hiddenFiles()
{
    Outcome outcome;
    outcome.call = "read(/proc/interrupts, …)";
    outcome.reach = Reach::Host;
    std::vector<std::string> found;
    for (const char* path : {"/proc/interrupts", "/proc/keys", "/proc/timer_list", "/proc/sched_debug"})
        if (auto text = readFile(path); text && !text->empty())
            found.emplace_back(path);
    for (const char* path : {"/proc/scsi", "/proc/acpi", "/sys/firmware", "/sys/devices/virtual/powercap"})
        if (auto names = listDirectory(path); names && !names->empty())
            found.emplace_back(path);
    outcome.possible = !found.empty();
    outcome.seen = shortList(found);
    return outcome;
}

/// The number of /dev/null. Nobody opens it, and it is removed.
Outcome makeDevice()
{
    constexpr const char* path = "/dev/diptych-attempt";
    int made = ::mknod(path, S_IFCHR | kDeviceMode, makedev(1, 3));
    Outcome outcome = outcomeOf("mknod(S_IFCHR, 1:3)", made, Reach::Host);
    if (made == 0)
        ::unlink(path);
    return outcome;
}

/// The kernel's log as a device: opened for reading and not read.
Outcome openDevice()
{
    constexpr const char* path = "/dev/diptych-attempt";
    Outcome outcome;
    outcome.call = "mknod(1:11), open(O_RDONLY)";
    outcome.reach = Reach::Host;
    outcome.error = ::mknod(path, S_IFCHR | kDeviceMode, makedev(1, 11)) < 0 ? errno : 0;
    if (outcome.error != 0)
        return outcome;
    outcome = outcomeOf(outcome.call, UniqueFd(::open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)) ? 0 : -1, Reach::Host);
    ::unlink(path);
    return outcome;
}

struct Disk
{
    unsigned major = 0, minor = 0;
    std::string name;
};

Disk firstDisk()
{
    Disk disk;
    // "   8        0  500107608 sda" below a heading and an empty line
    const std::string text = readFile("/proc/partitions").value_or("");
    for (const std::string_view line : split(text, '\n')) {
        char name[64] = "";
        unsigned long blocks = 0;
        if (std::sscanf(std::string(line).c_str(), "%u %u %lu %63s", &disk.major, &disk.minor, &blocks, name) == 4 &&
            blocks > 0) {
            disk.name = name;
            return disk;
        }
    }
    return {};
}

/// Opened for reading and not read.
Outcome openDisk()
{
    const Disk disk = firstDisk();
    Outcome outcome;
    outcome.call = fmt::format("mknod({}:{}), open(O_RDONLY)", disk.major, disk.minor);
    outcome.reach = Reach::Host;
    outcome.error = ENODEV;
    if (disk.name.empty())
        return outcome;
    constexpr const char* path = "/dev/diptych-attempt";
    if (::mknod(path, S_IFBLK | kDeviceMode, makedev(disk.major, disk.minor)) < 0) {
        outcome.error = errno;
        return outcome;
    }
    outcome = outcomeOf(outcome.call, UniqueFd(::open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)) ? 0 : -1, Reach::Host);
    ::unlink(path);
    if (outcome.possible)
        outcome.seen = disk.name;
    return outcome;
}

Outcome hostFiles()
{
    Outcome outcome;
    outcome.call = "readdir(/host)";
    outcome.reach = Reach::Host;
    auto names = listDirectory("/host");
    outcome.possible = names && !names->empty();
    if (names)
        outcome.seen = shortList(*names);
    else
        outcome.error = names.error().systemError;
    return outcome;
}

} // namespace

void Attempts::files()
{
    add("readHidden", hiddenFiles);
    add("readKernelMemory", [] { return opens("/proc/kcore", O_RDONLY, Reach::Host); });
    // Only a write would change or trigger anything.
    add("changeKernelSetting", [] { return opens("/proc/sys/kernel/core_pattern", O_WRONLY, Reach::Host); });
    add("changeNetworkSetting", [&] { return opens("/proc/sys/net/ipv4/ip_forward", O_WRONLY, reachOf("net")); });
    add("pressSysRq", [] { return opens("/proc/sysrq-trigger", O_WRONLY, Reach::Host); });
    add("makeDevice", makeDevice);
    add("openDevice", openDevice);
    add("openDisk", openDisk);
    add("seeHostFiles", hostFiles);
    add("openHostSecrets", [] { return opens("/host/etc/shadow", O_RDONLY, Reach::Host); });
}

} // namespace diptych::guest
