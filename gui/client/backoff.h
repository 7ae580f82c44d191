// How long to wait before the next try: 0.2 s, growing to 3 s.
#pragma once

#include <algorithm>

namespace diptych::client {

constexpr int nextDelay(int last)
{
    return last == 0 ? 200 : std::min(3000, last * 8 / 5);
}

} // namespace diptych::client
