#include "runtime/seccomplistener.h"

#include "base/descriptors.h"

#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

namespace diptych::runtime {

static Result<UniqueFd> connectTo(const std::string& path)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return oci::wrongField("linux.seccomp.listenerPath", "is too long for a socket");
    path.copy(address.sun_path, path.size());
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket || ::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) < 0)
        return failErrno(fmt::format("linux.seccomp.listenerPath {}", path));
    return socket;
}

static Status deliver(const Store& store, const Record& record, pid_t pid, int process, int theirs)
{
    oci::Config config = TRY(store.config(record.id));
    oci::Seccomp profile = TRY(oci::parseSeccomp(config.linux_.seccompText));
    UniqueFd socket = TRY(connectTo(profile.listenerPath));
    // Taken, not sent: under its filter the process can be counted on for little more than write(2).
    UniqueFd listener(static_cast<int>(::syscall(SYS_pidfd_getfd, process, theirs, 0)));
    if (!listener)
        return failErrno("take the seccomp listener");
    oci::State container = stateOf(store, record);
    if (pid == record.pid)
        container.status = "creating"; // its program does not run yet: runc's and crun's word for it here
    // The version of this message that the specification shows, and crun says.
    Json state = {{"ociVersion", "0.2.0"}, {"fds", {"seccompFd"}}, {"pid", pid}, {"state", oci::toJson(container)}};
    if (!profile.listenerMetadata.empty())
        state["metadata"] = profile.listenerMetadata;
    const std::string text = dumpJson(state);
    constexpr std::string_view what = "linux.seccomp.listenerPath: send";
    // In one message, as the specification asks.
    size_t sent = TRY(sendWithDescriptors(socket.get(), {text}, {listener.get()}, what));
    return sent == text.size() ? Status() : Status(fail(Code::Failed, fmt::format("{}: only a part of it went", what)));
}

ListenerSink sendListener(const Store& store, const Record& record, pid_t pid, int process)
{
    return [&store, &record, pid, process](int theirs) { return deliver(store, record, pid, process, theirs); };
}

} // namespace diptych::runtime
