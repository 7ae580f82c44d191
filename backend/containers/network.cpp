#include "containers/network.h"

#include "base/files.h"
#include "containers/number.h"
#include "machines/handles.h"
#include "machines/network.h"

#include <mutex>

namespace diptych::containers {

namespace {

Result<machines::ConnectRef> connect(const std::string& uri)
{
    // libvirt's default prints every error on stderr; ours travel in results.
    static std::once_flag once;
    std::call_once(once, [] { virSetErrorFunc(nullptr, [](void*, virErrorPtr) {}); });
    machines::ConnectRef connection(virConnectOpen(uri.c_str()));
    if (!connection) {
        Error error = machines::libvirtError(uri);
        return fail(
            Code::NotSupported,
            fmt::format("the network of libvirt can't be used, {}: start libvirtd (systemctl start libvirtd), or "
                        "give the container no network or the host's",
                        error.message));
    }
    return connection;
}

} // namespace

Result<Link> reserveLink(const std::string& uri, const std::string& network, const std::string& id,
                         const std::string& name)
{
    auto connection = TRY(connect(uri));
    (void)TRY(machines::activeNetwork(connection.get(), network));
    auto address = TRY(machines::reserveAddress(connection.get(), network, machines::macFor(id), name));
    return Link{network, address.mac, address.address, address.gateway, address.bridge, address.prefix};
}

Link unreserved(const std::string& network, const std::string& id)
{
    Link link;
    link.network = network;
    link.mac = machines::macFor(id);
    return link;
}

Status releaseLink(const std::string& uri, const Link& link)
{
    if (link.mac.empty())
        return {};
    auto connection = TRY(connect(uri));
    return machines::releaseAddress(connection.get(), link.network, link.mac);
}

std::string vethName(const std::string& id)
{
    std::string name = "dv";
    for (char c : id)
        if (c != '-' && name.size() < 12)
            name += c;
    return name;
}

std::map<std::string, Traffic, std::less<>> interfaceTraffic(const std::string& file)
{
    std::map<std::string, Traffic, std::less<>> all;
    std::string text = readFile(file).value_or("");
    for (std::string_view line : split(text, '\n')) {
        size_t colon = line.find(':');
        if (colon == std::string_view::npos)
            continue;
        // received: bytes packets errs drop fifo frame compressed multicast, then sent: bytes ...
        std::string_view rest = line.substr(colon + 1);
        uint64_t fields[9] = {};
        for (uint64_t& field : fields) {
            rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
            field = number(rest);
            rest.remove_prefix(std::min(rest.find(' '), rest.size()));
        }
        all[std::string(trim(line.substr(0, colon)))] = {fields[0], fields[8]};
    }
    return all;
}

} // namespace diptych::containers
