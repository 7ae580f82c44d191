// What one client can cost. The README says why each number is what it is.
#pragma once

#include <chrono>
#include <cstddef>

namespace diptych::varlink {

struct Limits
{
    size_t message = size_t{1} << 20; ///< bytes of one call
    int depth = 64;                   ///< of its JSON
    size_t connections = 256;         ///< of all users
    size_t connectionsOfUser = 32;
    size_t connectionsOfRoot = 128;
    size_t callsOfUser = 16; ///< Mode::Plain calls without their reply
    size_t callsOfRoot = 64;
    std::chrono::milliseconds partial{10000}; ///< from the first to the last byte of a call
    size_t queue = size_t{1} << 20;           ///< bytes of a stream the client has not taken; then it is cut off
    size_t answers = size_t{256} << 10;       ///< not taken: the next call waits
};

} // namespace diptych::varlink
