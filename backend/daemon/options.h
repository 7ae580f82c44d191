// diptychd's command line.
#pragma once

#include "base/result.h"
#include "instances/paths.h"

#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace diptych {

struct Options
{
    Paths paths;
    std::string socket;               ///< empty: paths.socket()
    std::optional<mode_t> socketMode; ///< in place of 0660 with the group diptych, 0600 without
    bool verbose = false, help = false, version = false;
    std::vector<std::string> rest; ///< "call" or "bridge" and what follows; empty: serve
    bool more = false;             ///< call --more
};

/// Where the other programs and data are: beside the program when it runs from a build tree, else where they are
/// installed. An option of the command line wins.
Result<Options> parseOptions(int argc, char** argv);
const char* usage();

} // namespace diptych
