// log and log.1 of a supervised session, and the last 64 KiB for who attaches.
#pragma once

#include "base/fd.h"

#include <string>
#include <string_view>

namespace diptych::runtime {

class SessionLog final
{
public:
    static constexpr size_t rotateAt = size_t{8} << 20;
    static constexpr size_t replaySize = size_t{64} << 10;

    static Result<SessionLog> open(const std::string& directory);
    void write(std::string_view data);
    /// What was written last, oldest first.
    [[nodiscard]] std::string replay() const;

private:
    void rotate();

    std::string m_directory;
    UniqueFd m_file;
    size_t m_size = 0;
    std::string m_ring; ///< grows to replaySize, then wraps
    size_t m_next = 0;  ///< where the oldest byte is once it has wrapped
};

} // namespace diptych::runtime
