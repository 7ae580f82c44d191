#include "runtime/hooks.h"
#include "runtime/verbs.h"

namespace diptych::runtime {

Result<int> deleteContainer(const Global& global, const Arguments& arguments)
{
    Store store(global.root);
    std::string id = TRY(containerId(arguments));
    bool force = arguments.has("force");
    auto lock = store.lock(id);
    if (!lock && lock.error().code == Code::NotFound && force)
        return 0;
    if (!lock)
        return tl::unexpected<Error>(lock.error());
    Record record = TRY(store.read(id));
    Phase phase = statusOf(store, record);
    if (phase != Phase::Stopped && !force)
        return fail(Code::WrongState,
                    fmt::format("container {} is {}: stop it first, or use --force", id, toString(phase)));
    auto config = store.config(id);
    TRY(destroy(store, record));
    if (config)
        runHooksLoosely(config->hooks.poststop, "poststop", {id, "stopped", 0, record.bundle, record.annotations});
    return 0;
}

} // namespace diptych::runtime
