#include "oci/config.h"

#include <algorithm>

namespace diptych::oci {

tl::unexpected<Error> wrongField(const std::string& field, std::string_view text)
{
    return failField(field, fmt::format("{}: {}", field, text));
}

static Result<uint32_t> id(JsonReader& reader, const char* key)
{
    uint64_t value = TRY(reader.optionalUnsigned(key)).value_or(0);
    if (value >= UINT32_MAX)
        return wrongField(reader.field(key), "is beyond the last user or group number");
    return static_cast<uint32_t>(value);
}

static Result<User> readUser(JsonReader reader)
{
    User user;
    user.uid = TRY(id(reader, "uid"));
    user.gid = TRY(id(reader, "gid"));
    if (auto umask = TRY(reader.optionalUnsigned("umask"))) {
        if (*umask > 0777)
            return wrongField(reader.field("umask"), "must be at most 0777");
        user.umask = static_cast<uint32_t>(*umask);
    }
    if (const Json* gids = TRY(reader.optionalArray("additionalGids"))) {
        for (const Json& gid : *gids) {
            if (!gid.is_number_unsigned() || gid.get<uint64_t>() >= UINT32_MAX)
                return wrongField(reader.field("additionalGids"), "must be group numbers");
            user.additionalGids.push_back(gid.get<uint32_t>());
        }
    }
    return user;
}

// The specification: what can't be granted is a warning, not an error. The runtime prints the warning.
static Result<uint64_t> capabilitySet(JsonReader& reader, const char* key, std::vector<std::string>& unknown)
{
    uint64_t mask = 0;
    for (const std::string& name : TRY(reader.optionalStrings(key))) {
        auto number = capabilityFrom(name);
        if (number)
            mask |= uint64_t{1} << *number;
        else if (std::find(unknown.begin(), unknown.end(), name) == unknown.end())
            unknown.push_back(name);
    }
    return mask;
}

static Result<Capabilities> readCapabilities(JsonReader reader)
{
    Capabilities c;
    c.bounding = TRY(capabilitySet(reader, "bounding", c.unknown));
    c.effective = TRY(capabilitySet(reader, "effective", c.unknown));
    c.inheritable = TRY(capabilitySet(reader, "inheritable", c.unknown));
    c.permitted = TRY(capabilitySet(reader, "permitted", c.unknown));
    c.ambient = TRY(capabilitySet(reader, "ambient", c.unknown));
    return c;
}

static Result<Rlimit> readRlimit(JsonReader reader)
{
    Rlimit limit;
    limit.type = TRY(reader.string("type"));
    auto number = rlimitFrom(limit.type);
    if (!number)
        return wrongField(reader.field("type"), number.error().message);
    limit.resource = *number;
    limit.soft = TRY(reader.unsignedInteger("soft"));
    limit.hard = TRY(reader.unsignedInteger("hard"));
    if (limit.soft > limit.hard)
        return wrongField(reader.field("soft"), "is above the hard limit");
    return limit;
}

// A number is taken for its digits, as crun does.
static Result<std::vector<std::string>> readArguments(JsonReader& reader)
{
    auto words = reader.optionalStrings("args");
    if (words || !reader.value()["args"].is_array())
        return words;
    std::vector<std::string> out;
    for (const Json& word : reader.value()["args"]) {
        if (!word.is_string() && !word.is_number_integer())
            return words;
        out.push_back(word.is_string() ? word.get<std::string>() : word.dump());
    }
    return out;
}

static Status readStrings(JsonReader& reader, Process& process)
{
    process.args = TRY(readArguments(reader));
    process.env = TRY(reader.optionalStrings("env"));
    for (const std::string& variable : process.env)
        if (variable.find('=') == std::string::npos || variable.front() == '=')
            return wrongField(reader.field("env"), fmt::format("\"{}\" is not NAME=value", variable));
    process.cwd = TRY(reader.string("cwd"));
    if (process.cwd.empty() || process.cwd.front() != '/')
        return wrongField(reader.field("cwd"), "must be an absolute path");
    process.apparmorProfile = TRY(reader.optionalString("apparmorProfile")).value_or("");
    process.selinuxLabel = TRY(reader.optionalString("selinuxLabel")).value_or("");
    return {};
}

Result<Process> processFrom(JsonReader reader)
{
    Process process;
    process.terminal = TRY(reader.optionalBoolean("terminal")).value_or(false);
    if (auto size = TRY(reader.optionalObject("consoleSize"))) {
        uint64_t rows = TRY(size->unsignedInteger("height")), columns = TRY(size->unsignedInteger("width"));
        process.rows = static_cast<uint16_t>(std::min<uint64_t>(rows, UINT16_MAX));
        process.columns = static_cast<uint16_t>(std::min<uint64_t>(columns, UINT16_MAX));
    }
    if (auto user = TRY(reader.optionalObject("user")))
        process.user = TRY(readUser(*user));
    TRY(readStrings(reader, process));
    if (auto capabilities = TRY(reader.optionalObject("capabilities")))
        process.capabilities = TRY(readCapabilities(*capabilities));
    TRY(readEach(reader, "rlimits", process.rlimits, readRlimit));
    for (size_t i = 0; i < process.rlimits.size(); ++i)
        for (size_t j = 0; j < i; ++j)
            if (process.rlimits[i].type == process.rlimits[j].type)
                return wrongField(reader.field("rlimits"),
                                  fmt::format("{} stands there twice", process.rlimits[i].type));
    process.noNewPrivileges = TRY(reader.optionalBoolean("noNewPrivileges")).value_or(false);
    if (auto adjust = TRY(reader.optionalInteger("oomScoreAdj"))) {
        if (*adjust < -1000 || *adjust > 1000)
            return wrongField(reader.field("oomScoreAdj"), "must be from -1000 to 1000");
        process.oomScoreAdj = static_cast<int>(*adjust);
    }
    TRY(readScheduling(reader, process));
    return process;
}

Result<Process> parseProcess(std::string_view text)
{
    Json json = TRY(parseJson(text));
    if (!json.is_object())
        return wrongField("process", "must be an object");
    Process process = TRY(processFrom(JsonReader(json, "process")));
    if (process.args.empty())
        return wrongField("process.args", "must not be empty");
    return process;
}

} // namespace diptych::oci
