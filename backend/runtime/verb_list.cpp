#include "base/files.h"
#include "runtime/verbs.h"

#include <algorithm>
#include <sys/stat.h>

namespace diptych::runtime {

// The name from /etc/passwd, read here: no NSS in a static program.
static std::string ownerOf(const std::string& directory)
{
    struct stat info = {};
    if (::stat(directory.c_str(), &info) < 0)
        return {};
    std::string number = std::to_string(info.st_uid);
    for (std::string_view line : split(readFile("/etc/passwd").value_or(""), '\n')) {
        auto parts = split(line, ':');
        if (parts.size() > 2 && parts[2] == number)
            return std::string(parts[0]);
    }
    return number;
}

static Json entryOf(const Store& store, const std::string& id)
{
    auto record = store.read(id);
    // Damaged, not hidden: delete --force still takes it away.
    if (!record)
        return {{"ociVersion", oci::specVersion},
                {"id", id},
                {"pid", 0},
                {"status", "stopped"},
                {"bundle", ""},
                {"rootfs", ""},
                {"created", ""},
                {"owner", ""}};
    Json json = oci::toJson(stateOf(store, *record));
    json["created"] = record->created;
    json["rootfs"] = record->rootfs;
    json["owner"] = ownerOf(store.directory(id));
    return json;
}

static std::string tableOf(const Json& entries)
{
    static constexpr const char* columns[] = {"id", "pid", "status", "bundle", "created", "owner"};
    std::vector<std::vector<std::string>> rows = {{"ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER"}};
    for (const Json& entry : entries) {
        std::vector<std::string> row;
        for (const char* column : columns)
            row.push_back(entry[column].is_string() ? entry[column].get<std::string>() : entry[column].dump());
        rows.push_back(std::move(row));
    }
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (size_t i = 0; i < row.size(); ++i) {
            size_t width = 10; // as runc has it: short words stand in line from call to call
            for (const auto& other : rows)
                width = std::max(width, other[i].size());
            line += i + 1 < row.size() ? fmt::format("{:<{}}  ", row[i], width) : row[i];
        }
        text += line + "\n";
    }
    return text;
}

Result<int> list(const Global& global, const Arguments& arguments)
{
    std::string format = arguments.value("format", "table");
    if (format != "table" && format != "json")
        return failField("format", "--format must be table or json");
    Store store(global.root);
    Json entries = Json::array();
    std::string quiet;
    for (const std::string& id : TRY(store.ids())) {
        if (arguments.has("quiet"))
            quiet += id + "\n";
        else
            entries.push_back(entryOf(store, id));
    }
    TRY(print(arguments.has("quiet") ? quiet : format == "json" ? dumpJson(entries) + "\n" : tableOf(entries)));
    return 0;
}

} // namespace diptych::runtime
