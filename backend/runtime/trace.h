// --trace: one JSON line a step. The process inside the container never holds the file: its lines go over the channel,
// gathered, because a message for each would cost more than half of the steps themselves.
#pragma once

#include "base/clock.h"
#include "base/fd.h"

#include <string>
#include <string_view>
#include <utility>

namespace diptych::runtime {

class Trace final
{
public:
    Trace() = default;
    /// Lines go to the file, appended by one write(2) each.
    static Result<Trace> toFile(const std::string& path);
    /// Lines are gathered and go as Message::Trace when asked, or when they are many; fd stays the caller's.
    static Trace toChannel(int channel);

    [[nodiscard]] bool on() const { return m_file || m_channel >= 0; }
    /// When a step begins; 0 without a look at the clock when nobody wants to know.
    [[nodiscard]] int64_t begin() const { return on() ? monotonicNanoseconds() : 0; }
    /// spec: member of the runtime-spec this step obeys; call: the system call it is about; result: 0 or -errno.
    void step(int64_t begin, std::string_view name, std::string_view spec, std::string_view call, int result = 0,
              std::string_view detail = {}) const;
    /// One line, or several with a newline between them.
    void lines(std::string_view text) const;
    /// Sends what was gathered, by write(2) alone: it may stand under a seccomp filter.
    void flush() const;
    /// What was gathered and not sent, for a message of the caller's.
    [[nodiscard]] std::string take() const { return std::exchange(m_gathered, {}); }

private:
    UniqueFd m_file;
    int m_channel = -1;
    mutable std::string m_gathered; ///< lines with a newline between them
};

} // namespace diptych::runtime
