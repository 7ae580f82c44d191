#include "runtime/startsocket.h"

#include "base/files.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace diptych::runtime {

// A socket address has 108 bytes: the directory goes in as a descriptor.
static Result<sockaddr_un> addressOf(int directory, const std::string& name)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::string path = fmt::format("/proc/self/fd/{}/{}", directory, name);
    if (path.size() >= sizeof address.sun_path)
        return fail(Code::InvalidArgument, fmt::format("{}: name too long for a socket", name));
    path.copy(address.sun_path, path.size());
    return address;
}

Result<UniqueFd> listenAt(const std::string& directory, const std::string& name, int type)
{
    UniqueFd place = TRY(openFile(directory, O_PATH | O_DIRECTORY));
    sockaddr_un address = TRY(addressOf(place.get(), name));
    UniqueFd socket(::socket(AF_UNIX, type | SOCK_CLOEXEC, 0));
    if (!socket || ::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) < 0 ||
        ::fchmodat(place.get(), name.c_str(), 0600, 0) < 0 || ::listen(socket.get(), 16) < 0)
        return failErrno(directory + "/" + name);
    return socket;
}

Result<UniqueFd> connectAt(const std::string& directory, const std::string& name, int type)
{
    UniqueFd place = TRY(openFile(directory, O_PATH | O_DIRECTORY));
    sockaddr_un address = TRY(addressOf(place.get(), name));
    UniqueFd socket(::socket(AF_UNIX, type | SOCK_CLOEXEC, 0));
    if (!socket || ::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) < 0)
        return failErrno(directory + "/" + name);
    return socket;
}

Result<UniqueFd> listenForStart(const std::string& directory)
{
    return listenAt(directory, "start.sock", SOCK_SEQPACKET);
}

Result<UniqueFd> connectToStart(const std::string& directory)
{
    return connectAt(directory, "start.sock", SOCK_SEQPACKET);
}

} // namespace diptych::runtime
