#include "connections/remote_display.h"

#include "base/child.h"
#include "base/files.h"
#include "machines/xml.h"

#include <algorithm>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace diptych::connections {

namespace {

constexpr int patience = 20000; ///< ms for a login and the first word

/// Nothing that a shell at the other end, or ssh, could take for something else.
bool plain(const std::string& text, std::string_view more)
{
    return !text.empty() && text[0] != '-' && std::all_of(text.begin(), text.end(), [&](unsigned char c) {
        return isalnum(c) || more.find(static_cast<char>(c)) != std::string_view::npos;
    });
}

/// Ends with the descriptor: ssh sees its input end. Reaped by a thread, for nobody else waits for it.
Result<pid_t> startSsh(std::vector<std::string> arguments, int stream, int errors)
{
    std::string program = findProgram(arguments[0]);
    if (program.empty())
        return fail(Code::NotSupported, "there is no ssh on this machine (openssh-client)");
    std::vector<char*> words;
    for (std::string& one : arguments)
        words.push_back(one.data());
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, stream, 0);
    posix_spawn_file_actions_adddup2(&actions, stream, 1);
    posix_spawn_file_actions_adddup2(&actions, errors, 2);
    pid_t process = 0;
    int failed = posix_spawn(&process, program.c_str(), &actions, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        errno = failed;
        return failErrno(program);
    }
    std::thread([process] {
        int status = 0;
        while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
        }
    }).detach();
    return process;
}

std::string lastLine(int fd)
{
    char text[4096];
    ssize_t size = read(fd, text, sizeof text);
    std::string_view all(text, static_cast<size_t>(std::max<ssize_t>(size, 0)));
    while (!all.empty() && (all.back() == '\n' || all.back() == '\r'))
        all.remove_suffix(1);
    size_t begin = all.find_last_of('\n');
    return std::string(begin == std::string_view::npos ? all : all.substr(begin + 1));
}

} // namespace

std::optional<SshTarget> sshTarget(const std::string& uri)
{
    size_t colon = uri.find("://");
    if (colon == std::string::npos || !std::string_view(uri).substr(0, colon).ends_with("+ssh"))
        return {};
    std::string rest = uri.substr(colon + 3), query;
    if (size_t question = rest.find('?'); question != std::string::npos) {
        query = rest.substr(question + 1);
        rest.erase(question);
    }
    std::string authority = rest.substr(0, rest.find('/'));
    SshTarget target;
    if (size_t at = authority.rfind('@'); at != std::string::npos) {
        target.user = authority.substr(0, at);
        authority.erase(0, at + 1);
    }
    size_t port = authority.rfind(':');
    bool numeric = authority.starts_with('['); // "[::1]:22"
    if (port != std::string::npos && (!numeric || authority.find(']') < port)) {
        target.port = authority.substr(port + 1);
        authority.erase(port);
    }
    target.host = numeric ? authority.substr(1, authority.find(']') - 1) : authority;
    for (std::string_view one : split(query, '&'))
        if (one.starts_with("keyfile="))
            target.keyfile = one.substr(8);
    return target;
}

Result<VncAddress> vncAddress(const std::string& domainXml)
{
    pugi::xml_document document;
    TRY(machines::parseXml(domainXml, document));
    pugi::xml_node domain = document.child("domain");
    pugi::xml_node graphics = domain.child("devices").find_child_by_attribute("graphics", "type", "vnc");
    std::string name = domain.child_value("name");
    if (!graphics)
        return fail(Code::NotSupported, fmt::format("machine {} has no VNC display", name));
    pugi::xml_node listen = graphics.child("listen");
    std::string type = listen.attribute("type").as_string("address");
    VncAddress vnc;
    vnc.socket = type == "socket" ? listen.attribute("socket").value() : graphics.attribute("socket").value();
    vnc.address = listen.attribute("address").as_string(graphics.attribute("listen").as_string("127.0.0.1"));
    vnc.port = graphics.attribute("port").value();
    if (vnc.address == "0.0.0.0")
        vnc.address = "127.0.0.1";
    if (vnc.address == "::")
        vnc.address = "::1";
    bool reachable = plain(vnc.socket, "/._-") || (plain(vnc.port, "") && plain(vnc.address, ".:-"));
    if (type == "none" || !reachable)
        return fail(
            Code::NotSupported,
            fmt::format(
                "the display of {} listens nowhere on its host, where ssh could reach it: choose \"address\" for "
                "it in Hardware",
                name));
    return vnc;
}

std::vector<std::string> sshCommand(const SshTarget& target, const VncAddress& vnc)
{
    // As libvirt's own: nobody is there to be asked, an unknown host is refused.
    std::vector<std::string> words{"ssh", "-T", "-o", "BatchMode=yes", "-e", "none"};
    auto option = [&words](const char* name, const std::string& value) {
        if (!value.empty()) {
            words.emplace_back(name);
            words.push_back(value);
        }
    };
    option("-p", target.port);
    option("-l", target.user);
    option("-i", target.keyfile);
    if (vnc.socket.empty())
        option("-W", fmt::format("[{}]:{}", vnc.address, vnc.port));
    words.emplace_back("--");
    words.push_back(target.host);
    if (!vnc.socket.empty())
        words.push_back("nc -U " + vnc.socket);
    return words;
}

Result<UniqueFd> openBySsh(const SshTarget& target, const VncAddress& vnc)
{
    SocketPair pair = TRY(socketPair(SOCK_STREAM));
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
        return failErrno("pipe");
    UniqueFd errors(ends[0]), theirErrors(ends[1]);
    TRY(startSsh(sshCommand(target, vnc), pair.theirs.get(), theirErrors.get()));
    pair.theirs.reset();
    theirErrors.reset();
    pollfd waiting{pair.ours.get(), POLLIN, 0};
    char first;
    int ready = poll(&waiting, 1, patience);
    if (ready > 0 && recv(pair.ours.get(), &first, 1, MSG_PEEK) > 0)
        return std::move(pair.ours);
    std::string reason = ready == 0 ? "nothing answered" : lastLine(errors.get());
    return fail(Code::Failed, fmt::format("the display by ssh: {}", reason.empty() ? "it was closed" : reason));
}

} // namespace diptych::connections
