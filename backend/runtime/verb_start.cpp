#include "runtime/channel.h"
#include "runtime/hooks.h"
#include "runtime/notifysocket.h"
#include "runtime/process.h"
#include "runtime/seccomplistener.h"
#include "runtime/startsocket.h"
#include "runtime/verbs.h"

#include <unistd.h>

namespace diptych::runtime {

Result<int> start(const Global& global, const Arguments& arguments)
{
    Store store(global.root);
    std::string id = TRY(containerId(arguments));
    UniqueFd lock = TRY(store.lock(id));
    Record record = TRY(store.read(id));
    Phase phase = statusOf(store, record);
    // state tells of a container as soon as there is a record: who has seen it there may start it.
    for (int waited = 0; phase == Phase::Creating && waited < 10000; waited += 5) {
        ::usleep(5000);
        record = TRY(store.read(id));
        phase = statusOf(store, record);
    }
    if (phase != Phase::Created)
        return fail(Code::WrongState, fmt::format("container {} is {}, not created", id, toString(phase)));
    // Before it may run: a short program has ended by the time its last message is read.
    UniqueFd process = TRY(openProcess(record.pid, record.startTime));
    UniqueFd notify = TRY(openNotifySocket(store.directory(id)));
    UniqueFd connection = TRYX(connectToStart(store.directory(id)), "start");
    TRY(sendMessage(connection.get(), Message::Start, global.trace.on() ? "trace" : ""));
    TRY(awaitExec(connection.get(), global.trace, sendListener(store, record, record.pid, process.get())));
    // Gone means running: statusOf() looks for it.
    (void)::unlink((store.directory(id) + "/start.sock").c_str());
    auto config = store.config(id);
    if (config && !config->hooks.poststart.empty())
        runHooksLoosely(config->hooks.poststart, "poststart", stateOf(store, record));
    if (notify)
        forwardReadiness(notify.get(), process.get());
    return 0;
}

} // namespace diptych::runtime
