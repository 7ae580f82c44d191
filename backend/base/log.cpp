#include "base/log.h"

#include <cstdlib>
#include <unistd.h>

namespace diptych {

static std::string g_program = "diptych";
static Level g_least = Level::Info;

void logInit(std::string_view program, Level least)
{
    g_program = program;
    g_least = least;
}

void logLine(Level level, std::string_view text)
{
    if (level > g_least)
        return;
    static const bool journal = std::getenv("JOURNAL_STREAM") != nullptr;
    std::string line = journal ? fmt::format("<{}>{}\n", static_cast<int>(level), escapeForDisplay(text))
                               : fmt::format("{}: {}\n", g_program, escapeForDisplay(text));
    // One write, so that lines of several threads and processes do not mix.
    (void)!::write(STDERR_FILENO, line.data(), line.size());
}

std::string escapeForDisplay(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x20 || c == 0x7f) {
            out += fmt::format("\\x{:02x}", c);
            continue;
        }
        // U+202A..U+202E and U+2066..U+2069 reorder what follows.
        if (c == 0xe2 && i + 2 < text.size()) {
            auto b = static_cast<unsigned char>(text[i + 1]), a = static_cast<unsigned char>(text[i + 2]);
            unsigned point = 0x2000u | ((b & 0x3fu) << 6) | (a & 0x3fu);
            if ((point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069)) {
                out += fmt::format("\\u{{{:04x}}}", point);
                i += 2;
                continue;
            }
        }
        out += static_cast<char>(c);
    }
    return out;
}

} // namespace diptych
