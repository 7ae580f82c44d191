#include "base/descriptors.h"

#include <array>
#include <cstring>
#include <sys/uio.h>

namespace diptych {

Result<size_t> sendWithDescriptors(int socket, std::initializer_list<std::string_view> parts,
                                   const std::vector<int>& fds, std::string_view what)
{
    std::array<iovec, 4> data{};
    if (parts.size() > data.size() || fds.size() > mostDescriptors) {
        errno = E2BIG;
        return failErrno(what);
    }
    size_t count = 0;
    for (std::string_view part : parts)
        data[count++] = {const_cast<char*>(part.data()), part.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * mostDescriptors)> control{};
    msghdr message{};
    message.msg_iov = data.data();
    message.msg_iovlen = count;
    if (!fds.empty()) {
        message.msg_control = control.data();
        message.msg_controllen = CMSG_SPACE(sizeof(int) * fds.size());
        cmsghdr* item = CMSG_FIRSTHDR(&message);
        item->cmsg_level = SOL_SOCKET;
        item->cmsg_type = SCM_RIGHTS;
        item->cmsg_len = CMSG_LEN(sizeof(int) * fds.size());
        std::memcpy(CMSG_DATA(item), fds.data(), sizeof(int) * fds.size());
    }
    ssize_t n = -1;
    do
        n = ::sendmsg(socket, &message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return failErrno(what);
    return static_cast<size_t>(n);
}

std::vector<UniqueFd> takeDescriptors(msghdr& message)
{
    std::vector<UniqueFd> taken;
    for (cmsghdr* item = CMSG_FIRSTHDR(&message); item; item = CMSG_NXTHDR(&message, item)) {
        if (item->cmsg_level != SOL_SOCKET || item->cmsg_type != SCM_RIGHTS)
            continue;
        size_t count = (item->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(item) + i * sizeof(int), sizeof fd);
            taken.emplace_back(fd);
        }
    }
    return taken;
}

} // namespace diptych
