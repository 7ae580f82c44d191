// Typed messages between the runtime and the process that becomes the container, over an AF_UNIX SOCK_SEQPACKET pair.
// What comes from the other end is bounded: one datagram of at most 64 KiB, at most 16 descriptors, all close-on-exec.
#pragma once

#include "base/fd.h"

#include <string>
#include <string_view>
#include <vector>

namespace diptych::runtime {

enum class Message : uint32_t {
    Closed,    ///< the other end is gone; never sent
    Mapped,    ///< to the child: its user namespace has its maps; [0] the root file system when it is an overlay
    Grouped,   ///< to the child: it is in its cgroup; text: controllers, one a line, fds: their directories as trees
    Child,     ///< to the parent: text is the number of the process that goes on in my place
    HooksNow,  ///< to the parent: all mounted, not yet pivoted
    HooksDone, ///< to the child
    Console,   ///< to the parent: [0] the pty's master
    Ready,     ///< to the parent: everything but dropping privileges is done
    Created,   ///< to the child: the state is on disk: go on without me
    Start,     ///< to the child: text "trace" when steps should be told
    Trace,     ///< to the parent: text is one line, or several
    Listener,  ///< to the parent: text is the number my seccomp listener has here; take it
    Listening, ///< to the child: it is where it should be
    Executing, ///< to the parent: next is execve(); Closed after this means that it was reached; text: when, lines of
               ///< trace
    Error,     ///< to the parent: text is the code's number, a blank, and what went wrong
};

struct Envelope
{
    Message kind = Message::Closed;
    std::string text;
    std::vector<UniqueFd> fds;
};

Status sendMessage(int channel, Message kind, std::string_view text = {}, const std::vector<int>& fds = {});
/// With write(2) alone: works under nearly every seccomp filter. Nobody may be left to hear it.
void writeMessage(int channel, Message kind, std::string_view text);
void sendError(int channel, const Error& error);
/// Blocks. A closed channel is Message::Closed; a malformed datagram is an error.
Result<Envelope> receiveMessage(int channel);
/// The Error inside a Message::Error.
Error errorOf(const Envelope& envelope);

} // namespace diptych::runtime
