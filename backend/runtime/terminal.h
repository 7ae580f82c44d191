// The container's pty, made in its own devpts, and the ways its master travels.
#pragma once

#include "runtime/plan.h"

#include <sys/types.h>

namespace diptych::runtime {

struct Pty
{
    UniqueFd master, slave;
};
/// From the devpts at /dev/pts below root. The slave comes by TIOCGPTPEER, never by a name in the container.
Result<Pty> openPty(int root, const oci::Process& process);
/// The calling process's controlling terminal and 0, 1, 2. It must lead a session without a terminal.
Status becomeTerminal(int slave);

/// Sends the master to whoever listens at --console-socket (SOCK_STREAM, SCM_RIGHTS, as runc does).
Status sendToConsoleSocket(const std::string& path, int master);
/// Stays in the foreground until the process ends: signals this process gets go to it; with a pty (master >= 0) our own
/// terminal, raw while it lasts, is relayed. The exit code, or 128 + signal. The process must be our child.
Result<int> waitForeground(pid_t pid, int process, int master);

} // namespace diptych::runtime
