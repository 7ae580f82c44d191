#include "runtime/sharedspawn.h"

#include <climits>
#include <csignal>
#include <linux/futex.h>
#include <linux/sched.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::runtime {

static constexpr size_t stackSize = size_t{256} << 10;

void SharedChild::say(int state)
{
    m_state.store(static_cast<uint32_t>(state), std::memory_order_release);
    (void)::syscall(SYS_futex, &m_state, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
}

// As an instruction, not as a call: the child goes on to use the stack below this frame, where the address would be
// that this thread returns to later.
static inline __attribute__((always_inline)) long cloneInPlace(clone_args* args)
{
#ifdef __x86_64__
    long result = SYS_clone3;
    __asm__ volatile("syscall" : "+a"(result) : "D"(args), "S"(sizeof *args) : "rcx", "r11", "memory");
    return result;
#else
    (void)args;
    return -ENOSYS;
#endif
}

bool SharedChild::isPossible()
{
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)
    return true;
#else
    return false;
#endif
}

void* SharedChild::cloneIt(void* argument)
{
    auto* self = static_cast<SharedChild*>(argument);
    clone_args args = {};
    args.flags = self->m_flags | CLONE_VM | CLONE_VFORK | CLONE_PIDFD | CLONE_PARENT_SETTID;
    args.pidfd = reinterpret_cast<uint64_t>(&self->m_pidfd);
    args.parent_tid = reinterpret_cast<uint64_t>(&self->m_pid);
    args.exit_signal = SIGCHLD;
    // No stack is given: this thread's, which it does not use meanwhile.
    long pid = cloneInPlace(&args);
    if (pid == 0) {
        self->say(1);
        self->m_child();
        ::_exit(127);
    }
    if (pid < 0) {
        self->m_error = static_cast<int>(-pid);
        self->say(2);
    }
    return nullptr;
}

Result<std::unique_ptr<SharedChild>> SharedChild::begin(uint64_t flags, std::function<void()> child)
{
    std::unique_ptr<SharedChild> self(new SharedChild);
    self->m_flags = flags;
    self->m_child = std::move(child);
    // Below it lies what is not mapped: too deep a recursion ends there.
    void* stack = ::mmap(nullptr, stackSize + 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (stack == MAP_FAILED || ::mprotect(static_cast<char*>(stack) + 4096, stackSize, PROT_READ | PROT_WRITE) < 0)
        return failErrno("memory for the child's stack");
    constexpr size_t used = size_t{32} << 10;
    (void)::madvise(static_cast<char*>(stack) + 4096 + stackSize - used, used, MADV_POPULATE_WRITE);
    pthread_attr_t attributes;
    (void)::pthread_attr_init(&attributes);
    (void)::pthread_attr_setstack(&attributes, static_cast<char*>(stack) + 4096, stackSize);
    (void)::pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    int error = ::pthread_create(&self->m_thread, &attributes, cloneIt, self.get());
    (void)::pthread_attr_destroy(&attributes);
    if (error)
        return tl::unexpected<Error>(systemError(error, "make a thread"));
    return self;
}

Result<Spawned> SharedChild::await()
{
    while (m_state.load(std::memory_order_acquire) == 0)
        (void)::syscall(SYS_futex, &m_state, FUTEX_WAIT_PRIVATE, 0, nullptr, nullptr, 0);
    if (m_state.load(std::memory_order_acquire) == 2)
        return tl::unexpected<Error>(systemError(m_error, "clone3"));
    return Spawned{m_pid, UniqueFd(m_pidfd)};
}

} // namespace diptych::runtime
