#include "client/varlink_groups.h"

#include "client/encode.h"
#include "client/json.h"

namespace diptych::client {

namespace {

ControlGroup decodeGroup(const Json& json)
{
    const Json& limits = member(json, "limits");
    ControlGroup group{.path = text(json, "path"),
                       .maker = text(json, "maker"),
                       .name = text(json, "name"),
                       .instance = text(json, "instance"),
                       .processes = number(json, "processes"),
                       .controllers = texts(json, "controllers"),
                       .limits = {.cpus = real(limits, "cpus", 0),
                                  .memory = integer(limits, "memory"),
                                  .pids = integer(limits, "pids")},
                       .cpuWeight = number(json, "cpuWeight"),
                       .cpuNanoseconds = integer(json, "cpuNanoseconds"),
                       .throttledNanoseconds = integer(json, "throttledNanoseconds"),
                       .memory = integer(json, "memory"),
                       .memoryPeak = integer(json, "memoryPeak"),
                       .memoryFile = integer(json, "memoryFile"),
                       .pids = integer(json, "pids"),
                       .readBytes = integer(json, "readBytes"),
                       .writtenBytes = integer(json, "writtenBytes"),
                       .oomKills = integer(json, "oomKills"),
                       .frozen = boolean(json, "frozen"),
                       .pressure = {},
                       .protectedBy = text(json, "protected")};
    if (const Json& pressure = member(json, "pressure"); pressure.is_object())
        group.pressure = GroupPressure{real(pressure, "cpuSome", 0), real(pressure, "memorySome", 0),
                                       real(pressure, "memoryFull", 0), real(pressure, "ioSome", 0)};
    return group;
}

GroupTask decodeTask(const Json& json)
{
    return {.pid = number(json, "pid"),
            .startTime = integer(json, "startTime"),
            .command = text(json, "command"),
            .user = text(json, "user"),
            .memory = integer(json, "memory"),
            .cpuSeconds = real(json, "cpuSeconds", 0)};
}

} // namespace

void VarlinkGroups::list(QObject* guard, Callback<GroupListing> done)
{
    m_client.call<GroupListing>(VarlinkClient::Gathering, "org.diptych.ControlGroups.List", Json::object(), guard,
                                std::move(done), [](const Json& json) {
                                    return GroupListing{text(json, "mode"), integer(json, "time"),
                                                        client::list(json, "groups", decodeGroup),
                                                        boolean(json, "more")};
                                });
}

void VarlinkGroups::processes(const QString& path, QObject* guard, Callback<QList<GroupTask>> done)
{
    m_client.call<QList<GroupTask>>(VarlinkClient::Gathering, "org.diptych.ControlGroups.ListProcesses",
                                    {{"path", encode(path)}}, guard, std::move(done),
                                    [](const Json& json) { return client::list(json, "processes", decodeTask); });
}

void VarlinkGroups::setLimits(const QString& path, const Limits& limits, QObject* guard, Callback<Nothing> done)
{
    act("org.diptych.ControlGroups.SetLimits", {{"path", encode(path)}, {"limits", encode(limits)}}, guard,
        std::move(done));
}

void VarlinkGroups::freeze(const QString& path, bool frozen, QObject* guard, Callback<Nothing> done)
{
    act(frozen ? "org.diptych.ControlGroups.Freeze" : "org.diptych.ControlGroups.Thaw", {{"path", encode(path)}}, guard,
        std::move(done));
}

void VarlinkGroups::kill(const QString& path, QObject* guard, Callback<Nothing> done)
{
    act("org.diptych.ControlGroups.Kill", {{"path", encode(path)}}, guard, std::move(done));
}

void VarlinkGroups::move(const GroupTask& task, const QString& path, QObject* guard, Callback<Nothing> done)
{
    act("org.diptych.ControlGroups.MoveProcess",
        {{"pid", task.pid}, {"startTime", task.startTime}, {"path", encode(path)}}, guard, std::move(done));
}

void VarlinkGroups::act(const char* method, const Json& parameters, QObject* guard, Callback<Nothing> done)
{
    m_client.call<Nothing>(VarlinkClient::Acting, method, parameters, guard, std::move(done),
                           [](const Json&) { return Nothing{}; });
}

} // namespace diptych::client
