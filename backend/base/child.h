// Other programs, run without a shell: absolute path, argument vector, clean environment, closed descriptors.
#pragma once

#include "base/fd.h"
#include "base/result.h"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace diptych {

struct Command
{
    std::vector<std::string>
        arguments; ///< [0] is the program: an absolute path, or a name looked up in /usr/sbin:/usr/bin:/sbin:/bin
    std::vector<std::string> environment; ///< added to PATH, LC_ALL=C.UTF-8
    std::string input;                    ///< written to its stdin, which is /dev/null when empty
    std::string directory = "/";
    std::chrono::milliseconds timeout{60000}; ///< then SIGKILL and Code::TimedOut
    size_t outputLimit = size_t{16} << 20;    ///< of each of stdout and stderr
    std::vector<int> keepFds;                 ///< inherited under the same number; everything else above 2 is closed
    std::function<bool()> cancelled;          ///< asked about 10 times a second; true: SIGKILL and Code::Cancelled
    std::function<void(std::string_view)> onOutput; ///< stdout and stderr as they come, besides being collected
    /// The program leaves somebody behind who keeps its stdout and stderr (a container): they are memory files then,
    /// and run() ends with the program itself. No input, and no onOutput.
    bool leavesOthers = false;
};

struct Outcome
{
    int status = 0; ///< exit code, or 128 + signal
    std::string output, errors;
};

/// Blocks; from any thread but the event loop's. An error only when it could not be run, timed out or was cancelled.
Result<Outcome> run(const Command& command);
/// run(), and a non-zero status is an error with the last line of stderr in its message.
Result<std::string> runChecked(const Command& command);
/// The program's absolute path, empty when there is none.
std::string findProgram(const std::string& name);

} // namespace diptych
