#include "runtime/freezer.h"
#include "runtime/process.h"
#include "runtime/verbs.h"

#include <csignal>

namespace diptych::runtime {

static Status killAll(const Record& record, int number)
{
    auto group = cgroupOf(record);
    if (!group)
        return fail(Code::WrongState, fmt::format("container {} has no processes", record.id));
    if (number == SIGKILL)
        return group->killAll();
    for (pid_t pid : TRY(group->processes())) {
        auto identity = identify(pid);
        auto process = identity ? openProcess(pid, identity->startTime)
                                : Result<UniqueFd>(tl::unexpected<Error>(identity.error()));
        if (process)
            (void)signalProcess(process->get(), number);
    }
    return {};
}

static Status killOne(const Store& store, const std::string& id, int number, bool all)
{
    Record record = TRY(store.read(id));
    if (all)
        return killAll(record, number);
    auto process = openProcess(record.pid, record.startTime);
    if (!process)
        return fail(Code::WrongState, fmt::format("container {} is not running", id));
    TRYX(signalProcess(process->get(), number), fmt::format("container {}", id));
    if (number != SIGKILL)
        return {};
    // A frozen process dies only when it is thawed; without a pid namespace the others would live on.
    thawProcess(record.pid);
    auto group = cgroupOf(record);
    if (group && !record.ownPidNamespace)
        return group->killAll();
    return group && group->frozen().value_or(false) ? group->thaw() : Status();
}

Result<int> kill(const Global& global, const Arguments& arguments)
{
    Store store(global.root);
    int number = arguments.operands.size() > 1 ? TRY(signalFrom(arguments.operands[1])) : SIGTERM;
    for (const std::string& id : TRY(containerIds(store, arguments)))
        TRY(killOne(store, id, number, arguments.has("all")));
    return 0;
}

} // namespace diptych::runtime
