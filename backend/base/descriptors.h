// Descriptors sent beside bytes over a Unix socket (SCM_RIGHTS, unix(7)).
#pragma once

#include "base/fd.h"

#include <initializer_list>
#include <string_view>
#include <sys/socket.h>
#include <vector>

namespace diptych {

inline constexpr size_t mostDescriptors = 16; ///< of one message

/// One sendmsg(2) of at most four parts, one behind the other, with the descriptors. How many bytes went; no SIGPIPE.
/// The error is "what: ..." with errno; E2BIG for more than one message can take.
Result<size_t> sendWithDescriptors(int socket, std::initializer_list<std::string_view> parts,
                                   const std::vector<int>& fds, std::string_view what);

/// What came with a message that recvmsg(2) filled; owned from here on, whatever is done with them.
std::vector<UniqueFd> takeDescriptors(msghdr& message);

} // namespace diptych
