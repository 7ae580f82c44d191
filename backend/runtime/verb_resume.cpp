#include "runtime/verbs.h"

namespace diptych::runtime {

Result<int> resume(const Global& global, const Arguments& arguments)
{
    Store store(global.root);
    Record record = TRY(store.read(TRY(containerId(arguments))));
    if (statusOf(store, record) != Phase::Paused)
        return fail(Code::WrongState, fmt::format("container {} is not paused", record.id));
    auto group = cgroupOf(record);
    if (!group)
        return fail(Code::WrongState, fmt::format("container {} has no cgroup", record.id));
    TRY(group->thaw());
    return 0;
}

} // namespace diptych::runtime
