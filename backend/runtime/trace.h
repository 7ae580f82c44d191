// --trace: one JSON line a step. The process inside the container never holds the file: its lines go over the channel.
#pragma once

#include "base/clock.h"
#include "base/fd.h"

#include <string>
#include <string_view>

namespace diptych::runtime {

class Trace final
{
public:
    Trace() = default;
    /// Lines go to the file, appended by one write(2) each.
    static Result<Trace> toFile(const std::string& path);
    /// Lines go as Message::Trace; fd stays the caller's.
    static Trace toChannel(int channel);

    [[nodiscard]] bool on() const { return m_file || m_channel >= 0; }
    /// When a step begins; 0 without a look at the clock when nobody wants to know.
    [[nodiscard]] int64_t begin() const { return on() ? monotonicNanoseconds() : 0; }
    /// spec: member of the runtime-spec this step obeys; call: the system call it is about; result: 0 or -errno.
    void step(int64_t begin, std::string_view name, std::string_view spec, std::string_view call, int result = 0,
              std::string_view detail = {}) const;
    void line(std::string_view text) const;

private:
    UniqueFd m_file;
    int m_channel = -1;
};

} // namespace diptych::runtime
