#include "containers/network.h"

#include "base/child.h"
#include "base/files.h"

#include <memory>
#include <mutex>
#include <netinet/in.h>
#include <nftables/libnftables.h>
#include <sys/socket.h>

namespace diptych::containers {

namespace {

struct Free
{
    void operator()(nft_ctx* p) const { nft_ctx_free(p); }
};

Status nft(const std::string& commands)
{
    static std::mutex one; // libnftables keeps parser state of its own
    std::lock_guard lock(one);
    std::unique_ptr<nft_ctx, Free> context(nft_ctx_new(NFT_CTX_DEFAULT));
    if (!context)
        return fail(Code::Failed, "nftables: out of memory");
    nft_ctx_buffer_output(context.get());
    nft_ctx_buffer_error(context.get());
    if (nft_run_cmd_from_buffer(context.get(), commands.c_str()) == 0)
        return {};
    std::string_view text = nft_ctx_get_error_buffer(context.get());
    return fail(Code::Failed, fmt::format("nftables: {}", trim(text.substr(0, text.find('\n')))));
}

// Chains of our own hook in beside everybody else's, so nobody's reload takes them away. Written whole each time:
// adding what exists is no error, and flushing the chains first keeps the rules from piling up. Maps keep their
// elements.
constexpr const char* table = R"(
add table ip diptych
add map ip diptych tcp_ports { type inet_service : ipv4_addr . inet_service ; }
add map ip diptych udp_ports { type inet_service : ipv4_addr . inet_service ; }
add chain ip diptych guard { type filter hook prerouting priority -300 ; }
add chain ip diptych prerouting { type nat hook prerouting priority -100 ; }
add chain ip diptych output { type nat hook output priority -100 ; }
add chain ip diptych postrouting { type nat hook postrouting priority 90 ; }
flush chain ip diptych guard
flush chain ip diptych prerouting
flush chain ip diptych output
flush chain ip diptych postrouting
add rule ip diptych guard iifname != "lo" ip daddr 127.0.0.0/8 drop
add rule ip diptych prerouting fib daddr type local dnat ip to tcp dport map @tcp_ports
add rule ip diptych prerouting fib daddr type local dnat ip to udp dport map @udp_ports
add rule ip diptych output fib daddr type local dnat ip to tcp dport map @tcp_ports
add rule ip diptych output fib daddr type local dnat ip to udp dport map @udp_ports
add rule ip diptych postrouting ct status dnat fib saddr type local masquerade
)";

std::string element(const Port& port, const std::string& value)
{
    return fmt::format("element ip diptych {}_ports {{ {}{} }}\n", port.protocol, port.hostPort, value);
}

bool isFree(const Port& port)
{
    UniqueFd fd(::socket(AF_INET, (port.protocol == "udp" ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port.hostPort);
    int on = 1; // what waits in TIME_WAIT is nobody
    (void)::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    return ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 || errno != EADDRINUSE;
}

} // namespace

Status checkPortsFree(const std::vector<Port>& ports)
{
    for (size_t i = 0; i < ports.size(); ++i)
        if (!isFree(ports[i]))
            return failField(
                fmt::format("ports[{}].hostPort", i),
                fmt::format("port {}/{} of this host is in use by another program (see: ss -lnp 'sport = :{}')",
                            ports[i].hostPort, ports[i].protocol, ports[i].hostPort));
    return {};
}

Status publish(const Link& link, const std::vector<Port>& ports)
{
    if (ports.empty())
        return {};
    unpublish(ports); // of a helper that died: the element may stand there with an old address
    std::string commands = table;
    for (const Port& port : ports)
        commands += "add " + element(port, fmt::format(" : {} . {}", link.address, port.port));
    TRYX(nft(commands), "publish ports");
    // From the host itself to 127.0.0.1: such packets may leave through the bridge only when it is told so. The guard
    // chain keeps anybody else from using it to reach what listens on loopback.
    TRY(writeFile(fmt::format("/proc/sys/net/ipv4/conf/{}/route_localnet", link.bridge), "1"));
    TRY(writeFile("/proc/sys/net/ipv4/ip_forward", "1"));
    return passLibvirtFilter(link.bridge);
}

void unpublish(const std::vector<Port>& ports)
{
    for (const Port& port : ports)
        (void)nft("delete " + element(port, ""));
}

Status passLibvirtFilter(const std::string& bridge)
{
    if (findProgram("iptables").empty())
        return {};
    auto rule = [&](std::vector<std::string> action) -> Result<Outcome> {
        Command command;
        command.arguments = {"iptables", "-w", "5"};
        command.arguments.insert(command.arguments.end(), action.begin(), action.end());
        for (const char* word : {"-o", bridge.c_str(), "-m", "conntrack", "--ctstate", "DNAT", "-m", "comment",
                                 "--comment", "diptych: published ports", "-j", "ACCEPT"})
            command.arguments.emplace_back(word);
        return run(command);
    };
    Command probe;
    probe.arguments = {"iptables", "-w", "5", "-S", "LIBVIRT_FWI"};
    if (auto chain = run(probe); !chain || chain->status != 0)
        return {}; // libvirt filters nothing this way here
    // Taken out and put in again: libvirt inserts its own at the top whenever a network starts.
    (void)rule({"-D", "LIBVIRT_FWI"});
    auto inserted = TRY(rule({"-I", "LIBVIRT_FWI", "1"}));
    if (inserted.status != 0)
        return fail(Code::Failed, fmt::format("let published ports pass libvirt's filter: {}", trim(inserted.errors)));
    return {};
}

} // namespace diptych::containers
