#include "runtime/verbs.h"

namespace diptych::runtime {

Result<int> state(const Global& global, const Arguments& arguments)
{
    Store store(global.root);
    Record record = TRY(store.read(TRY(containerId(arguments))));
    Json json = oci::toJson(stateOf(store, record));
    json["rootfs"] = record.rootfs;
    json["created"] = record.created;
    json["owner"] = "";
    json["cgroup"] = record.cgroup;
    json["systemd-scope"] = record.scope;
    TRY(print(dumpJson(json, 2) + "\n"));
    return 0;
}

} // namespace diptych::runtime
