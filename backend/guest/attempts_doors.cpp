// Attempts of a machine: through the doors that its host opens (a network card, a disk), and on the kernel of its own,
// where all of it may succeed and reach nobody else.
#include "base/fd.h"
#include "base/files.h"
#include "guest/attempts.h"
#include "guest/init.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace diptych::guest {

namespace {
constexpr uint16_t namePort = 53;
constexpr int answerPatience = 1000; ///< ms, of one try
constexpr int tries = 6;

sockaddr_in endpoint(const std::string& address, uint16_t port)
{
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    (void)::inet_pton(AF_INET, address.c_str(), &to.sin_addr);
    return to;
}

/// connect(2), at most for a while; errno, 0 when it was taken.
int connectSoon(int socket, const sockaddr_in& to)
{
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0)
        return 0;
    if (errno != EINPROGRESS)
        return errno;
    pollfd wait{socket, POLLOUT, 0};
    if (::poll(&wait, 1, answerPatience) <= 0)
        return ETIMEDOUT;
    int error = 0;
    socklen_t size = sizeof error;
    (void)::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

/// A connection that is closed without a byte. Refused is an answer too: of the host.
Outcome reachHost(const std::string& host)
{
    Outcome outcome;
    outcome.call = fmt::format("connect({}:{})", host, namePort);
    outcome.reach = Reach::Host;
    // A port of a bridge with a spanning tree passes nothing on for its first four seconds, and a guest may be quicker.
    for (int i = 0; i < tries; ++i) {
        UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        outcome.error = socket ? connectSoon(socket.get(), endpoint(host, namePort)) : errno;
        if (outcome.error != ETIMEDOUT && outcome.error != EHOSTUNREACH)
            break;
    }
    outcome.possible = outcome.error == 0 || outcome.error == ECONNREFUSED;
    return outcome;
}

/// Of a datagram socket connect(2) looks for a route and sends nothing. The address is one of documentation (RFC 5737).
Outcome findWayOut()
{
    UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const sockaddr_in to = endpoint("192.0.2.1", namePort);
    return outcomeOf("connect(192.0.2.1, SOCK_DGRAM)",
                     ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to), Reach::Host);
}

/// Who answered on the network, as its kernel remembers.
Outcome seeNeighbours()
{
    Outcome outcome;
    outcome.call = "/proc/net/arp";
    outcome.reach = Reach::Host;
    std::vector<std::string> names;
    const std::string text = readFile("/proc/net/arp").value_or("");
    for (std::string_view line : split(text, '\n')) {
        auto words = split(line, ' ');
        std::erase(words, std::string_view());
        if (words.size() > 3 && words[0] != "IP" && words[3] != "00:00:00:00:00:00")
            names.push_back(fmt::format("{} {}", words[0], words[3]));
    }
    outcome.possible = !names.empty();
    outcome.seen = shortList(names);
    return outcome;
}

/// The second disk, if there is one, is a public file of the host.
Outcome readHostFile()
{
    constexpr const char* path = "/dev/vdb";
    UniqueFd disk(::open(path, O_RDONLY | O_CLOEXEC));
    char text[128] = "";
    const ssize_t size = disk ? ::read(disk.get(), text, sizeof text) : -1;
    Outcome outcome = outcomeOf(fmt::format("read({})", path), size, Reach::Host);
    const std::string_view read(text, size > 0 ? static_cast<size_t>(size) : 0);
    outcome.seen = std::string(read.substr(0, read.find_first_of(std::string_view("\n\0", 2))));
    return outcome;
}

} // namespace

Json Attempts::ofMachine(const std::string& host)
{
    ::alarm(kPatience);
    add("reachHost", [&] { return reachHost(host); });
    add("seeNeighbours", seeNeighbours);
    add("findWayOut", findWayOut);
    add("readHostFile", readHostFile);
    add("readPackets", [] {
        UniqueFd socket(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0));
        return outcomeOf("socket(AF_PACKET, SOCK_RAW)", socket ? 0 : -1, Reach::Own);
    });
    add("readKernelMemory", [] { return opens("/proc/kcore", O_RDONLY, Reach::Own); });
    add("changeKernelSetting", [] { return opens("/proc/sys/kernel/core_pattern", O_WRONLY, Reach::Own); });
    add("changeNetworkSetting", [] { return opens("/proc/sys/net/ipv4/ip_forward", O_WRONLY, Reach::Own); });
    return m_results;
}

} // namespace diptych::guest
