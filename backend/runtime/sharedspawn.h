// A child that shares this process's memory until it executes its program, as vfork(2)'s does, while this process goes
// on.
//
// Copying the address space is the dearest part of a start: page tables are copied, and afterwards both sides pay a
// fault for each page they write. vfork stops its caller until the child has executed; so the caller is a thread made
// for it.
//
// What is given to the child must stay where it is until it has executed or ended, and is its alone from begin() on;
// each side has its own descriptor table, working directory, credentials and namespaces.
#pragma once

#include "runtime/namespaces.h"

#include <atomic>
#include <memory>
#include <pthread.h>

namespace diptych::runtime {

class SharedChild final
{
public:
    /// On this processor, in this build.
    static bool isPossible();
    /// child runs in the new process, on a stack and with an errno of its own, and must not return.
    static Result<std::unique_ptr<SharedChild>> begin(uint64_t flags, std::function<void()> child);
    /// Waits until the process is there. Once.
    Result<Spawned> await();

    SharedChild(const SharedChild&) = delete;
    SharedChild& operator=(const SharedChild&) = delete;
    ~SharedChild() = default; ///< only after the child has executed or ended

private:
    SharedChild() = default;
    static void* cloneIt(void* self);
    void say(int state);

    std::function<void()> m_child;
    uint64_t m_flags = 0;
    int m_pid = 0, m_pidfd = -1, m_error = 0;
    std::atomic<uint32_t> m_state = 0; ///< 0: not yet, 1: the child runs, 2: it could not be made
    pthread_t m_thread = {};
};

} // namespace diptych::runtime
