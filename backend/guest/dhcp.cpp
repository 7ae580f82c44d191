// A DHCP client for one interface of a guest: RFC 2131, options of RFC 2132. The broadcast flag is set, so that the
// answers reach an ordinary socket before there is an address.
#include "guest/init.h"
#include "guest/interface.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>

namespace diptych::guest {

namespace {
constexpr size_t kFixed = 236; // up to the magic cookie
constexpr uint8_t kCookie[4] = {99, 130, 83, 99};
enum Option : uint8_t {
    Mask = 1,
    Router = 3,
    NameServer = 6,
    Requested = 50,
    LeaseTime = 51,
    Type = 53,
    Server = 54,
    Parameters = 55,
    End = 255
};
enum MessageType : uint8_t { Discover = 1, Offer = 2, Request = 3, Ack = 5, Nak = 6 };

uint32_t word(std::string_view bytes)
{
    uint32_t value = 0;
    bytes.copy(reinterpret_cast<char*>(&value), 4);
    return ntohl(value);
}

std::string dotted(std::string_view bytes)
{
    in_addr address{htonl(word(bytes))};
    char text[INET_ADDRSTRLEN];
    ::inet_ntop(AF_INET, &address, text, sizeof text);
    return text;
}

void addAddress(std::string& message, Option option, std::string_view address)
{
    in_addr value{};
    if (::inet_pton(AF_INET, std::string(address).c_str(), &value) != 1)
        return;
    message += static_cast<char>(option);
    message += '\4';
    message.append(reinterpret_cast<const char*>(&value), 4);
}

void take(DhcpAnswer& answer, uint8_t option, std::string_view value, int& prefix)
{
    if (option == Type && value.size() == 1)
        answer.type = static_cast<uint8_t>(value[0]);
    if (value.size() < 4)
        return;
    if (option == Mask)
        prefix = __builtin_popcount(word(value));
    if (option == Router)
        answer.lease.gateway = dotted(value);
    if (option == Server)
        answer.server = dotted(value);
    if (option == LeaseTime)
        answer.lease.seconds = word(value);
    if (option == NameServer)
        for (; value.size() >= 4 && answer.lease.nameservers.size() < 3; value.remove_prefix(4))
            answer.lease.nameservers.push_back(dotted(value));
}

Result<UniqueFd> openSocket(const std::string& interface, uint8_t (&mac)[6])
{
    UniqueFd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    ifreq r = interfaceRequest(interface);
    if (!fd || ::ioctl(fd.get(), SIOCGIFHWADDR, &r) < 0)
        return failErrno(interface);
    std::memcpy(mac, r.ifr_hwaddr.sa_data, sizeof mac);
    int on = 1;
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_port = htons(68);
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_BROADCAST, &on, sizeof on) < 0 ||
        ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 ||
        ::setsockopt(fd.get(), SOL_SOCKET, SO_BINDTODEVICE, &r, sizeof r) < 0 ||
        ::bind(fd.get(), reinterpret_cast<sockaddr*>(&any), sizeof any) < 0)
        return failErrno("DHCP socket");
    return fd;
}

int64_t milliseconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

/// Sends and waits for an answer of one of the two types, sending again after 250, 500, 1000, 2000 ms.
Result<DhcpAnswer> exchange(int fd, const std::string& message, uint32_t transaction, uint8_t good, uint8_t bad)
{
    sockaddr_in all{};
    all.sin_family = AF_INET;
    all.sin_port = htons(67);
    all.sin_addr.s_addr = INADDR_BROADCAST;
    for (int wait = 250; wait <= 2000; wait *= 2) {
        if (::sendto(fd, message.data(), message.size(), 0, reinterpret_cast<sockaddr*>(&all), sizeof all) < 0)
            return failErrno("send");
        int64_t until = milliseconds() + wait;
        for (int64_t left = wait; left > 0; left = until - milliseconds()) {
            pollfd poll{fd, POLLIN, 0};
            if (::poll(&poll, 1, static_cast<int>(left)) <= 0)
                continue;
            char buffer[1500];
            ssize_t n = ::recv(fd, buffer, sizeof buffer, 0);
            if (n <= 0)
                continue;
            auto answer = parseDhcp(std::string_view(buffer, static_cast<size_t>(n)), transaction);
            if (answer && (answer->type == good || answer->type == bad))
                return answer;
        }
    }
    return fail(Code::TimedOut, "no server answered");
}
} // namespace

std::string makeDhcp(uint8_t type, uint32_t transaction, const uint8_t (&mac)[6], std::string_view wanted,
                     std::string_view server)
{
    std::string message(kFixed, '\0');
    message[0] = 1; // request
    message[1] = 1; // Ethernet
    message[2] = 6;
    uint32_t id = htonl(transaction);
    std::memcpy(&message[4], &id, 4);
    message[10] = static_cast<char>(0x80); // answer by broadcast
    std::memcpy(&message[28], mac, 6);
    message.append(reinterpret_cast<const char*>(kCookie), sizeof kCookie);
    message += {static_cast<char>(Type), 1, static_cast<char>(type)};
    addAddress(message, Requested, wanted);
    addAddress(message, Server, server);
    message += {static_cast<char>(Parameters), 4, Mask, Router, NameServer, static_cast<char>(LeaseTime)};
    message += static_cast<char>(End);
    // Some servers drop what is shorter than a BOOTP message.
    message.resize(std::max<size_t>(message.size(), 300), '\0');
    return message;
}

Result<DhcpAnswer> parseDhcp(std::string_view message, uint32_t transaction)
{
    if (message.size() < kFixed + 4 || message[0] != 2 || word(message.substr(4)) != transaction ||
        message.substr(kFixed, 4) != std::string_view(reinterpret_cast<const char*>(kCookie), 4))
        return fail(Code::Failed, "not an answer to our message");
    DhcpAnswer answer;
    int prefix = 24;
    std::string_view options = message.substr(kFixed + 4);
    while (!options.empty() && static_cast<uint8_t>(options[0]) != End) {
        if (options[0] == 0) {
            options.remove_prefix(1);
            continue;
        }
        if (options.size() < 2 || options.size() - 2 < static_cast<uint8_t>(options[1]))
            return fail(Code::Failed, "an option reaches over the end");
        size_t length = static_cast<uint8_t>(options[1]);
        take(answer, static_cast<uint8_t>(options[0]), options.substr(2, length), prefix);
        options.remove_prefix(2 + length);
    }
    answer.lease.address = fmt::format("{}/{}", dotted(message.substr(16, 4)), prefix);
    return answer;
}

Result<Lease> askDhcp(const std::string& interface, const std::string& wanted)
{
    uint8_t mac[6];
    UniqueFd fd = TRY(openSocket(interface, mac));
    uint32_t transaction = 0;
    (void)!::getrandom(&transaction, sizeof transaction, GRND_NONBLOCK);
    std::string address(wanted), server;
    if (address.empty()) {
        auto offer = TRY(exchange(fd.get(), makeDhcp(Discover, transaction, mac, "", ""), transaction, Offer, Offer));
        address = offer.lease.address.substr(0, offer.lease.address.find('/'));
        server = offer.server;
    }
    auto answer = TRY(exchange(fd.get(), makeDhcp(Request, transaction, mac, address, server), transaction, Ack, Nak));
    if (answer.type == Nak)
        return fail(Code::Failed, fmt::format("the server refused {}", address));
    return answer.lease;
}

} // namespace diptych::guest
