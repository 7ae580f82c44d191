#include "daemon/commands.h"

#include "varlink/client.h"

#include <csignal>
#include <cstdio>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace diptych {

static int complain(const Error& error)
{
    fmt::print(stderr, "diptychd: {}\n", error.message);
    return 1;
}

int callCommand(const Options& options)
{
    if (options.rest.size() < 2 || options.rest.size() > 3) {
        fmt::print(stderr, "{}", usage());
        return 2;
    }
    auto parameters = parseJson(options.rest.size() == 3 ? options.rest[2] : "{}");
    if (!parameters)
        return complain(parameters.error());
    auto client = varlink::Client::connect(options.socket);
    if (!client)
        return complain(client.error());
    Json flags = Json::object();
    if (options.more)
        flags["more"] = true;
    if (auto sent = client->send(options.rest[1], *parameters, flags); !sent)
        return complain(sent.error());
    for (;;) {
        auto reply = client->receive();
        if (!reply)
            return complain(reply.error());
        if (!reply->error.empty()) {
            fmt::print(stderr, "{} {}\n", reply->error, dumpJson(reply->parameters));
            return 1;
        }
        fmt::print("{}\n", dumpJson(reply->parameters, options.more ? -1 : 2));
        fflush(stdout);
        if (!reply->continues)
            return 0;
    }
}

/// False at the end.
static bool copySome(int from, int to)
{
    char bytes[65536];
    ssize_t n = read(from, bytes, sizeof bytes);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    return n > 0 && writeAll(to, {bytes, static_cast<size_t>(n)}).has_value();
}

int bridgeCommand(const Options& options)
{
    signal(SIGPIPE, SIG_IGN);
    auto client = varlink::Client::connect(options.socket);
    if (!client)
        return complain(client.error());
    int socket = client->fd();
    pollfd waits[] = {{STDIN_FILENO, POLLIN, 0}, {socket, POLLIN, 0}, {STDOUT_FILENO, 0, 0}};
    for (;;) {
        if (poll(waits, 3, -1) < 0 && errno != EINTR)
            return 1;
        if (waits[2].revents & (POLLERR | POLLHUP)) // nobody reads what we say: the connection has broken
            return 0;
        if (waits[1].revents && !copySome(socket, STDOUT_FILENO))
            return 0;
        if (waits[0].revents && !copySome(STDIN_FILENO, socket)) {
            shutdown(socket, SHUT_WR); // answers may still come
            waits[0].fd = -1;
        }
    }
}

} // namespace diptych
