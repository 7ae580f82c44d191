// Counts system calls by number while it lives: bpf(2), raw tracepoint sys_enter. Private to this folder.
#pragma once

#include "base/fd.h"

#include <array>
#include <cstdint>
#include <string>

namespace diptych::isolation {

/// Whose calls.
struct CallerChoice
{
    enum class By {
        ControlGroup, ///< of version 2, with all below it
        PidNamespace, ///< the processes that are directly in it
        Process,
        Everybody,
    };
    By by = By::Process;
    std::string path; ///< the group's directory, or the namespace's file
    int pid = 0;
};

class CallCounter final
{
public:
    static constexpr size_t numbers = 512; ///< the last one has all that are above
    /// The message says what the kernel refused, and what would allow it.
    static Result<CallCounter> start(const CallerChoice& whose);
    [[nodiscard]] std::array<uint64_t, numbers> counts() const;
    ~CallCounter();
    CallCounter(CallCounter&& other) noexcept;
    CallCounter& operator=(CallCounter&&) = delete;
    CallCounter(const CallCounter&) = delete;
    CallCounter& operator=(const CallCounter&) = delete;

private:
    CallCounter() = default;
    UniqueFd m_map, m_groups, m_program, m_attached;
    const uint64_t* m_counts = nullptr;
};

} // namespace diptych::isolation
