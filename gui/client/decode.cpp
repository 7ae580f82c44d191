#include "client/decode.h"

#include "client/errors.h"

#include <algorithm>
#include <array>

namespace diptych::client {

using namespace Qt::StringLiterals;

namespace {

template <typename E, size_t N>
E word(const Json& object, const char* key, const std::array<std::pair<const char*, E>, N>& words, E fallback)
{
    const auto* text = member(object, key).get_ptr<const Json::string_t*>();
    if (!text)
        return fallback;
    for (const auto& [name, value] : words)
        if (*text == name)
            return value;
    return fallback;
}

constexpr std::array Kinds{std::pair{"container", Kind::Container}, std::pair{"machine", Kind::Machine}};
constexpr std::array States{std::pair{"creating", State::Creating}, std::pair{"stopped", State::Stopped},
                            std::pair{"starting", State::Starting}, std::pair{"running", State::Running},
                            std::pair{"paused", State::Paused},     std::pair{"stopping", State::Stopping},
                            std::pair{"broken", State::Broken}};
constexpr std::array NetworkModes{std::pair{"nat", NetworkMode::Nat}, std::pair{"host", NetworkMode::Host},
                                  std::pair{"none", NetworkMode::None}};
constexpr std::array OperationStates{
    std::pair{"waiting", OperationState::Waiting}, std::pair{"running", OperationState::Running},
    std::pair{"done", OperationState::Done}, std::pair{"failed", OperationState::Failed},
    std::pair{"cancelled", OperationState::Cancelled}};

Limits decodeLimits(const Json& json)
{
    return {.cpus = real(json, "cpus"), .memory = integer(json, "memory"), .pids = integer(json, "pids")};
}

Port decodePort(const Json& json)
{
    return {.protocol = text(json, "protocol"), .hostPort = number(json, "hostPort"), .port = number(json, "port")};
}

Context decodeContext(const Json& json)
{
    const Json& network = member(json, "network");
    return {.name = text(json, "name"),
            .kind = word(json, "kind", Kinds, Kind::Container),
            .image = text(json, "image"),
            .command = texts(json, "command"),
            .environment = texts(json, "environment"),
            .user = text(json, "user"),
            .workingDirectory = text(json, "workingDirectory"),
            .terminal = boolean(json, "terminal"),
            .limits = decodeLimits(member(json, "limits")),
            .networkMode = word(network, "mode", NetworkModes, NetworkMode::None),
            .networkName = text(network, "name"),
            .ports = list(json, "ports", decodePort),
            .twin = text(json, "twin")};
}

Runtime decodeRuntime(const Json& json)
{
    Runtime runtime{.state = word(json, "state", States, State::Broken),
                    .managed = boolean(json, "managed", true),
                    .connection = text(json, "connection"),
                    .problem = text(json, "problem"),
                    .createdAt = integer(json, "createdAt"),
                    .startedAt = integer(json, "startedAt"),
                    .finishedAt = integer(json, "finishedAt"),
                    .exitCode = {},
                    .oomKilled = boolean(json, "oomKilled"),
                    .installing = boolean(json, "installing"),
                    .pid = number(json, "pid"),
                    .address = text(json, "address"),
                    .mac = text(json, "mac"),
                    .cgroup = text(json, "cgroup"),
                    .acceleration = text(json, "acceleration"),
                    .hostNamespaces = texts(json, "hostNamespaces"),
                    .startNanoseconds = integer(json, "startNanoseconds"),
                    .title = text(json, "title"),
                    .description = text(json, "description")};
    if (member(json, "exitCode").is_number())
        runtime.exitCode = number(json, "exitCode");
    return runtime;
}

Part decodePart(const Json& json)
{
    return {.name = text(json, "name"), .done = integer(json, "done"), .total = integer(json, "total")};
}

Operation decodeOperation(const Json& json)
{
    Operation operation{.id = text(json, "id"),
                        .verb = text(json, "verb"),
                        .instances = texts(json, "instances"),
                        .subject = text(json, "subject"),
                        .state = word(json, "state", OperationStates, OperationState::Running),
                        .step = text(json, "step"),
                        .detail = text(json, "detail"),
                        .progress = real(json, "progress", -1),
                        .startedAt = integer(json, "startedAt"),
                        .finishedAt = integer(json, "finishedAt"),
                        .user = number(json, "user"),
                        .error = {},
                        .resultIds = texts(member(json, "result"), "ids"),
                        .cancellable = boolean(json, "cancellable"),
                        .parts = list(json, "parts", decodePart),
                        .resultReferences = texts(member(json, "result"), "references"),
                        .resultDownload = text(member(json, "result"), "download")};
    if (const QString one = text(member(json, "result"), "reference"); !one.isEmpty())
        operation.resultReferences.append(one);
    if (const QString name = text(json, "error"); !name.isEmpty())
        operation.error = decodeError(name, member(json, "errorParameters"));
    return operation;
}

std::optional<double> optionalReal(const Json& object, const char* key)
{
    const Json& value = member(object, key);
    return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

} // namespace

Instance decodeInstance(const Json& json)
{
    return {.id = text(json, "id"),
            .context = decodeContext(member(json, "context")),
            .runtime = decodeRuntime(member(json, "runtime"))};
}

QList<Instance> decodeInstances(const Json& object, const char* key)
{
    QList<Instance> instances = list(object, key, decodeInstance);
    instances.removeIf([](const Instance& instance) { return instance.id.isEmpty(); });
    return instances;
}

QList<Operation> decodeOperations(const Json& object, const char* key)
{
    QList<Operation> operations = list(object, key, decodeOperation);
    operations.removeIf([](const Operation& operation) { return operation.id.isEmpty(); });
    return operations;
}

Timeline decodeTimeline(const Json& json)
{
    const auto step = [](const Json& one) {
        return TimelineStep{text(one, "name"), integer(one, "begin"), integer(one, "end"), text(one, "detail")};
    };
    return {.startedAt = integer(json, "startedAt"),
            .total = integer(json, "total"),
            .complete = boolean(json, "complete"),
            .steps = list(json, "steps", step)};
}

Process decodeProcess(const Json& json)
{
    return {.pid = number(json, "pid"),
            .insidePid = number(json, "insidePid"),
            .command = text(json, "command"),
            .user = text(json, "user"),
            .memory = integer(json, "memory"),
            .cpuSeconds = real(json, "cpuSeconds")};
}

TerminalSession decodeTerminalSession(const Json& json)
{
    return {
        .session = text(json, "session"), .command = text(json, "command"), .startedAt = integer(json, "startedAt")};
}

IsolationRow decodeRow(const Json& json)
{
    const auto evidence = [](const Json& one) {
        return Evidence{text(one, "claim"), text(one, "value"), text(one, "source"), text(one, "command")};
    };
    IsolationRow result{.resource = text(json, "resource"),
                        .level = std::clamp(number(json, "level"), 0, 4),
                        .statement = text(json, "statement"),
                        .values = {},
                        .text = text(json, "text"),
                        .evidence = list(json, "evidence", evidence)};
    if (const Json& values = member(json, "values"); values.is_object())
        for (const auto& [key, value] : values.items())
            result.values.insert(QString::fromStdString(key), toText(value));
    return result;
}

IsolationReport decodeReport(const Json& json)
{
    return {.rows = list(json, "rows", decodeRow),
            .probeProblem = text(json, "probe"),
            .measuredAt = integer(json, "measuredAt")};
}

Costs decodeCosts(const Json& json)
{
    return {.startNanoseconds = integer(json, "startNanoseconds"),
            .memoryBefore = integer(json, "memoryBefore"),
            .diskBefore = integer(json, "diskBefore"),
            .memory = integer(json, "memory"),
            .disk = integer(json, "disk")};
}

Image decodeImage(const Json& json)
{
    const auto layer = [](const Json& one) {
        return ImageLayer{text(one, "digest"), text(one, "diffId"), integer(one, "size")};
    };
    return {.reference = text(json, "reference"),
            .digest = text(json, "digest"),
            .size = integer(json, "size"),
            .createdAt = integer(json, "createdAt"),
            .architecture = text(json, "architecture"),
            .entrypoint = texts(json, "entrypoint"),
            .command = texts(json, "command"),
            .environment = texts(json, "environment"),
            .user = text(json, "user"),
            .workingDirectory = text(json, "workingDirectory"),
            .exposedPorts = texts(json, "exposedPorts"),
            .layers = list(json, "layers", layer),
            .usedBy = texts(json, "usedBy")};
}

ImageTemplate decodeTemplate(const Json& json)
{
    return {.name = text(json, "name"),
            .description = text(json, "description"),
            .available = boolean(json, "available"),
            .reason = text(json, "reason")};
}

Point decodePoint(const Json& json)
{
    return {.time = integer(json, "time"),
            .cpu = real(json, "cpu"),
            .throttled = real(json, "throttled"),
            .memory = integer(json, "memory"),
            .memoryGuest = integer(json, "memoryGuest"),
            .pids = number(json, "pids"),
            .readRate = real(json, "readRate"),
            .writeRate = real(json, "writeRate"),
            .receiveRate = real(json, "receiveRate"),
            .sendRate = real(json, "sendRate")};
}

HostPoint decodeHostPoint(const Json& json)
{
    const auto share = [](const Json& one) { return one.is_number() ? one.get<double>() : 0.0; };
    return {.time = integer(json, "time"),
            .cpus = list(json, "cpus", share),
            .memoryUsed = integer(json, "memoryUsed"),
            .memoryTotal = integer(json, "memoryTotal"),
            .cpuPressure = optionalReal(json, "cpuPressure"),
            .memoryPressure = optionalReal(json, "memoryPressure"),
            .ioPressure = optionalReal(json, "ioPressure"),
            .readRate = real(json, "readRate"),
            .writeRate = real(json, "writeRate"),
            .receiveRate = real(json, "receiveRate"),
            .sendRate = real(json, "sendRate")};
}

static RangePoint decodeRangePoint(const Json& json)
{
    return {.time = integer(json, "time"),
            .seconds = number(json, "seconds"),
            .cpu = real(json, "cpu"),
            .cpuMax = real(json, "cpuMax"),
            .throttled = real(json, "throttled"),
            .memory = real(json, "memory"),
            .memoryMax = real(json, "memoryMax"),
            .readRate = real(json, "readRate"),
            .writeRate = real(json, "writeRate"),
            .receiveRate = real(json, "receiveRate"),
            .sendRate = real(json, "sendRate"),
            .cpuPressure = optionalReal(json, "cpuPressure"),
            .memoryPressure = optionalReal(json, "memoryPressure"),
            .ioPressure = optionalReal(json, "ioPressure")};
}

Range decodeRange(const Json& json)
{
    return {.step = std::max<qint64>(1, integer(json, "step")), .points = list(json, "points", decodeRangePoint)};
}

Sweep decodeSweep(const Json& json)
{
    Sweep sweep{.host = decodeHostPoint(member(json, "host")), .instances = {}};
    const Json& points = member(json, "instances");
    if (!points.is_array())
        return sweep;
    sweep.instances.reserve(qsizetype(points.size()));
    for (const Json& one : points)
        if (const QString id = text(one, "id"); !id.isEmpty())
            sweep.instances.insert(id, decodePoint(member(one, "point")));
    return sweep;
}

Host decodeHost(const Json& json)
{
    const auto missing = [](const Json& one) {
        return Missing{text(one, "feature"), text(one, "reason"), text(one, "mend")};
    };
    return {.hostname = text(json, "hostname"),
            .system = text(json, "system"),
            .kernel = text(json, "kernel"),
            .bootId = text(json, "bootId"),
            .architecture = text(json, "architecture"),
            .cpus = number(json, "cpus"),
            .cpuModel = text(json, "cpuModel"),
            .memory = integer(json, "memory"),
            .cgroupMode = text(json, "cgroupMode"),
            .acceleration = text(json, "acceleration"),
            .accelerationReason = text(json, "accelerationReason"),
            .libvirtVersion = text(json, "libvirtVersion"),
            .qemuVersion = text(json, "qemuVersion"),
            .helperStartedAt = integer(json, "helperStartedAt"),
            .bootedAt = integer(json, "bootedAt"),
            .missing = list(json, "missing", missing),
            .granted = texts(json, "granted")};
}

LibvirtConnection decodeConnection(const Json& json)
{
    return {.id = text(json, "id"),
            .name = text(json, "name"),
            .uri = text(json, "uri"),
            .owner = number(json, "owner"),
            .active = boolean(json, "active", true),
            .state = text(json, "state"),
            .problem = text(json, "problem"),
            .driver = text(json, "driver"),
            .host = text(json, "host"),
            .version = text(json, "version"),
            .domains = number(json, "domains"),
            .answeredAt = integer(json, "answeredAt"),
            .lacks = list(json, "lacks", [](const Json& lack) {
                return Lack{text(lack, "feature"), text(lack, "reason")};
            })};
}

ActivityEntry decodeActivity(const Json& json)
{
    return {.id = integer(json, "id"),
            .time = integer(json, "time"),
            .user = number(json, "user", -1),
            .process = text(json, "process"),
            .action = text(json, "action"),
            .verb = text(json, "verb"),
            .instance = text(json, "instance"),
            .subject = text(json, "subject"),
            .kind = text(json, "kind"),
            .outcome = text(json, "outcome"),
            .message = text(json, "message"),
            .nanoseconds = integer(json, "nanoseconds")};
}

Error decodeError(const QString& name, const Json& parameters)
{
    Error error{.name = name, .message = text(parameters, "message"), .field = text(parameters, "field")};
    // org.varlink.service names the culprit in "method", "interface" or "parameter".
    for (const char* key : {"parameter", "method", "interface", "action"})
        if (error.field.isEmpty())
            error.field = text(parameters, key);
    if (error.message.isEmpty())
        error.message = error.field.isEmpty() ? name : name + u": "_s + error.field;
    return error;
}

Reply decodeReply(const QByteArray& message, bool* continues)
{
    if (continues)
        *continues = false;
    Json json = Json::parse(message.cbegin(), message.cend(), nullptr, false);
    if (!json.is_object())
        return {{}, Error{errors::Malformed, u"the answer is not a Varlink message"_s, {}}};
    if (continues)
        *continues = boolean(json, "continues");
    Json parameters = Json::object();
    if (const auto found = json.find("parameters"); found != json.end() && found->is_object())
        parameters = std::move(*found);
    if (const QString name = text(json, "error"); !name.isEmpty())
        return {{}, decodeError(name, parameters)};
    return {std::move(parameters), {}};
}

} // namespace diptych::client
