#include "runtime/supervisor.h"

#include "base/files.h"
#include "runtime/channel.h"
#include "runtime/process.h"
#include "runtime/seccomplistener.h"
#include "runtime/selfprotect.h"
#include "runtime/supervisorloop.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace diptych::runtime {

// Not part of anybody's job control, parent of what is orphaned below, last to be killed when memory ends.
static void detach()
{
    (void)::setsid();
    (void)::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    (void)::prctl(PR_SET_NAME, "diptych-super", 0, 0, 0);
    (void)!::chdir("/");
    for (int number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGUSR1, SIGUSR2})
        (void)::signal(number, SIG_IGN);
}

static void closeStandard()
{
    UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
    for (int fd = 0; fd <= 2; ++fd)
        (void)::dup2(null.get(), fd);
    // Needs CAP_SYS_RESOURCE; without it the caller's value stays. After the clone: the program must not inherit it.
    (void)writeFile("/proc/self/oom_score_adj", "-999");
}

// Most of the program was only needed to make the container. Its clean pages are given back to the page cache, and the
// few that the loop needs come again: the difference between 2 MB and well below 1 MB for each container.
static int releasePages(dl_phdr_info* info, size_t, void*)
{
    for (size_t i = 0; i < info->dlpi_phnum; ++i) {
        const auto& segment = info->dlpi_phdr[i];
        if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W))
            continue; // written ones would lose what was written
        uintptr_t page = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
        uintptr_t begin = (info->dlpi_addr + segment.p_vaddr) & ~(page - 1);
        uintptr_t end = info->dlpi_addr + segment.p_vaddr + segment.p_memsz;
        (void)::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
        // Without this every fault would bring in its neighbours as well.
        (void)::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_RANDOM);
    }
    return 0;
}

namespace {
struct Pipes
{
    UniqueFd outRead, outWrite, inRead, inWrite;
};
} // namespace

static Result<Pipes> makePipes()
{
    std::array<int, 2> out = {-1, -1}, in = {-1, -1};
    if (::pipe2(out.data(), O_CLOEXEC) < 0)
        return failErrno("pipe");
    Pipes pipes{UniqueFd(out[0]), UniqueFd(out[1]), {}, {}};
    if (::pipe2(in.data(), O_CLOEXEC) < 0)
        return failErrno("pipe");
    pipes.inRead.reset(in[0]);
    pipes.inWrite.reset(in[1]);
    return pipes;
}

static Status startProgram(Supervised& made, const Trace& trace)
{
    if (!made.startNow)
        return {};
    TRY(sendMessage(made.launched.channel.get(), Message::Start, trace.on() ? "trace" : ""));
    return awaitExec(made.launched.channel.get(), trace,
                     sendListener(*made.store, made.record, made.launched.pid, made.launched.process.get()));
}

static Status superviseHere(const MakeSupervised& make, const Trace& trace, int report)
{
    detach();
    Pipes pipes = TRY(makePipes());
    Supervised made = TRY(make({pipes.inRead.get(), pipes.outWrite.get(), pipes.outWrite.get()}));
    pipes.inRead.reset();
    pipes.outWrite.reset();
    UniqueFd process = TRY(duplicate(made.launched.process.get()));
    bool terminal = made.terminal;
    UniqueFd output = terminal ? std::move(made.launched.console) : std::move(pipes.outRead);
    UniqueFd input = terminal ? UniqueFd() : std::move(pipes.inWrite);
    auto started = startProgram(made, trace);
    made.launched.channel.reset();
    Supervisor supervisor(std::move(made), std::move(output), std::move(input));
    auto opened = started ? supervisor.open() : started;
    if (!opened) {
        (void)signalProcess(process.get(), SIGKILL);
        return opened;
    }
    process.reset();
    pipes = {};
    (void)sendMessage(report, Message::Ready);
    ::close(report);
    closeStandard();
    ::malloc_trim(0);
    ::dl_iterate_phdr(releasePages, nullptr);
    supervisor.loop();
    return {};
}

Status superviseInBackground(const MakeSupervised& make, const Trace& trace)
{
    SocketPair report = TRY(socketPair(SOCK_SEQPACKET));
    pid_t pid = ::fork();
    if (pid < 0)
        return failErrno("fork");
    if (pid == 0) {
        report.ours.reset();
        int fd = report.theirs.release();
        auto done = superviseHere(make, trace, fd);
        if (!done)
            sendError(fd, done.error());
        ::_exit(done ? 0 : 1);
    }
    report.theirs.reset();
    closeSelfMount();
    Envelope answer = TRY(receiveMessage(report.ours.get()));
    if (answer.kind == Message::Ready)
        return {};
    (void)::waitpid(pid, nullptr, 0);
    if (answer.kind == Message::Error)
        return tl::unexpected<Error>(errorOf(answer));
    return fail(Code::Failed, "the supervisor died while the container was made");
}

} // namespace diptych::runtime
