// org.diptych.Machines, .Storage and .Networks: what each method is for the daemon; Virtualization does them.
#include "daemon/machine_calls.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

namespace {

enum class Way {
    Read,   ///< answers with what it finds
    Change, ///< over quickly: holds the instance, if it is about one, and is recorded
    Work    ///< an operation
};
struct Entry
{
    const char* method;
    Way way;
    const char* verb;
};

constexpr Entry entries[] = {
    {"Machines.GetXml", Way::Read, ""},
    {"Machines.DefineXml", Way::Change, "editXml"},
    {"Machines.GetHardware", Way::Read, ""},
    {"Machines.SetVcpus", Way::Change, "changeHardware"},
    {"Machines.SetTopology", Way::Change, "changeHardware"},
    {"Machines.SetCpuModel", Way::Change, "changeHardware"},
    {"Machines.SetPin", Way::Change, "changeHardware"},
    {"Machines.SetMemory", Way::Change, "changeHardware"},
    {"Machines.SetBoot", Way::Change, "changeHardware"},
    {"Machines.AddDevice", Way::Change, "changeHardware"},
    {"Machines.ChangeDevice", Way::Change, "changeHardware"},
    {"Machines.RemoveDevice", Way::Change, "changeHardware"},
    {"Machines.ResizeDisk", Way::Change, "changeHardware"},
    {"Machines.ListHostDevices", Way::Read, ""},
    {"Machines.AddHostDevice", Way::Change, "changeHardware"},
    {"Machines.AddHostCard", Way::Change, "changeHardware"},
    {"Machines.AddShare", Way::Change, "changeHardware"},
    {"Machines.SetNotes", Way::Change, "setNotes"},
    {"Machines.SetAutostart", Way::Change, "setAutostart"},
    {"Machines.Reset", Way::Change, "reset"},
    {"Machines.Save", Way::Work, "save"},
    {"Machines.DropSaved", Way::Change, "save"},
    {"Machines.ListSnapshots", Way::Read, ""},
    {"Machines.GetSnapshotPicture", Way::Read, ""},
    {"Machines.CreateSnapshot", Way::Work, "createSnapshot"},
    {"Machines.RevertSnapshot", Way::Work, "revertSnapshot"},
    {"Machines.DeleteSnapshot", Way::Work, "deleteSnapshot"},
    {"Machines.Clone", Way::Work, "clone"},
    {"Machines.CheckMigration", Way::Read, ""},
    {"Machines.Migrate", Way::Work, "migrate"},
    {"Machines.Create", Way::Work, "create"},
    {"Machines.BackUp", Way::Work, "backUp"},
    {"Machines.ListSystems", Way::Read, ""},
    {"Machines.Recognise", Way::Read, ""},
    {"Machines.ListUnattended", Way::Read, ""},
    {"GuestAgent.Get", Way::Read, ""},
    {"GuestAgent.SetClock", Way::Change, "setClock"},
    {"GuestAgent.SetPassword", Way::Change, "setPassword"},
    {"GuestAgent.ShutDown", Way::Change, "shutDown"},
    {"GuestAgent.Freeze", Way::Work, "freeze"},
    {"Storage.ListPools", Way::Read, ""},
    {"Storage.ListVolumes", Way::Read, ""},
    {"Storage.CreatePool", Way::Change, "createPool"},
    {"Storage.ListPoolTypes", Way::Read, ""},
    {"Storage.FindPoolSources", Way::Read, ""},
    {"Storage.ConnectPool", Way::Change, "createPool"},
    {"Storage.ChangePool", Way::Change, "changePool"},
    {"Storage.DeletePool", Way::Change, "deletePool"},
    {"Storage.DestroyPool", Way::Change, "destroyPool"},
    {"Storage.CreateVolume", Way::Change, "createVolume"},
    {"Storage.ResizeVolume", Way::Change, "resizeVolume"},
    {"Storage.CopyVolume", Way::Work, "copyVolume"},
    {"Storage.DeleteVolume", Way::Change, "deleteVolume"},
    {"Storage.GetPoolXml", Way::Read, ""},
    {"Storage.DefinePoolXml", Way::Change, "editXml"},
    {"Networks.List", Way::Read, ""},
    {"Networks.ListLeases", Way::Read, ""},
    {"Networks.Create", Way::Change, "createNetwork"},
    {"Networks.AddHost", Way::Change, "changeNetwork"},
    {"Networks.RemoveHost", Way::Change, "changeNetwork"},
    {"Networks.Change", Way::Change, "changeNetwork"},
    {"Networks.Delete", Way::Change, "deleteNetwork"},
    {"Networks.GetXml", Way::Read, ""},
    {"Networks.DefineXml", Way::Change, "editXml"},
};

/// Who does it, as Virtualization::call.
using Act = std::function<Result<Json>(const std::string& method, const Json& parameters, Progress& progress)>;

/// For methods that are no operation: nothing to tell, never cancelled.
struct Unheard final : Progress
{
    void report(std::string_view, double, std::string_view) override {}
    [[nodiscard]] bool cancelled() const override { return false; }
};

void read(Daemon& daemon, const CallPointer& call, const Act& act)
{
    daemon.workers.run(
        [act, method = call->method(), parameters = call->parameters()] {
            Unheard unheard;
            return act(method, parameters, unheard);
        },
        [call](const Result<Json>& result) {
            if (result)
                call->reply(*result);
            else
                call->error(result.error());
        });
}

void change(Daemon& daemon, const CallPointer& call, const Act& act, const Entry& entry)
{
    std::string id = parameterText(call->parameters(), "id");
    ActivityEntry activity = machineActivity(daemon, call, entry.verb);
    if (!id.empty() && !daemon.operations.hold(id)) {
        call->error(Error{Code::Busy, fmt::format("another operation holds {}", activity.subject), {}, 0});
        return;
    }
    daemon.workers.run(
        [act, method = call->method(), parameters = call->parameters()] {
            Unheard unheard;
            return act(method, parameters, unheard);
        },
        [&daemon, call, id, activity](const Result<Json>& result) {
            if (!id.empty()) {
                daemon.operations.release(id);
                daemon.registry.refresh(id);
            }
            daemon.recordOutcome(activity, result ? Status() : Status(tl::unexpected<Error>(result.error())));
            if (result)
                call->reply(*result);
            else
                call->error(result.error());
        });
}

void begin(Daemon& daemon, const CallPointer& call, const Act& act, const Entry& entry)
{
    std::string id = parameterText(call->parameters(), "id");
    Operations::Job job;
    job.verb = entry.verb;
    job.subject = machineSubject(daemon, call->parameters());
    if (!id.empty())
        job.instances = {id};
    job.user = call->peer().uid;
    job.cancellable = true;
    job.work = [act, method = call->method(), parameters = call->parameters()](Progress& progress) {
        return act(method, parameters, progress);
    };
    job.finished = [&daemon, id, activity = machineActivity(daemon, call, entry.verb)](const Operation& operation,
                                                                                       int64_t ns) {
        daemon.recordOutcome(activity, operation.error ? Status(tl::unexpected<Error>(*operation.error)) : Status(),
                             ns);
        if (!id.empty())
            daemon.registry.refresh(id);
    };
    call->reply({{"operation", daemon.operations.begin(std::move(job))}});
}

/// A move is between two; everything else is about one. Empty: the call was answered.
Act actOrAnswer(Daemon& daemon, const CallPointer& call)
{
    bool moves = call->method().ends_with(".Migrate") || call->method().ends_with(".CheckMigration");
    if (Connections* connections = daemon.services.connections.get(); moves && connections)
        return [connections](const std::string& method, const Json& parameters, Progress& progress) {
            return connections->move(method, parameters, progress);
        };
    Virtualization* one = virtualizationOrAnswer(daemon, call);
    if (!one)
        return {};
    return [one](const std::string& method, const Json& parameters, Progress& progress) {
        return one->call(method, parameters, progress);
    };
}

void run(Daemon& daemon, const CallPointer& call, const Entry& entry)
{
    const Act act = actOrAnswer(daemon, call);
    if (!act)
        return;
    switch (entry.way) {
    case Way::Read:
        read(daemon, call, act);
        break;
    case Way::Change:
        change(daemon, call, act, entry);
        break;
    case Way::Work:
        begin(daemon, call, act, entry);
        break;
    }
}

} // namespace

Status addMachinesApi(Daemon& daemon)
{
    for (const Entry& entry : entries)
        TRY(daemon.server.handle(std::string("org.diptych.") + entry.method, Mode::Plain,
                                 [&daemon, entry](const CallPointer& call) {
                                     daemon.registry.whenReady([&daemon, entry, call] { run(daemon, call, entry); });
                                 }));
    return addMachineStreams(daemon);
}

} // namespace diptych
