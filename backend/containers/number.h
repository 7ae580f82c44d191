// Numbers in the kernel's files.
#pragma once

#include "base/files.h"

#include <charconv>
#include <cstdint>

namespace diptych::containers {

/// The decimal digits at the front, blanks apart; 0 when there are none.
inline uint64_t number(std::string_view text)
{
    text = trim(text);
    uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

} // namespace diptych::containers
