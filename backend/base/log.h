// Log lines on stderr, "<3>text" under systemd's journal (sd-daemon(3) prefixes), "diptychd: text" on a terminal.
#pragma once

#include "base/result.h"

#include <string_view>

namespace diptych {

enum class Level { Error = 3, Warning = 4, Notice = 5, Info = 6, Debug = 7 };

/// program is put in front of each line; least is the least important level that is printed.
void logInit(std::string_view program, Level least = Level::Info);
/// Any thread. Control characters are escaped: what a client or a guest said can't forge a line.
void logLine(Level level, std::string_view text);

template <typename... T>
void logf(Level level, fmt::format_string<T...> format, T&&... args)
{
    logLine(level, fmt::format(format, std::forward<T>(args)...));
}

/// text with control characters, DEL and bidirectional overrides as \xNN or \u{NNNN}.
std::string escapeForDisplay(std::string_view text);

} // namespace diptych
