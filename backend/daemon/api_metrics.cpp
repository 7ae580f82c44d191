// org.diptych.Metrics
#include "base/clock.h"
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

static Json rangeJson(const MetricHistory::Range& range, bool pressure)
{
    Json points = Json::array();
    auto whole = [](double value) { return static_cast<int64_t>(value + 0.5); };
    for (const auto& [time, b] : range.points) {
        points.push_back({{"time", time},
                          {"seconds", b.seconds},
                          {"cpu", b[MetricBucket::Cpu]},
                          {"cpuMax", b[MetricBucket::CpuMax]},
                          {"throttled", b[MetricBucket::Throttled]},
                          {"memory", whole(b[MetricBucket::Memory])},
                          {"memoryMax", whole(b[MetricBucket::MemoryMax])},
                          {"memoryGuest", whole(b[MetricBucket::GuestMemory])},
                          {"pids", b[MetricBucket::Pids]},
                          {"readRate", b[MetricBucket::ReadRate]},
                          {"writeRate", b[MetricBucket::WriteRate]},
                          {"receiveRate", b[MetricBucket::ReceiveRate]},
                          {"sendRate", b[MetricBucket::SendRate]}});
        if (!pressure)
            continue;
        points.back()["cpuPressure"] = b[MetricBucket::CpuPressure];
        points.back()["memoryPressure"] = b[MetricBucket::MemoryPressure];
        points.back()["ioPressure"] = b[MetricBucket::IoPressure];
    }
    return {{"step", range.step}, {"points", std::move(points)}};
}

struct RangeRequest
{
    std::string id;
    int64_t begin = 0, end = 0, count = 0;
};

static Result<RangeRequest> rangeRequest(const Json& parameters)
{
    JsonReader reader(parameters);
    RangeRequest request;
    request.id = TRY(reader.string("id"));
    request.begin = TRY(reader.integer("begin"));
    request.end = TRY(reader.integer("end"));
    request.count = TRY(reader.integer("count"));
    if (request.begin < 0)
        return failField("begin", "a Unix time in milliseconds is wanted");
    if (request.end <= request.begin)
        return failField("end", "it must be later than begin");
    if (request.count < 1 || request.count > 2000)
        return failField("count", "1 to 2000 points can be asked for");
    return request;
}

/// The seconds in memory, when they reach back far enough and that many points are wanted.
static std::optional<MetricHistory::Range> recentRange(const Daemon& daemon, const RangeRequest& request)
{
    if (request.end - request.begin > 600'000)
        return std::nullopt;
    auto host = daemon.meter.hostHistory();
    if (host.empty() || host.front().time > request.begin + 2000)
        return std::nullopt;
    auto grid = MetricHistory::gridFor(request.begin, request.end, request.count, 1000);
    if (grid.step >= MetricStore::fineStep)
        return std::nullopt;
    std::vector<MetricStore::Stretch> seconds;
    if (request.id.empty()) {
        for (const auto& point : host)
            seconds.push_back({point.time, secondOf(point)});
    } else {
        for (const auto& point : daemon.meter.history(request.id))
            seconds.push_back({point.time, secondOf(point)});
    }
    return MetricHistory::Range{grid.step, MetricHistory::merge(seconds, grid, request.end)};
}

static void getRange(Daemon& daemon, const CallPointer& call)
{
    auto request = rangeRequest(call->parameters());
    if (!request)
        return call->error(request.error());
    if (!request->id.empty() && !findOrAnswer(daemon, call, request->id))
        return;
    bool pressure = request->id.empty() && daemon.meter.host().pressure.known;
    if (auto recent = recentRange(daemon, *request))
        return call->reply(rangeJson(*recent, pressure));
    daemon.history.range(request->id, request->begin, request->end, request->count, unixMilliseconds(),
                         [call, pressure](Result<MetricHistory::Range> range) {
                             if (range)
                                 call->reply(rangeJson(*range, pressure));
                             else
                                 call->error(range.error());
                         });
}

static Json countersJson(const Sample& s)
{
    return {{"time", unixMilliseconds()},
            {"cpuNanoseconds", s.cpuNanoseconds},
            {"throttledNanoseconds", s.throttledNanoseconds},
            {"memory", s.memory},
            {"pids", s.pids},
            {"oomKills", s.oomKills},
            {"readBytes", s.readBytes},
            {"writtenBytes", s.writtenBytes},
            {"receivedBytes", s.receivedBytes},
            {"sentBytes", s.sentBytes}};
}

static void getCounters(Daemon& daemon, const CallPointer& call)
{
    auto id = call->parameters()["id"].get<std::string>();
    const Registry::Entry* entry = findOrAnswer(daemon, call, id);
    if (entry == nullptr)
        return;
    daemon.workers.run([driver = entry->driver, id] { return driver->sampleOne(id); },
                       [call](const Result<Sample>& sample) {
                           if (sample)
                               call->reply({{"counters", countersJson(*sample)}});
                           else
                               call->error(sample.error());
                       });
}

Status addMetricsApi(Daemon& daemon)
{
    TRY(daemon.server.handle("org.diptych.Metrics.GetCounters", Mode::Plain,
                             [&daemon](const CallPointer& call) { getCounters(daemon, call); }));
    TRY(daemon.server.handle("org.diptych.Metrics.GetRange", Mode::Plain,
                             [&daemon](const CallPointer& call) { getRange(daemon, call); }));
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
    TRY(daemon.server.handle("org.diptych.Metrics.Watch", Mode::Stream, [&daemon](const CallPointer& call) {
        auto id = call->parameters()["id"].get<std::string>();
        if (const Registry::Entry* entry = findOrAnswer(daemon, call, id))
            daemon.watches.add(call, id, *entry->driver, pointJson);
    }));
    return daemon.server.handle("org.diptych.Metrics.GetHostHistory", Mode::Plain, [&daemon](const CallPointer& call) {
        call->reply(pointsJson(daemon.meter.hostHistory(), hostJson));
    });
}

} // namespace diptych
