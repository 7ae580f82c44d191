#include "client/varlink_walls.h"

#include "client/decode.h"
#include "client/encode.h"

namespace diptych::client {

namespace {

Figure decodeFigure(const Json& json)
{
    Figure figure{.name = text(json, "name"), .part = text(json, "part"), .bytes = {}, .row = decodeRow(json)};
    figure.row.resource = figure.name;
    figure.row.level = plainLevel;
    if (const Json& bytes = member(json, "bytes"); bytes.is_number()) {
        figure.bytes = toInteger(bytes);
        figure.row.values.insert(bytesKey, QString::number(*figure.bytes));
    }
    return figure;
}

IsolationRow decodePlain(const Json& json)
{
    IsolationRow row = decodeRow(json);
    row.level = plainLevel;
    return row;
}

Workload decodeWorkload(const Json& json)
{
    const Json& limits = member(json, "limits");
    return {.id = text(json, "id"),
            .maker = text(json, "maker"),
            .name = text(json, "name"),
            .form = text(json, "form"),
            .pid = number(json, "pid"),
            .processes = number(json, "processes"),
            .command = text(json, "command"),
            .user = text(json, "user"),
            .cgroup = text(json, "cgroup"),
            .namespaces = texts(json, "namespaces"),
            .limits = {real(limits, "cpus"), integer(limits, "memory"), integer(limits, "pids")},
            .memory = integer(json, "memory"),
            .startedAt = integer(json, "startedAt")};
}

ResourceReport decodeResources(const Json& json)
{
    return {.figures = list(json, "figures", decodeFigure),
            .bounds = list(json, "bounds", decodePlain),
            .probeProblem = text(json, "probe"),
            .measuredAt = integer(json, "measuredAt")};
}

AttemptOutcome decodeOutcome(const Json& json)
{
    return {.possible = boolean(json, "possible"),
            .error = text(json, "error"),
            .call = text(json, "call"),
            .seen = text(json, "seen"),
            .reach = text(json, "reach")};
}

WallCopy decodeCopy(const Json& json)
{
    return {.id = text(json, "id"),
            .instance = text(json, "instance"),
            .walls = texts(json, "walls"),
            .pid = number(json, "pid"),
            .startedAt = integer(json, "startedAt"),
            .endsAt = integer(json, "endsAt"),
            .attempts = list(json, "attempts", [](const Json& one) {
                return Attempt{.name = text(one, "name"),
                               .with = decodeOutcome(member(one, "with")),
                               .without = decodeOutcome(member(one, "without"))};
            })};
}

} // namespace

void VarlinkWalls::resources(const QString& id, QObject* guard, Callback<ResourceReport> done)
{
    m_client.call<ResourceReport>(VarlinkClient::Gathering, "org.diptych.Isolation.GetResources", {{"id", encode(id)}},
                                  guard, std::move(done), decodeResources);
}

void VarlinkWalls::process(const QString& id, int pid, int insidePid, QObject* guard, Callback<ProcessView> done)
{
    m_client.call<ProcessView>(VarlinkClient::Gathering, "org.diptych.Isolation.GetProcess",
                               {{"id", encode(id)}, {"pid", pid}, {"insidePid", insidePid}}, guard, std::move(done),
                               [](const Json& json) {
                                   ProcessView view;
                                   view.inside.rows = list(json, "inside", decodePlain);
                                   view.host.rows = list(json, "host", decodePlain);
                                   view.inside.probeProblem = text(json, "probe");
                                   view.inside.measuredAt = integer(json, "measuredAt");
                                   return view;
                               });
}

void VarlinkWalls::traffic(const QString& id, int milliseconds, QObject* guard, Callback<Traffic> done)
{
    const auto flow = [](const Json& json) {
        return Flow{.perSecond = real(json, "perSecond"),
                    .kinds = list(json, "kinds",
                                  [](const Json& one) {
                                      return FlowKind{text(one, "name"), text(one, "group"), real(one, "perSecond")};
                                  }),
                    .counted = boolean(json, "counted"),
                    .row = decodePlain(member(json, "row"))};
    };
    m_client.call<Traffic>(VarlinkClient::Gathering, "org.diptych.Isolation.MeasureTraffic",
                           {{"id", encode(id)}, {"milliseconds", milliseconds}}, guard, std::move(done),
                           [flow](const Json& json) {
                               Traffic traffic{.calls = flow(member(json, "calls")),
                                               .exits = {},
                                               .milliseconds = number(json, "milliseconds")};
                               if (const Json& exits = member(json, "exits"); exits.is_object())
                                   traffic.exits = flow(exits);
                               return traffic;
                           });
}

void VarlinkWalls::workloads(QObject* guard, Callback<QList<Workload>> done)
{
    m_client.call<QList<Workload>>(VarlinkClient::Gathering, "org.diptych.Isolation.ListWorkloads", {}, guard,
                                   std::move(done),
                                   [](const Json& json) { return list(json, "workloads", decodeWorkload); });
}

std::unique_ptr<QObject> VarlinkWalls::watch(const QString& id, std::function<void(const Point&)> heard)
{
    auto stream = std::make_unique<Subscription>(
        m_client.where(), "org.diptych.Metrics.Watch",
        [heard = std::move(heard)](const Json& json, bool) -> std::function<void()> {
            const Json& point = member(json, "point");
            if (!point.is_object())
                return [] {};
            return [heard, point = decodePoint(point)] { heard(point); };
        },
        nullptr, Json{{"id", encode(id)}});
    // An older helper has no such method, and of what is gone there is nothing to hear: not asked for again.
    QObject::connect(stream.get(), &Subscription::refused, stream.get(), &Subscription::stop);
    stream->start();
    return stream;
}

void VarlinkWalls::counters(const QString& id, QObject* guard, Callback<Counters> done)
{
    m_client.call<Counters>(VarlinkClient::Reading, "org.diptych.Metrics.GetCounters", {{"id", encode(id)}}, guard,
                            std::move(done), [](const Json& json) {
                                const Json& counters = member(json, "counters");
                                return Counters{.cpuNanoseconds = integer(counters, "cpuNanoseconds"),
                                                .readBytes = integer(counters, "readBytes"),
                                                .writtenBytes = integer(counters, "writtenBytes"),
                                                .receivedBytes = integer(counters, "receivedBytes"),
                                                .sentBytes = integer(counters, "sentBytes")};
                            });
}

void VarlinkWalls::walls(const QString& id, QObject* guard, Callback<WallReport> done)
{
    m_client.call<WallReport>(VarlinkClient::Reading, "org.diptych.Walls.List", {{"id", encode(id)}}, guard,
                              std::move(done), [](const Json& json) {
                                  return WallReport{
                                      .walls = list(json, "walls",
                                                    [](const Json& one) {
                                                        return WallChoice{text(one, "name"), text(one, "missing")};
                                                    }),
                                      .copies = list(json, "copies", decodeCopy)};
                              });
}

void VarlinkWalls::takeDown(const QString& id, const QStringList& walls, QObject* guard, Callback<QString> operation)
{
    m_client.call<QString>(VarlinkClient::Acting, "org.diptych.Walls.TakeDown",
                           {{"id", encode(id)}, {"walls", encode(walls)}}, guard, std::move(operation),
                           [](const Json& json) { return text(json, "operation"); });
}

void VarlinkWalls::putBack(const QString& copy, QObject* guard, Callback<Nothing> done)
{
    m_client.call<Nothing>(VarlinkClient::Acting, "org.diptych.Walls.PutBack", {{"copy", encode(copy)}}, guard,
                           std::move(done), [](const Json&) { return Nothing{}; });
}

} // namespace diptych::client
