#include "runtime/hooks.h"
#include "runtime/resources.h"
#include "runtime/verbs.h"

namespace diptych::runtime {

static Status deleteOne(const Store& store, const std::string& id, bool force)
{
    auto lock = store.lock(id);
    if (!lock && lock.error().code == Code::NotFound && force)
        return {};
    if (!lock)
        return tl::unexpected<Error>(lock.error());
    auto read = store.read(id);
    if (!read && !force)
        return tl::unexpected<Error>(read.error());
    auto config = store.config(id);
    // A damaged record still is a directory to take away, and a group that the configuration names.
    Record record = read.value_or(Record());
    record.id = id;
    record.complete = record.complete || !read;
    if (!read)
        record.cgroup = cgroupPath(config ? config->linux_.cgroupsPath : "", id).value_or("");
    Phase phase = statusOf(store, record);
    // What was never started loses nothing: it goes without being asked twice, as with runc and crun.
    if (phase != Phase::Stopped && phase != Phase::Created && !force)
        return fail(Code::WrongState,
                    fmt::format("container {} is {}: stop it first, or use --force", id, toString(phase)));
    TRY(destroy(store, record));
    if (config)
        runHooksLoosely(config->hooks.poststop, "poststop", {id, "stopped", 0, record.bundle, record.annotations});
    return {};
}

Result<int> deleteContainer(const Global& global, const Arguments& arguments)
{
    Store store(global.root);
    for (const std::string& id : TRY(containerIds(store, arguments)))
        TRY(deleteOne(store, id, arguments.has("force")));
    return 0;
}

} // namespace diptych::runtime
