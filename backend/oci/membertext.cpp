#include "oci/config.h"

namespace diptych::oci {

namespace {

// Walks over a JSON text without making anything of it. Every step moves forward or ends at the end of the text.
class Walker final
{
public:
    explicit Walker(std::string_view text) : m_text(text) {}

    char peek()
    {
        while (m_at < m_text.size() && std::string_view(" \t\r\n").find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
        return m_at < m_text.size() ? m_text[m_at] : '\0';
    }
    bool take(char c)
    {
        if (peek() != c || m_at >= m_text.size())
            return false;
        ++m_at;
        return true;
    }
    // The text between the quotes, escapes as they stand.
    std::string_view string()
    {
        if (!take('"'))
            return {};
        size_t begin = m_at;
        while (m_at < m_text.size() && m_text[m_at] != '"')
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        m_at = std::min(m_at, m_text.size());
        std::string_view found = m_text.substr(begin, m_at - begin);
        m_at = std::min(m_at + 1, m_text.size());
        return found;
    }
    std::string_view value()
    {
        char first = peek();
        size_t begin = m_at;
        if (first == '"')
            (void)string();
        else if (first == '{' || first == '[')
            nested();
        else
            m_at = std::min(m_text.find_first_of(",]} \t\r\n", m_at), m_text.size());
        return m_text.substr(begin, m_at - begin);
    }

private:
    void nested()
    {
        size_t depth = 0;
        do {
            char c = peek();
            if (c == '"') {
                (void)string();
                continue;
            }
            if (m_at >= m_text.size())
                return;
            ++m_at;
            depth += c == '{' || c == '[' ? 1 : 0;
            depth -= (c == '}' || c == ']') && depth > 0 ? 1 : 0;
        } while (depth > 0);
    }

    std::string_view m_text;
    size_t m_at = 0;
};

} // namespace

static std::string_view memberOf(std::string_view text, std::string_view key)
{
    Walker walker(text);
    if (!walker.take('{'))
        return {};
    while (walker.peek() == '"') {
        std::string_view name = walker.string();
        if (!walker.take(':'))
            return {};
        std::string_view value = walker.value();
        if (name == key)
            return value;
        if (!walker.take(','))
            return {};
    }
    return {};
}

std::string_view memberText(std::string_view text, std::initializer_list<std::string_view> path)
{
    for (std::string_view key : path)
        text = memberOf(text, key);
    return text;
}

} // namespace diptych::oci
