// The verbs of the command line, one file each; the table is in verbs.cpp.
#pragma once

#include "runtime/options.h"
#include "runtime/rootless.h"
#include "runtime/setup.h"
#include "runtime/trace.h"

#include <string>
#include <vector>

namespace diptych::runtime {

struct Global
{
    std::string root = standardRoot(), log, criu = "criu";
    bool logJson = false, debug = false, systemd = false;
    bool noCgroup = false;  ///< the container stays in the caller's control group
    unsigned inherited = 0; ///< descriptors from 3 on that the caller named and that are open, holes included
    Trace trace;
    char** argv = nullptr;   ///< for executing itself again
    mutable int failure = 1; ///< exit status when the verb gives an error
};

using VerbFunction = Result<int> (*)(const Global&, const Arguments&);

struct Verb
{
    const char* name;
    const char* operands; ///< "CONTAINER [SIGNAL]"
    const char* help;
    std::vector<Option> options;
    size_t stopAfter; ///< operands from this number on are taken as they are, 0: options may stand anywhere
    size_t most;      ///< operands it takes
    VerbFunction run; ///< gives the exit status
};
const std::vector<Verb>& verbs();

Result<int> create(const Global&, const Arguments&);
Result<int> start(const Global&, const Arguments&);
Result<int> state(const Global&, const Arguments&);
Result<int> kill(const Global&, const Arguments&);
Result<int> deleteContainer(const Global&, const Arguments&);
Result<int> run(const Global&, const Arguments&);
Result<int> exec(const Global&, const Arguments&);
Result<int> pauseContainer(const Global&, const Arguments&);
Result<int> resume(const Global&, const Arguments&);
Result<int> update(const Global&, const Arguments&);
Result<int> ps(const Global&, const Arguments&);
Result<int> list(const Global&, const Arguments&);
Result<int> events(const Global&, const Arguments&);
Result<int> features(const Global&, const Arguments&);
Result<int> spec(const Global&, const Arguments&);

Result<int> checkpoint(const Global&, const Arguments&);
Result<int> restore(const Global&, const Arguments&);

/// The first operand, or with --regex every container whose id it matches (POSIX extended).
Result<std::vector<std::string>> containerIds(const Store& store, const Arguments& arguments);
/// The first operand.
Result<std::string> containerId(const Arguments& arguments);
/// The options create and run share.
Result<CreateOptions> createOptions(const Global& global, const Arguments& arguments);
/// stdout.
Status print(std::string_view text);

} // namespace diptych::runtime
