// Bytes both ways between two descriptors, on the loop, with back pressure: what one side does not read, the other can
// not send. For upgraded connections.
#pragma once

#include "varlink/loop.h"

#include <array>

namespace diptych::varlink {

class Relay final
{
public:
    /// first: bytes that came from a before it was handed over; they go to b. Both become non-blocking. done is called
    /// once, from the loop, when either side has ended and what was read from it has been written; it may destroy this.
    static Result<std::unique_ptr<Relay>> start(Loop& loop, UniqueFd a, UniqueFd b, std::string first,
                                                std::function<void()> done);

private:
    struct Side
    {
        UniqueFd fd;
        Source source;
        std::string out;     ///< waits to be written to fd
        bool hungUp = false; ///< no more will come than what can be read now
        bool ended = false;  ///< nothing more to read, or no use in reading
    };
    Relay() = default;
    void ready(size_t index, uint32_t revents);
    static void move(Side& from, Side& to);
    static void read(Side& from, Side& to);
    static bool write(Side& side);
    void update();

    std::array<Side, 2> m_sides;
    std::function<void()> m_done;
};

} // namespace diptych::varlink
