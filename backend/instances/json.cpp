#include "instances/json.h"

namespace diptych {

Json toJson(const Limits& limits)
{
    return {{"cpus", limits.cpus}, {"memory", limits.memory}, {"pids", limits.pids}};
}

static Json networkJson(const Network& network)
{
    return {{"mode", toString(network.mode)}, {"name", network.name}};
}

static Json portsJson(const std::vector<Port>& all)
{
    Json ports = Json::array();
    for (const Port& port : all)
        ports.push_back({{"protocol", port.protocol}, {"hostPort", port.hostPort}, {"port", port.port}});
    return ports;
}

Json toJson(const InstanceSpec& spec)
{
    return {{"name", spec.name},
            {"kind", toString(spec.kind)},
            {"image", spec.image},
            {"command", spec.command},
            {"environment", spec.environment},
            {"user", spec.user},
            {"workingDirectory", spec.workingDirectory},
            {"terminal", spec.terminal},
            {"limits", toJson(spec.limits)},
            {"network", networkJson(spec.network)},
            {"ports", portsJson(spec.ports)},
            {"twin", spec.twin}};
}

/// A domain of an added connection has little more than this, and there may be thousands.
static Json briefJson(const Instance& instance)
{
    const InstanceSpec& spec = instance.spec;
    Json runtime = {
        {"state", toString(instance.state)}, {"managed", instance.managed}, {"connection", instance.connection}};
    auto unlessEmpty = [&runtime](const char* key, const std::string& text) {
        if (!text.empty())
            runtime[key] = text;
    };
    unlessEmpty("problem", instance.problem);
    unlessEmpty("address", instance.address);
    unlessEmpty("mac", instance.mac);
    unlessEmpty("acceleration", instance.acceleration);
    unlessEmpty("title", instance.title);
    unlessEmpty("description", instance.description);
    if (instance.installing)
        runtime["installing"] = true;
    return {{"id", instance.id},
            {"context",
             {{"name", spec.name},
              {"kind", toString(spec.kind)},
              {"limits", toJson(spec.limits)},
              {"network", networkJson(spec.network)}}},
            {"runtime", std::move(runtime)}};
}

Json toJson(const Instance& instance)
{
    if (!instance.connection.empty())
        return briefJson(instance);
    Json runtime = {{"state", toString(instance.state)},
                    {"managed", instance.managed},
                    {"connection", instance.connection},
                    {"problem", instance.problem},
                    {"createdAt", instance.createdAt},
                    {"startedAt", instance.startedAt},
                    {"finishedAt", instance.finishedAt},
                    {"oomKilled", instance.oomKilled},
                    {"installing", instance.installing},
                    {"pid", instance.pid},
                    {"address", instance.address},
                    {"mac", instance.mac},
                    {"cgroup", instance.cgroup},
                    {"acceleration", instance.acceleration},
                    {"hostNamespaces", instance.hostNamespaces},
                    {"startNanoseconds", instance.startNanoseconds},
                    {"title", instance.title},
                    {"description", instance.description}};
    if (instance.exitCode)
        runtime["exitCode"] = *instance.exitCode;
    return {{"id", instance.id}, {"context", toJson(instance.spec)}, {"runtime", std::move(runtime)}};
}

Json toJson(const Timeline& timeline)
{
    Json steps = Json::array();
    for (const TimelineStep& step : timeline.steps)
        steps.push_back({{"name", step.name}, {"begin", step.begin}, {"end", step.end}, {"detail", step.detail}});
    return {{"startedAt", timeline.startedAt},
            {"total", timeline.total},
            {"complete", timeline.complete},
            {"steps", std::move(steps)}};
}

Result<Limits> limitsFrom(JsonReader reader)
{
    Limits limits;
    limits.cpus = TRY(reader.optionalNumber("cpus")).value_or(0);
    limits.memory = TRY(reader.optionalUnsigned("memory")).value_or(0);
    limits.pids = TRY(reader.optionalUnsigned("pids")).value_or(0);
    TRY(reader.finish());
    return limits;
}

static Result<uint16_t> portNumber(JsonReader& reader, const char* key)
{
    uint64_t number = TRY(reader.unsignedInteger(key));
    if (number == 0 || number > 65535)
        return failField(reader.field(key), "a port is 1 to 65535");
    return static_cast<uint16_t>(number);
}

static Result<std::vector<Port>> portsFrom(const Json* array)
{
    std::vector<Port> ports;
    for (size_t i = 0; array && i < array->size(); ++i) {
        JsonReader reader((*array)[i], fmt::format("ports[{}]", i));
        Port port;
        port.protocol = TRY(reader.optionalString("protocol")).value_or("tcp");
        port.hostPort = TRY(portNumber(reader, "hostPort"));
        port.port = TRY(portNumber(reader, "port"));
        TRY(reader.finish());
        ports.push_back(port);
    }
    return ports;
}

Result<InstanceSpec> specFrom(JsonReader reader)
{
    InstanceSpec spec;
    spec.name = TRY(reader.string("name"));
    spec.kind = TRY(kindFrom(TRY(reader.string("kind"))));
    spec.image = TRY(reader.optionalString("image")).value_or("");
    spec.command = TRY(reader.optionalStrings("command"));
    spec.environment = TRY(reader.optionalStrings("environment"));
    spec.user = TRY(reader.optionalString("user")).value_or("");
    spec.workingDirectory = TRY(reader.optionalString("workingDirectory")).value_or("");
    spec.terminal = TRY(reader.optionalBoolean("terminal")).value_or(false);
    if (auto limits = TRY(reader.optionalObject("limits")))
        spec.limits = TRY(limitsFrom(*limits));
    if (auto network = TRY(reader.optionalObject("network"))) {
        spec.network.mode = TRY(networkModeFrom(TRY(network->optionalString("mode")).value_or("nat")));
        spec.network.name = TRY(network->optionalString("name")).value_or("default");
        TRY(network->finish());
    }
    spec.ports = TRY(portsFrom(TRY(reader.optionalArray("ports"))));
    spec.twin = TRY(reader.optionalString("twin")).value_or("");
    TRY(reader.finish());
    return spec;
}

Result<Timeline> timelineFrom(JsonReader reader)
{
    Timeline timeline;
    timeline.startedAt = TRY(reader.integer("startedAt"));
    timeline.total = TRY(reader.integer("total"));
    timeline.complete = TRY(reader.boolean("complete"));
    const Json* steps = TRY(reader.array("steps"));
    for (size_t i = 0; i < steps->size(); ++i) {
        JsonReader item((*steps)[i], fmt::format("steps[{}]", i));
        TimelineStep step;
        step.name = TRY(item.string("name"));
        step.begin = TRY(item.integer("begin"));
        step.end = TRY(item.integer("end"));
        step.detail = TRY(item.optionalString("detail")).value_or("");
        timeline.steps.push_back(std::move(step));
    }
    return timeline;
}

} // namespace diptych
