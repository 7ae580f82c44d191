#include "varlink/frame.h"

namespace diptych::varlink {

Status FrameReader::append(std::string_view bytes)
{
    // Moving the rest to the front only when most of the buffer has been used keeps this linear.
    if (m_start > 0 && m_start >= m_buffer.size() / 2) {
        m_buffer.erase(0, m_start);
        m_lastEnd = m_lastEnd > m_start ? m_lastEnd - m_start : 0;
        m_start = 0;
    }
    size_t end = bytes.rfind('\0');
    if (end != std::string_view::npos) {
        size_t first = bytes.find('\0');
        if (m_buffer.size() - m_lastEnd + first > m_limit)
            return fail(Code::InvalidArgument, fmt::format("a message of more than {} bytes", m_limit));
        m_lastEnd = m_buffer.size() + end + 1;
    }
    m_buffer.append(bytes);
    if (m_buffer.size() - m_lastEnd > m_limit)
        return fail(Code::InvalidArgument, fmt::format("a message of more than {} bytes", m_limit));
    return {};
}

std::optional<std::string> FrameReader::next()
{
    if (!hasMessage())
        return std::nullopt;
    size_t end = m_buffer.find('\0', m_start);
    std::string message = m_buffer.substr(m_start, end - m_start);
    m_start = end + 1;
    if (m_start == m_buffer.size()) {
        m_buffer.clear();
        if (m_buffer.capacity() > size_t{64} << 10)
            m_buffer.shrink_to_fit(); // one big message shall not cost memory for as long as the connection lives
        m_start = m_lastEnd = 0;
    }
    return message;
}

std::string FrameReader::takeRest()
{
    std::string rest = m_buffer.substr(m_start);
    m_buffer.clear();
    m_start = m_lastEnd = 0;
    return rest;
}

} // namespace diptych::varlink
