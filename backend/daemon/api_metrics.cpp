// org.diptych.Metrics
#include "daemon/daemon.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

static Json pointJson(const metrics::Point& p)
{
    return {{"time", p.time},
            {"cpu", p.cpu},
            {"throttled", p.throttled},
            {"memory", p.memory},
            {"memoryGuest", p.memoryGuest},
            {"pids", p.pids},
            {"readRate", p.readRate},
            {"writeRate", p.writeRate},
            {"receiveRate", p.receiveRate},
            {"sendRate", p.sendRate}};
}

static Json hostJson(const metrics::HostPoint& p)
{
    Json json = {{"time", p.time},
                 {"cpus", p.cores},
                 {"memoryUsed", p.memory},
                 {"memoryTotal", p.memoryTotal},
                 {"readRate", p.readRate},
                 {"writeRate", p.writeRate},
                 {"receiveRate", p.receiveRate},
                 {"sendRate", p.sendRate}};
    if (p.pressure.known) {
        json["cpuPressure"] = p.pressure.cpuSome;
        json["memoryPressure"] = p.pressure.memorySome;
        json["ioPressure"] = p.pressure.ioSome;
    }
    return json;
}

static Json present(const Daemon& daemon)
{
    Json instances = Json::array();
    for (const auto* one : daemon.meter.instances())
        instances.push_back({{"id", one->first}, {"point", pointJson(one->second)}});
    return {{"host", hostJson(daemon.meter.host())}, {"instances", std::move(instances)}};
}

template <typename Points, typename Convert>
static Json pointsJson(const Points& points, Convert convert)
{
    Json array = Json::array();
    for (const auto& point : points)
        array.push_back(convert(point));
    return {{"points", std::move(array)}};
}

Status addMetricsApi(Daemon& daemon)
{
    auto fan = std::make_shared<Fan>(daemon.loop, std::chrono::milliseconds(1));
    daemon.meter.watch([fan] { fan->changed(""); });
    TRY(daemon.server.handle("org.diptych.Metrics.Subscribe", Mode::Stream, [&daemon, fan](const CallPointer& call) {
        call->stream(present(daemon));
        // Seconds that a client does not read are left out, never queued.
        fan->add(call, [&daemon](const CallPointer& to, const std::set<std::string>&) { to->stream(present(daemon)); });
    }));
    TRY(daemon.server.handle("org.diptych.Metrics.GetHistory", Mode::Plain, [&daemon](const CallPointer& call) {
        auto id = call->parameters()["id"].get<std::string>();
        if (findOrAnswer(daemon, call, id))
            call->reply(pointsJson(daemon.meter.history(id), pointJson));
    }));
    return daemon.server.handle("org.diptych.Metrics.GetHostHistory", Mode::Plain, [&daemon](const CallPointer& call) {
        call->reply(pointsJson(daemon.meter.hostHistory(), hostJson));
    });
}

} // namespace diptych
