#include "oci/state.h"
#include "runtime/channel.h"
#include "runtime/childsteps.h"
#include "runtime/executable.h"
#include "runtime/hooks.h"
#include "runtime/identity.h"
#include "runtime/labels.h"
#include "runtime/scheduling.h"

#include <algorithm>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::runtime {

// Start comes over the channel (run), or from a `start` that connects to the socket (create).
Status Child::awaitConnection()
{
    for (;;) {
        UniqueFd connection(::accept4(m_plan.startSocket.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!connection) {
            if (errno == EINTR || errno == ECONNABORTED)
                continue;
            return failErrno("wait for start");
        }
        auto message = receiveMessage(connection.get());
        if (!message || message->kind != Message::Start)
            continue; // it went away before it said so
        m_channel = std::move(connection);
        m_trace = message->text == "trace" ? Trace::toChannel(m_channel.get()) : Trace();
        m_plan.startSocket.reset();
        return {};
    }
}

// Between Ready and Start the parent sets the limits: set any earlier, a small RLIMIT_NOFILE would hit the steps above.
Status Child::awaitStart()
{
    if (m_plan.immediate) {
        TRY(setRlimits(0, m_plan.process.rlimits));
        return dieWithParent(false);
    }
    m_trace.flush();
    TRY(sendMessage(m_channel.get(), Message::Ready));
    if (!m_plan.startSocket) {
        TRY(expect(Message::Start));
        return dieWithParent(false);
    }
    TRY(expect(Message::Created));
    TRY(dieWithParent(false));
    // The runtime waits for this: it must not be gone while its end would still be ours.
    m_channel.reset();
    return awaitConnection();
}

void Child::takeStdio()
{
    if (m_plan.process.terminal)
        return; // the pty is there already
    for (int fd = 0; fd <= 2; ++fd) {
        int from = m_plan.stdio[static_cast<size_t>(fd)];
        if (from >= 0)
            (void)::dup2(from, fd);
        // So that the program can open /dev/stdout again under its own user. What is a device stays whose it is: the
        // caller's terminal, and /dev/null.
        struct stat info = {};
        if (::fstat(fd, &info) == 0 && !S_ISCHR(info.st_mode) && info.st_uid != m_plan.process.user.uid)
            (void)!::fchown(fd, m_plan.process.user.uid, m_plan.process.user.gid);
    }
}

// Everything but 0..2, what --preserve-fds promised, the channel and the program: before chdir, so that no path can
// lead out through /proc/self/fd.
Status Child::closeOthers()
{
    std::vector<unsigned> keep = {static_cast<unsigned>(m_channel.get())};
    if (m_label)
        keep.push_back(static_cast<unsigned>(m_label.get()));
    if (m_plan.executable)
        keep.push_back(static_cast<unsigned>(m_plan.executable.get()));
    for (int fd : m_plan.stdio)
        if (fd > 2)
            keep.push_back(static_cast<unsigned>(fd));
    std::sort(keep.begin(), keep.end());
    unsigned first = 3 + m_plan.preserveFds;
    for (unsigned fd : keep) {
        if (fd > first && ::close_range(first, fd - 1, 0) < 0)
            return failErrno("close_range");
        first = std::max(first, fd + 1);
    }
    if (::close_range(first, ~0u, 0) < 0)
        return failErrno("close_range");
    return {};
}

// Under the filter already: write(2) and read(2) alone. The first is never notified of (oci/seccomp.cpp), the second
// only to who has the listener by then.
Status Child::handOverListener(UniqueFd listener)
{
    writeMessage(m_channel.get(), Message::Listener, std::to_string(listener.get()));
    uint32_t word = 0;
    if (::read(m_channel.get(), &word, sizeof word) != sizeof word || word != static_cast<uint32_t>(Message::Listening))
        ::_exit(1); // the runtime gave up, and has said why
    return {};
}

Status Child::becomeProgram()
{
    oci::Process& process = m_plan.process;
    TRY(runHooks(m_plan.isExec() ? std::vector<oci::Hook>{} : m_plan.config.hooks.startContainer, "startContainer",
                 {m_plan.id, "created", ::getpid(), m_plan.bundle, m_plan.config.annotations}));
    takeStdio();
    TRY(closeOthers());
    TRY(applyScheduling(process, m_plan.config.linux_.personality));
    if (m_plan.isExec())
        TRY(setAffinity(process.cpuAffinityFinal, "process.execCPUAffinity.final"));
    int64_t begin = process.noNewPrivileges ? 0 : m_trace.begin();
    // crun's word for it, and Podman's --group-add keep-groups.
    auto keep = m_plan.config.annotations.find("run.oci.keep_original_groups");
    TRY(becomeUser(process, keep != m_plan.config.annotations.end() && keep->second == "1"));
    if (begin)
        m_trace.step(begin, "caps", "process.capabilities", "capset");
    TRY(enterDirectory(process.cwd));
    keepLastOfEach(process.env);
    addHome(process);
    std::string path = m_plan.executable ? std::string() : TRY(findExecutable(process));
    ::umask(process.user.umask.value_or(022));
    TRY(writeLabel(process, m_label.get()));
    TRY(dropPrivileges(process, m_plan.filter, m_trace,
                       [this](UniqueFd listener) { return handOverListener(std::move(listener)); }));
    // write(2), because a filter that allows nothing but it and execve must do.
    std::string gathered = m_trace.take();
    writeMessage(m_channel.get(), Message::Executing,
                 fmt::format("{}{}{}", monotonicNanoseconds(), gathered.empty() ? "" : "\n", gathered));
    return tl::unexpected<Error>(execute(process, path, m_plan.executable.get()));
}

} // namespace diptych::runtime
