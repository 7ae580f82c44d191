// The calls: which lane, which method, how the answer is read.
#include "client/varlink_client.h"

#include "client/decode.h"
#include "client/encode.h"

namespace diptych::client {

namespace {

Json idOnly(const QString& id)
{
    return {{"id", encode(id)}};
}

auto textOf(const char* key)
{
    return [key](const Json& json) { return text(json, key); };
}
auto textsOf(const char* key)
{
    return [key](const Json& json) { return texts(json, key); };
}
template <typename Decode>
auto listOf(const char* key, Decode decode)
{
    return [key, decode](const Json& json) { return list(json, key, decode); };
}
const auto nothing = [](const Json&) { return Nothing{}; };

} // namespace

void VarlinkClient::host(QObject* guard, Callback<Host> done)
{
    call<Host>(Reading, "org.diptych.GetHost", {}, guard, std::move(done), decodeHost);
}

void VarlinkClient::images(QObject* guard, Callback<QList<Image>> done)
{
    call<QList<Image>>(Reading, "org.diptych.Images.List", {}, guard, std::move(done), listOf("images", decodeImage));
}

void VarlinkClient::imageTemplates(QObject* guard, Callback<QList<ImageTemplate>> done)
{
    call<QList<ImageTemplate>>(Reading, "org.diptych.Images.ListTemplates", {}, guard, std::move(done),
                               listOf("templates", decodeTemplate));
}

void VarlinkClient::buildTemplate(const QString& name, const QString& reference, QObject* guard,
                                  Callback<QString> operation)
{
    call<QString>(Acting, "org.diptych.Images.BuildTemplate",
                  {{"template", encode(name)}, {"reference", encode(reference)}}, guard, std::move(operation),
                  textOf("operation"));
}

void VarlinkClient::createInstance(const Context& spec, bool twins, bool start, QObject* guard,
                                   Callback<QString> operation)
{
    call<QString>(Acting, "org.diptych.Instances.Create", {{"spec", encode(spec)}, {"twins", twins}, {"start", start}},
                  guard, std::move(operation), textOf("operation"));
}

void VarlinkClient::preview(const Context& spec, QObject* guard, Callback<QString> done)
{
    call<QString>(Gathering, "org.diptych.Instances.Preview", {{"spec", encode(spec)}}, guard, std::move(done),
                  textOf("text"));
}

void VarlinkClient::act(Verb verb, const QStringList& ids, QObject* guard, Callback<QStringList> operations,
                        std::optional<int> timeoutOrSignal)
{
    static constexpr std::array Methods{"org.diptych.Instances.Start",  "org.diptych.Instances.Stop",
                                        "org.diptych.Instances.Kill",   "org.diptych.Instances.Pause",
                                        "org.diptych.Instances.Resume", "org.diptych.Instances.Restart"};
    Json parameters{{"ids", encode(ids)}};
    if (timeoutOrSignal && (verb == Verb::Stop || verb == Verb::Restart))
        parameters["timeout"] = *timeoutOrSignal;
    if (timeoutOrSignal && verb == Verb::Kill)
        parameters["signal"] = *timeoutOrSignal;
    call<QStringList>(Acting, Methods[size_t(verb)], parameters, guard, std::move(operations), textsOf("operations"));
}

void VarlinkClient::rename(const QString& id, const QString& name, QObject* guard, Callback<Nothing> done)
{
    call<Nothing>(Acting, "org.diptych.Instances.Rename", {{"id", encode(id)}, {"name", encode(name)}}, guard,
                  std::move(done), nothing);
}

void VarlinkClient::removalPlan(const QString& id, QObject* guard, Callback<RemovalPlan> done)
{
    call<RemovalPlan>(Reading, "org.diptych.Instances.RemovalPlan", idOnly(id), guard, std::move(done),
                      [](const Json& json) {
                          return RemovalPlan{texts(json, "deleted"), texts(json, "kept")};
                      });
}

void VarlinkClient::remove(const QStringList& ids, bool force, bool disks, QObject* guard,
                           Callback<QStringList> operations)
{
    call<QStringList>(Acting, "org.diptych.Instances.Delete",
                      {{"ids", encode(ids)}, {"force", force}, {"disks", disks}}, guard, std::move(operations),
                      textsOf("operations"));
}

void VarlinkClient::setLimits(const QString& id, const Limits& limits, QObject* guard, Callback<Nothing> done)
{
    call<Nothing>(Acting, "org.diptych.Instances.SetLimits", {{"id", encode(id)}, {"limits", encode(limits)}}, guard,
                  std::move(done), nothing);
}

void VarlinkClient::timeline(const QString& id, QObject* guard, Callback<Timeline> done)
{
    call<Timeline>(Reading, "org.diptych.Instances.GetTimeline", idOnly(id), guard, std::move(done),
                   [](const Json& json) { return decodeTimeline(member(json, "timeline")); });
}

void VarlinkClient::processes(const QString& id, QObject* guard, Callback<QList<Process>> done)
{
    call<QList<Process>>(Gathering, "org.diptych.Instances.ListProcesses", idOnly(id), guard, std::move(done),
                         listOf("processes", decodeProcess));
}

void VarlinkClient::configuration(const QString& id, QObject* guard, Callback<QString> done)
{
    call<QString>(Reading, "org.diptych.Instances.GetConfiguration", idOnly(id), guard, std::move(done),
                  textOf("text"));
}

void VarlinkClient::log(const QString& id, QObject* guard, Callback<QString> done)
{
    call<QString>(Reading, "org.diptych.Instances.ReadLog", idOnly(id), guard, std::move(done), textOf("text"));
}

void VarlinkClient::evidence(const QString& id, QObject* guard, Callback<IsolationReport> done)
{
    call<IsolationReport>(Gathering, "org.diptych.Isolation.GetEvidence", idOnly(id), guard, std::move(done),
                          decodeReport);
}

void VarlinkClient::costs(const QString& id, QObject* guard, Callback<Costs> done)
{
    call<Costs>(Gathering, "org.diptych.Isolation.GetCosts", idOnly(id), guard, std::move(done), decodeCosts);
}

void VarlinkClient::history(const QString& id, QObject* guard, Callback<QList<Point>> done)
{
    call<QList<Point>>(Reading, "org.diptych.Metrics.GetHistory", idOnly(id), guard, std::move(done),
                       listOf("points", decodePoint));
}

void VarlinkClient::hostHistory(QObject* guard, Callback<QList<HostPoint>> done)
{
    call<QList<HostPoint>>(Reading, "org.diptych.Metrics.GetHostHistory", {}, guard, std::move(done),
                           listOf("points", decodeHostPoint));
}

void VarlinkClient::range(const QString& id, qint64 begin, qint64 end, int count, QObject* guard, Callback<Range> done)
{
    call<Range>(Reading, "org.diptych.Metrics.GetRange",
                {{"id", encode(id)}, {"begin", begin}, {"end", end}, {"count", count}}, guard, std::move(done),
                decodeRange);
}

void VarlinkClient::activityOf(const QString& instance, qint64 since, qint64 until, QObject* guard,
                               Callback<QList<ActivityEntry>> done)
{
    Json parameters{{"limit", 1000}, {"since", since}, {"until", until}};
    if (!instance.isEmpty())
        parameters["instance"] = encode(instance);
    call<QList<ActivityEntry>>(Reading, "org.diptych.Activity.List", parameters, guard, std::move(done),
                               listOf("entries", decodeActivity));
}

void VarlinkClient::activity(int limit, qint64 before, QObject* guard, Callback<QList<ActivityEntry>> done)
{
    Json parameters{{"limit", limit}};
    if (before > 0)
        parameters["before"] = before;
    call<QList<ActivityEntry>>(Reading, "org.diptych.Activity.List", parameters, guard, std::move(done),
                               listOf("entries", decodeActivity));
}

void VarlinkClient::cancelOperation(const QString& id, QObject* guard, Callback<Nothing> done)
{
    call<Nothing>(Reading, "org.diptych.Operations.Cancel", idOnly(id), guard, std::move(done), nothing);
}

void VarlinkClient::addConnection(const QString& name, const QString& uri, QObject* guard, Callback<QString> done)
{
    call<QString>(Acting, "org.diptych.Connections.Add", {{"name", encode(name)}, {"uri", encode(uri)}}, guard,
                  std::move(done), [](const Json& json) { return text(json, "id"); });
}

void VarlinkClient::removeConnection(const QString& id, QObject* guard, Callback<Nothing> done)
{
    call<Nothing>(Acting, "org.diptych.Connections.Remove", {{"connection", encode(id)}}, guard, std::move(done),
                  nothing);
}

void VarlinkClient::openConnection(const QString& id, bool active, QObject* guard, Callback<Nothing> done)
{
    call<Nothing>(Acting, "org.diptych.Connections.SetActive", {{"connection", encode(id)}, {"active", active}}, guard,
                  std::move(done), nothing);
}

void VarlinkClient::terminals(const QString& id, QObject* guard, Callback<QList<TerminalSession>> done)
{
    call<QList<TerminalSession>>(Reading, "org.diptych.Instances.ListTerminals", idOnly(id), guard, std::move(done),
                                 listOf("sessions", decodeTerminalSession));
}

} // namespace diptych::client
