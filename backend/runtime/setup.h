// From a bundle, or a running container, to a Plan: everything is parsed, refused or opened before a process is made.
#pragma once

#include "runtime/container.h"
#include "runtime/launch.h"
#include "runtime/plan.h"

namespace diptych::runtime {

struct CreateOptions
{
    std::string id, bundle, config, pidFile, consoleSocket;
    char** argv = nullptr; ///< of this program: to protect it once it is known from what; null: that has been done
    unsigned preserveFds = 0, inherited = 0; ///< asked for; of those and of LISTEN_FDS: open
    bool noCgroup = false;                   ///< no group of its own: it stays in the caller's
    bool noPivot = false, noNewKeyring = false;
    bool systemd = false;      ///< a scope of systemd's in place of a group of our own
    bool startBySocket = true; ///< false for run: the start comes over the channel
    bool immediate = false;    ///< run in the foreground: the program may start as soon as it can
    bool mayShare = true;      ///< the caller ends soon: the child may share its memory until it executes
    bool ownTerminal = false;  ///< somebody here takes the pty's master: no --console-socket needed
    std::array<int, 3> stdio = {-1, -1, -1};
};

struct Created
{
    Record record;
    Launched launched;
    oci::Hooks hooks;
    bool terminal = false;
    bool immediate = false; ///< the program is on its way: nothing is to be sent, awaitExec() tells how it went
};

/// From nothing to a created container on disk. On failure nothing is left, unless the id is another's.
Result<Created> createContainer(const Store& store, const CreateOptions& options, const Trace& trace);

struct ExecOptions
{
    std::string id, pidFile, consoleSocket, executable;
    std::vector<std::string> subgroups; ///< "[CONTROLLER[,CONTROLLER]:]PATH" below the container's cgroup
    oci::Process process;
    unsigned preserveFds = 0;
    bool ignorePaused = false, ownTerminal = false;
    std::array<int, 3> stdio = {-1, -1, -1};
};

/// One more process in a running container, ready to be started over its channel.
Result<Launched> enterContainer(const Store& store, const ExecOptions& options, const Trace& trace);

/// What a bundle says, read and checked as create does, and a record to begin with: for restore.
struct Described
{
    oci::Config config;
    std::string text;
    Record record;
};
Result<Described> describeContainer(const CreateOptions& options);
/// config.json as it was, beside the state.
Status writeConfig(const Store& store, const std::string& id, const std::string& text);

/// Beside and renamed: a reader never sees half a number.
Status writePidFile(const std::string& path, pid_t pid);

} // namespace diptych::runtime
