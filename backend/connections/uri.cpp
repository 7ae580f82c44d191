#include "connections/uri.h"

#include "base/files.h"

#include <algorithm>
#include <array>

namespace diptych::connections {

namespace {

constexpr std::array hypervisors{"qemu", "test", "xen",    "lxc",  "vz",           "bhyve",    "ch",          "esx",
                                 "vpx",  "gsx",  "hyperv", "vbox", "vmwareplayer", "vmwarews", "vmwarefusion"};
constexpr std::array transports{"unix", "ssh", "libssh", "libssh2", "tls", "tcp"};
/// What a parameter may be is a closed list: libvirt has some that start programs, and later ones may.
constexpr std::array parameters{"socket", "mode",    "keyfile",   "known_hosts", "sshauth",
                                "no_tty", "pkipath", "transport", "vcenter",     "name"};
struct Refused
{
    const char* name;
    const char* why;
};
constexpr std::array refused{
    Refused{"command", "it starts a program of this host"},
    Refused{"netcat", "it starts a program of the other host"},
    Refused{"proxy", "it starts a program of the other host"},
    Refused{"no_verify", "whoever sits between could pretend to be the other host"},
    Refused{"known_hosts_verify", "whoever sits between could pretend to be the other host"},
    Refused{"auto_answer", "questions of the hypervisor are the owner's to answer"},
    Refused{"authfile", "passwords are read from libvirt's own auth.conf"},
};

template <typename List>
bool isOneOf(std::string_view word, const List& list)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}

tl::unexpected<Error> bad(const std::string& why)
{
    return failField("uri", why);
}

bool plain(char c, std::string_view more)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           more.find(c) != std::string_view::npos;
}

Status checkScheme(std::string_view scheme)
{
    size_t plus = scheme.find('+');
    std::string_view driver = scheme.substr(0, plus);
    if (!isOneOf(driver, hypervisors))
        return bad(fmt::format("\"{}\" is no hypervisor that libvirt knows", driver));
    if (plus == std::string_view::npos)
        return {};
    std::string_view transport = scheme.substr(plus + 1);
    if (transport == "ext")
        return bad("the transport ext starts a program of this host: use ssh, tls or unix");
    if (!isOneOf(transport, transports))
        return bad(fmt::format("\"{}\" is no transport of libvirt: unix, ssh, libssh, libssh2, tls or tcp", transport));
    return {};
}

/// [user@]host[:port]; what ssh could take for an option is none.
Status checkAuthority(std::string_view authority)
{
    size_t at = authority.rfind('@');
    std::string_view user = at == std::string_view::npos ? std::string_view() : authority.substr(0, at);
    std::string_view host = at == std::string_view::npos ? authority : authority.substr(at + 1);
    if (user.find(':') != std::string_view::npos)
        return bad("a password has no place in a URI: anybody who lists connections would see it");
    for (std::string_view part : {user, host}) {
        if (!part.empty() && part[0] == '-')
            return bad(fmt::format("\"{}\" would be taken for an option", part));
        for (char c : part)
            if (!plain(c, part.data() == user.data() ? "._-" : "._-:[]"))
                return bad(fmt::format("\"{}\" has characters that no user or host has", part));
    }
    return {};
}

Status checkParameter(std::string_view text, bool& quiet)
{
    size_t equals = text.find('=');
    std::string_view name = text.substr(0, equals);
    for (const Refused& one : refused)
        if (name == one.name)
            return bad(fmt::format("the parameter {} is not allowed: {}", name, one.why));
    if (!isOneOf(name, parameters))
        return bad(fmt::format("the parameter {} is not allowed", name));
    quiet = quiet || name == "no_tty";
    std::string_view value = equals == std::string_view::npos ? std::string_view() : text.substr(equals + 1);
    if (!value.empty() && value[0] == '-')
        return bad(fmt::format("\"{}\" would be taken for an option", value));
    for (char c : value)
        if (!plain(c, "/._-,:+"))
            return bad(fmt::format("the value of {} has characters that it can't have", name));
    return {};
}

} // namespace

Result<std::string> checkUri(const std::string& uri)
{
    if (uri.empty() || uri.size() > 512)
        return bad("a URI has 1 to 512 characters: qemu+ssh://user@host/system");
    if (std::any_of(uri.begin(), uri.end(), [](char c) { return c <= ' ' || c >= 127; }))
        return bad("a URI has no spaces and no characters beyond ASCII");
    size_t colon = uri.find("://");
    if (colon == std::string::npos)
        return bad("a URI looks like qemu+ssh://user@host/system");
    std::string_view text(uri), scheme = text.substr(0, colon), rest = text.substr(colon + 3);
    TRY(checkScheme(scheme));
    if (rest.find('#') != std::string_view::npos || rest.find('%') != std::string_view::npos)
        return bad("a URI has no # and no %: what they stand for could not be checked");
    size_t question = rest.find('?');
    std::string_view place = rest.substr(0, question);
    size_t slash = place.find('/');
    std::string_view authority = place.substr(0, slash);
    std::string_view path = slash == std::string_view::npos ? std::string_view() : place.substr(slash);
    TRY(checkAuthority(authority));
    bool overSsh = scheme.ends_with("+ssh"), quiet = false;
    if (authority.empty() && (overSsh || scheme.ends_with("+tls") || scheme.ends_with("+tcp") ||
                              scheme.find("+libssh") != std::string_view::npos))
        return bad("say which host: qemu+ssh://user@host/system");
    for (char c : path)
        if (!plain(c, "/._-+"))
            return bad("the path has characters that it can't have");
    if (question != std::string_view::npos)
        for (std::string_view parameter : split(rest.substr(question + 1), '&'))
            TRY(checkParameter(parameter, quiet));
    // Nobody sits at the process that opens it: ssh must not ask.
    if (overSsh && !quiet)
        return uri + (question == std::string_view::npos ? "?" : "&") + "no_tty=1";
    return uri;
}

Status checkConnectionName(const std::string& name)
{
    bool printable =
        std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != 127; });
    if (name.empty() || name.size() > 64 || !printable || name.front() == ' ' || name.back() == ' ')
        return failField("name", "a connection's name has 1 to 64 printable characters");
    return {};
}

} // namespace diptych::connections
