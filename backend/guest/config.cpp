#include "guest/config.h"

#include "base/files.h"

namespace diptych::guest {

namespace {
Status readUser(JsonReader reader, User& user)
{
    user.uid = static_cast<uint32_t>(TRY(reader.optionalUnsigned("uid")).value_or(0));
    user.gid = static_cast<uint32_t>(TRY(reader.optionalUnsigned("gid")).value_or(0));
    user.name = TRY(reader.optionalString("username")).value_or("");
    if (const Json* groups = TRY(reader.optionalArray("additionalGids")))
        for (const Json& group : *groups)
            if (group.is_number_unsigned())
                user.groups.push_back(group.get<uint32_t>());
    return {};
}

Status readProcess(JsonReader reader, Config& config)
{
    config.arguments = TRY(reader.strings("args"));
    config.environment = TRY(reader.optionalStrings("env"));
    config.workingDirectory = TRY(reader.optionalString("cwd")).value_or("/");
    config.terminal = TRY(reader.optionalBoolean("terminal")).value_or(true);
    if (auto user = TRY(reader.optionalObject("user")))
        TRY(readUser(*user, config.user));
    if (config.arguments.empty())
        return failField(reader.field("args"), "the entry point is empty");
    return {};
}

Status readNetwork(JsonReader reader, Config& config)
{
    config.dhcp = TRY(reader.optionalBoolean("dhcp")).value_or(false);
    config.address = TRY(reader.optionalString("address")).value_or("");
    config.gateway = TRY(reader.optionalString("gateway")).value_or("");
    config.nameservers = TRY(reader.optionalStrings("nameservers"));
    return {};
}
} // namespace

Result<Config> parseConfig(std::string_view text)
{
    Json json = TRY(parseJson(text));
    Config config;
    JsonReader reader(json);
    if (TRY(reader.integer("version")) != 1)
        return failField("version", "this guest knows version 1 only");
    config.hostname = TRY(reader.optionalString("hostname")).value_or("");
    config.modules = TRY(reader.optionalStrings("modules"));
    if (auto task = TRY(reader.optionalString("task"))) {
        if (*task != "readDisk")
            return failField("task", "this guest knows readDisk only");
        config.readsDisk = true;
        return config;
    }
    if (auto root = TRY(reader.optionalObject("root"))) {
        config.rootDevice = TRY(root->optionalString("device")).value_or(config.rootDevice);
        config.rootType = TRY(root->optionalString("type")).value_or(config.rootType);
    }
    TRY(readProcess(TRY(reader.object("process")), config));
    config.stopSignal = static_cast<int>(TRY(reader.optionalInteger("stopSignal")).value_or(15));
    if (config.stopSignal < 1 || config.stopSignal > 64)
        return failField("stopSignal", "not a signal");
    if (auto network = TRY(reader.optionalObject("network")))
        TRY(readNetwork(*network, config));
    if (auto limits = TRY(reader.optionalObject("limits")))
        config.pids = TRY(limits->optionalUnsigned("pids")).value_or(0);
    return config;
}

} // namespace diptych::guest
