#include "client/encode.h"

namespace diptych::client {

namespace {

const char* word(Kind kind)
{
    return kind == Kind::Machine ? "machine" : "container";
}

const char* word(NetworkMode mode)
{
    switch (mode) {
    case NetworkMode::Host:
        return "host";
    case NetworkMode::None:
        return "none";
    case NetworkMode::Nat:
        break;
    }
    return "nat";
}

} // namespace

Json encode(const QString& text)
{
    return text.toStdString();
}

Json encode(const QStringList& texts)
{
    Json all = Json::array();
    for (const QString& text : texts)
        all.push_back(text.toStdString());
    return all;
}

Json encode(const Limits& limits)
{
    return {{"cpus", limits.cpus}, {"memory", limits.memory}, {"pids", limits.pids}};
}

Json encode(const Context& context)
{
    Json ports = Json::array();
    for (const Port& port : context.ports)
        ports.push_back({{"protocol", encode(port.protocol)}, {"hostPort", port.hostPort}, {"port", port.port}});
    return {{"name", encode(context.name)},
            {"kind", word(context.kind)},
            {"image", encode(context.image)},
            {"command", encode(context.command)},
            {"environment", encode(context.environment)},
            {"user", encode(context.user)},
            {"workingDirectory", encode(context.workingDirectory)},
            {"terminal", context.terminal},
            {"limits", encode(context.limits)},
            {"network", {{"mode", word(context.networkMode)}, {"name", encode(context.networkName)}}},
            {"ports", std::move(ports)},
            {"twin", encode(context.twin)}};
}

QByteArray encodeCall(const char* method, const Json& parameters, Mode mode)
{
    Json call{{"method", method}};
    if (parameters.is_object() && !parameters.empty())
        call["parameters"] = parameters;
    if (mode == Mode::More)
        call["more"] = true;
    if (mode == Mode::Upgrade)
        call["upgrade"] = true;
    const std::string bytes = call.dump(-1, ' ', false, Json::error_handler_t::replace);
    return {bytes.data(), qsizetype(bytes.size())};
}

} // namespace diptych::client
