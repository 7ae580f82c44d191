#include "runtime/verbs.h"

namespace diptych::runtime {

Result<int> pauseContainer(const Global& global, const Arguments& arguments)
{
    Store store(global.root);
    Record record = TRY(store.read(TRY(containerId(arguments))));
    Phase phase = statusOf(store, record);
    if (phase != Phase::Running && phase != Phase::Created)
        return fail(Code::WrongState, fmt::format("container {} is {}, not running", record.id, toString(phase)));
    auto group = cgroupOf(record);
    if (!group)
        return fail(Code::WrongState, fmt::format("container {} has no cgroup to freeze", record.id));
    TRY(group->freeze());
    return 0;
}

} // namespace diptych::runtime
