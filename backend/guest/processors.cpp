// Processors that the host plugs in while the guest runs: the kernel registers them, and leaves it to user space to use
// them.
#include "base/files.h"
#include "guest/init.h"

#include <algorithm>
#include <charconv>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

namespace diptych::guest {

namespace {
constexpr const char* kProcessors = "/sys/devices/system/cpu";

/// Those that are plugged in, in order: cpu2 before cpu10.
std::vector<unsigned> pluggedIn()
{
    std::vector<unsigned> numbers;
    auto names = listDirectory(kProcessors);
    for (const std::string& name : names ? *names : std::vector<std::string>{}) {
        unsigned number = 0;
        const char* end = name.data() + name.size();
        if (name.starts_with("cpu") && std::from_chars(name.data() + 3, end, number).ptr == end && name.size() > 3)
            numbers.push_back(number);
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}
} // namespace

void useProcessors(size_t count)
{
    size_t used = 0;
    for (unsigned number : pluggedIn()) {
        std::string file = fmt::format("{}/cpu{}/online", kProcessors, number);
        const char* wanted = used++ < count ? "1" : "0";
        // The first one often has no such file: it is always on.
        if (!exists(file) || trim(readFile(file).value_or("")) == wanted)
            continue;
        if (auto switched = writeFile(file, wanted); !switched)
            say(switched.error().message);
    }
}

UniqueFd listenForDevices()
{
    UniqueFd fd(::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT));
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = 1; // what the kernel says
    if (!fd || ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0)
        return {};
    return fd;
}

bool announcesProcessor(std::string_view message)
{
    bool added = false, processor = false;
    for (std::string_view line : split(message, '\0')) {
        added = added || line == "ACTION=add";
        processor = processor || line == "SUBSYSTEM=cpu";
    }
    return added && processor;
}

bool processorCame(int fd)
{
    char buffer[8192];
    bool came = false;
    sockaddr_nl sender{};
    socklen_t size = sizeof sender;
    for (ssize_t n; (n = ::recvfrom(fd, buffer, sizeof buffer, 0, reinterpret_cast<sockaddr*>(&sender), &size)) > 0;)
        came = came || (sender.nl_pid == 0 && announcesProcessor({buffer, static_cast<size_t>(n)}));
    return came;
}

} // namespace diptych::guest
