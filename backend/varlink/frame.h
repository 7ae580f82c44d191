// Messages on a byte stream: each ends with a NUL. Pure; one thread at a time.
#pragma once

#include "base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace diptych::varlink {

class FrameReader final
{
public:
    explicit FrameReader(size_t limit) : m_limit(limit) {}

    /// Adds what came. An error when the message at the end has grown past the limit: nothing more can be read then.
    Status append(std::string_view bytes);
    /// The next whole message without its NUL. The error above is not lost: messages in front of it come out first.
    std::optional<std::string> next();
    /// Bytes that are held, of whole messages and a part.
    [[nodiscard]] size_t size() const { return m_buffer.size() - m_start; }
    /// There is the beginning of a message whose end has not come.
    [[nodiscard]] bool partial() const { return !m_buffer.empty() && m_lastEnd < m_buffer.size(); }
    [[nodiscard]] bool hasMessage() const { return m_lastEnd > m_start; }
    /// Everything held, raw, for an upgraded connection.
    std::string takeRest();

private:
    std::string m_buffer;
    size_t m_start = 0;   ///< first byte not yet given out
    size_t m_lastEnd = 0; ///< one past the last NUL
    size_t m_limit;
};

} // namespace diptych::varlink
