#include "base/log.h"
#include "runtime/channel.h"
#include "runtime/hooks.h"
#include "runtime/notifysocket.h"
#include "runtime/process.h"
#include "runtime/seccomplistener.h"
#include "runtime/selfprotect.h"
#include "runtime/terminal.h"
#include "runtime/verbs.h"

#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>

namespace diptych::runtime {

static Status startHere(const Store& store, Created& made, const Trace& trace)
{
    if (!made.immediate)
        TRY(sendMessage(made.launched.channel.get(), Message::Start));
    TRY(awaitExec(made.launched.channel.get(), trace,
                  sendListener(store, made.record, made.launched.pid, made.launched.process.get())));
    if (!made.hooks.poststart.empty())
        runHooksLoosely(made.hooks.poststart, "poststart", stateOf(store, made.record));
    return {};
}

static Status removeHere(const Store& store, const Created& made)
{
    TRY(destroy(store, made.record));
    runHooksLoosely(made.hooks.poststop, "poststop",
                    {made.record.id, "stopped", 0, made.record.bundle, made.record.annotations});
    return {};
}

Result<int> run(const Global& global, const Arguments& arguments)
{
    CreateOptions options = TRY(createOptions(global, arguments));
    if (arguments.has("supervise"))
        return fail(Code::NotSupported, "run --supervise: use create --supervise, then start");
    options.argv = global.argv;
    bool detached = arguments.has("detach");
    options.startBySocket = false;
    options.ownTerminal = options.immediate = !detached;
    Store store(global.root);
    Created made = TRY(createContainer(store, options, global.trace));
    if (made.immediate)
        closeSelfMount(); // while the child goes on
    UniqueFd notify = TRY(openNotifySocket(store.directory(made.record.id)));
    // Who goes on by itself is asked when it has ended; but the steps of a trace are written down now.
    const bool asksLater = made.immediate && !global.trace.on();
    auto started = asksLater ? Status() : startHere(store, made, global.trace);
    int status = 0;
    if (started && detached && notify)
        forwardReadiness(notify.get(), made.launched.process.get());
    ReadinessForwarder forwarder(started && !detached ? notify.get() : -1, made.launched.process.get());
    if (started && !detached)
        status = TRY(waitForeground(made.launched.pid, made.launched.process.get(), made.launched.console.get()));
    if (asksLater)
        started = startHere(store, made, global.trace);
    if (!started) {
        (void)signalProcess(made.launched.process.get(), SIGKILL);
        (void)::waitpid(made.launched.pid, nullptr, __WALL);
        (void)removeHere(store, made);
        return tl::unexpected<Error>(started.error());
    }
    if (detached)
        return 0;
    if (!arguments.has("keep"))
        TRY(removeHere(store, made));
    return status;
}

} // namespace diptych::runtime
