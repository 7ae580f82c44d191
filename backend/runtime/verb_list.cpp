#include "runtime/verbs.h"

#include <algorithm>

namespace diptych::runtime {

static Json entryOf(const Store& store, const std::string& id)
{
    auto record = store.read(id);
    // Damaged, not hidden: delete --force still takes it away.
    if (!record)
        return {{"id", id}, {"pid", 0}, {"status", "stopped"}, {"bundle", ""}, {"created", ""}, {"owner", "root"}};
    Json json = oci::toJson(stateOf(store, *record));
    json["created"] = record->created;
    json["rootfs"] = record->rootfs;
    json["owner"] = "root";
    return json;
}

static std::string tableOf(const Json& entries)
{
    size_t width = 2;
    for (const Json& entry : entries)
        width = std::max(width, entry["id"].get_ref<const std::string&>().size());
    std::string text = fmt::format("{:<{}}  {:<10}  {:<10}  {}\n", "ID", width, "PID", "STATUS", "BUNDLE");
    for (const Json& entry : entries)
        text += fmt::format("{:<{}}  {:<10}  {:<10}  {}\n", entry["id"].get_ref<const std::string&>(), width,
                            entry["pid"].get<int>(), entry["status"].get_ref<const std::string&>(),
                            entry["bundle"].get_ref<const std::string&>());
    return text;
}

Result<int> list(const Global& global, const Arguments& arguments)
{
    Store store(global.root);
    Json entries = Json::array();
    std::string quiet;
    for (const std::string& id : TRY(store.ids())) {
        if (arguments.has("quiet"))
            quiet += id + "\n";
        else
            entries.push_back(entryOf(store, id));
    }
    std::string format = arguments.value("format", "table");
    if (format != "table" && format != "json")
        return failField("format", "--format must be table or json");
    TRY(print(arguments.has("quiet") ? quiet : format == "json" ? dumpJson(entries) + "\n" : tableOf(entries)));
    return 0;
}

} // namespace diptych::runtime
