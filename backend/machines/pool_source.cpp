#include "machines/pool_source.h"

#include "machines/disk_users.h"
#include "machines/host_disks.h"
#include "machines/pool_secret.h"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>

namespace diptych::machines {

namespace {

constexpr int answerMs = 5000;

struct FreeAddresses
{
    void operator()(addrinfo* p) const { freeaddrinfo(p); }
};

/// errno, 0: connected.
int connectTo(const addrinfo& address)
{
    UniqueFd fd(::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (fd.get() < 0)
        return errno;
    if (::connect(fd.get(), address.ai_addr, address.ai_addrlen) == 0)
        return 0;
    if (errno != EINPROGRESS)
        return errno;
    pollfd waits{fd.get(), POLLOUT, 0};
    if (::poll(&waits, 1, answerMs) <= 0)
        return ETIMEDOUT;
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? errno : error;
}

/// Domains count as users of the device, and of what is on it.
Status checkNoDomain(virConnectPtr connection, const HostDisk& disk)
{
    const Users users = TRY(usersOfFiles(connection, "", false));
    for (const std::string& user : usersOf(users, disk.path))
        return failField("source.device", fmt::format("{} is needed by {}", disk.path, user));
    return {};
}

Status lookAtDevice(virConnectPtr connection, PoolSource& source, Build build)
{
    HostDisk disk = TRY(findHostDisk(source.device));
    if (source.type == "disk" && source.format.empty() && build == Build::No)
        source.format = disk.table;
    if (build == Build::No)
        return {};
    TRY(checkUnused(disk));
    TRY(checkNoDomain(connection, disk));
    if (build == Build::Make && !disk.holds.empty())
        return failField("source.device", fmt::format("{} has something on it already: {}", disk.path, disk.holds));
    return {};
}

} // namespace

Result<int64_t> portFrom(const Json& given, const char* field)
{
    auto found = given.find("port");
    if (found == given.end() || !found->is_number_integer())
        return int64_t{0};
    int64_t port = found->get<int64_t>();
    TRY(checkPort(port == 0 ? -1 : port, field)); // left out is the usual one
    return port;
}

Result<PoolSource> sourceFrom(const Json& given, const std::string& pool, Build build)
{
    auto text = [&given](const char* key) {
        auto found = given.find(key);
        return found != given.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    PoolSource source{text("type"), text("device"), text("host"), text("source"), text("format")};
    source.initiator = text("initiator");
    source.user = text("user");
    source.version = text("version");
    source.port = TRY(portFrom(given, "source.port"));
    source.build = build != Build::No;
    if (source.type != "iscsi" && !(source.user + source.initiator).empty())
        return failField("source.user", "only an iSCSI target asks for one");
    // libvirt gives the password to the host's own initiator only.
    if (!source.user.empty() && !source.initiator.empty())
        return failField("source.initiator", "libvirt logs in with a password under the host's own name only");
    if (source.user.empty() != text("password").empty())
        return failField(source.user.empty() ? "source.user" : "source.password", "name and password go together");
    if (!source.user.empty())
        source.secret = secretName(pool);
    return source;
}

int64_t portOf(const std::string& type, int64_t given)
{
    return given != 0 ? given : type == "iscsi" ? 3260 : 2049;
}

Status checkAnswers(const std::string& host, int64_t port, const char* field)
{
    addrinfo wanted{}, *list = nullptr;
    wanted.ai_socktype = SOCK_STREAM;
    if (int status = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &list); status != 0)
        return failField(field, fmt::format("the host {} is not found: {}", host, gai_strerror(status)));
    std::unique_ptr<addrinfo, FreeAddresses> owner(list);
    int error = EHOSTUNREACH;
    for (const addrinfo* one = list; one != nullptr && error != 0; one = one->ai_next)
        error = connectTo(*one);
    if (error != 0)
        return failField(field, fmt::format("{} does not answer at port {}: {}", host, port, strerror(error)));
    return {};
}

Status lookAtSource(virConnectPtr connection, PoolSource& source, Build build)
{
    if (source.type == "fs" || source.type == "disk" || source.build)
        return lookAtDevice(connection, source, build);
    // A mount or a login would keep trying for minutes.
    if (source.type == "netfs" || source.type == "iscsi")
        return checkAnswers(source.host, portOf(source.type, source.port), "source.host");
    return {};
}

} // namespace diptych::machines
