#include "runtime/selfprotect.h"
#include "runtime/supervisor.h"
#include "runtime/verbs.h"

#include <csignal>

namespace diptych::runtime {

Result<int> create(const Global& global, const Arguments& arguments)
{
    CreateOptions options = TRY(createOptions(global, arguments));
    Store store(global.root);
    if (!arguments.has("supervise")) {
        options.argv = global.argv;
        (void)TRY(createContainer(store, options, global.trace));
        return 0;
    }
    TRY(protectSelf(global.argv)); // here, because the supervisor can't execute anything
    options.ownTerminal = true;
    options.consoleSocket.clear();
    options.mayShare = false; // the supervisor stays
    TRY(superviseInBackground(
        [&](const std::array<int, 3>& stdio) -> Result<Supervised> {
            options.stdio = stdio;
            Created made = TRY(createContainer(store, options, global.trace));
            Supervised out;
            out.directory = store.directory(options.id);
            out.terminal = made.terminal;
            out.launched = std::move(made.launched);
            out.record = std::move(made.record);
            return out;
        },
        global.trace));
    return 0;
}

} // namespace diptych::runtime
