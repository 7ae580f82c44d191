// org.diptych.Machines, .Storage and .Networks: what each method is for the daemon; Virtualization does them.
#include "daemon/daemon.h"

#include <sys/socket.h>

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
    {"Machines.SetMemory", Way::Change, "changeHardware"},
    {"Machines.SetBoot", Way::Change, "changeHardware"},
    {"Machines.AddDevice", Way::Change, "changeHardware"},
    {"Machines.ChangeDevice", Way::Change, "changeHardware"},
    {"Machines.RemoveDevice", Way::Change, "changeHardware"},
    {"Machines.ResizeDisk", Way::Change, "changeHardware"},
    {"Machines.SetAutostart", Way::Change, "setAutostart"},
    {"Machines.Reset", Way::Change, "reset"},
    {"Machines.Save", Way::Work, "save"},
    {"Machines.DropSaved", Way::Change, "save"},
    {"Machines.ListSnapshots", Way::Read, ""},
    {"Machines.CreateSnapshot", Way::Work, "createSnapshot"},
    {"Machines.RevertSnapshot", Way::Work, "revertSnapshot"},
    {"Machines.DeleteSnapshot", Way::Work, "deleteSnapshot"},
    {"Machines.Clone", Way::Work, "clone"},
    {"Machines.Create", Way::Work, "create"},
    {"Storage.ListPools", Way::Read, ""},
    {"Storage.ListVolumes", Way::Read, ""},
    {"Storage.CreatePool", Way::Change, "createPool"},
    {"Storage.ChangePool", Way::Change, "changePool"},
    {"Storage.DeletePool", Way::Change, "deletePool"},
    {"Storage.CreateVolume", Way::Change, "createVolume"},
    {"Storage.ResizeVolume", Way::Change, "resizeVolume"},
    {"Storage.CopyVolume", Way::Work, "copyVolume"},
    {"Storage.DeleteVolume", Way::Change, "deleteVolume"},
    {"Networks.List", Way::Read, ""},
    {"Networks.ListLeases", Way::Read, ""},
    {"Networks.Create", Way::Change, "createNetwork"},
    {"Networks.Change", Way::Change, "changeNetwork"},
    {"Networks.Delete", Way::Change, "deleteNetwork"},
};

/// For methods that are no operation: nothing to tell, never cancelled.
struct Unheard final : Progress
{
    void report(std::string_view, double, std::string_view) override {}
    [[nodiscard]] bool cancelled() const override { return false; }
};

Virtualization* virtualizationOrAnswer(Daemon& daemon, const CallPointer& call)
{
    Virtualization* found = daemon.services.virtualization.get();
    if (!found)
        call->error(Error{Code::NotSupported, "this helper has no libvirt", {}, 0});
    return found;
}

std::string textOf(const Json& parameters, const char* key)
{
    auto it = parameters.find(key);
    return it != parameters.end() && it->is_string() ? it->get<std::string>() : std::string();
}

/// What the history and the list of work call it.
std::string subjectOf(const Daemon& daemon, const Json& parameters)
{
    if (const Registry::Entry* found = daemon.registry.find(textOf(parameters, "id")))
        return found->instance.spec.name;
    std::string name = textOf(parameters, "name");
    if (auto spec = parameters.find("spec"); name.empty() && spec != parameters.end() && spec->is_object())
        name = textOf(*spec, "name");
    std::string pool = textOf(parameters, "pool"), volume = textOf(parameters, "volume");
    if (!pool.empty())
        return fmt::format("{}/{}", pool, volume.empty() ? name : volume);
    return name.empty() ? textOf(parameters, "id") : name;
}

ActivityEntry activityOf(Daemon& daemon, const CallPointer& call, const Entry& entry)
{
    ActivityEntry activity = daemon.entryFor(*call, entry.verb);
    activity.instance = textOf(call->parameters(), "id");
    activity.subject = subjectOf(daemon, call->parameters());
    if (daemon.registry.find(activity.instance))
        activity.kind = toString(Kind::Machine);
    return activity;
}

void read(Daemon& daemon, const CallPointer& call, Virtualization& virtualization)
{
    daemon.workers.run(
        [&virtualization, method = call->method(), parameters = call->parameters()] {
            Unheard unheard;
            return virtualization.call(method, parameters, unheard);
        },
        [call](const Result<Json>& result) {
            if (result)
                call->reply(*result);
            else
                call->error(result.error());
        });
}

void change(Daemon& daemon, const CallPointer& call, Virtualization& virtualization, const Entry& entry)
{
    std::string id = textOf(call->parameters(), "id");
    ActivityEntry activity = activityOf(daemon, call, entry);
    if (!id.empty() && !daemon.operations.hold(id)) {
        call->error(Error{Code::Busy, fmt::format("another operation holds {}", activity.subject), {}, 0});
        return;
    }
    daemon.workers.run(
        [&virtualization, method = call->method(), parameters = call->parameters()] {
            Unheard unheard;
            return virtualization.call(method, parameters, unheard);
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

void begin(Daemon& daemon, const CallPointer& call, Virtualization& virtualization, const Entry& entry)
{
    std::string id = textOf(call->parameters(), "id");
    Operations::Job job;
    job.verb = entry.verb;
    job.subject = subjectOf(daemon, call->parameters());
    if (!id.empty())
        job.instances = {id};
    job.user = call->peer().uid;
    job.cancellable = true;
    job.work = [&virtualization, method = call->method(), parameters = call->parameters()](Progress& progress) {
        return virtualization.call(method, parameters, progress);
    };
    job.finished = [&daemon, id, activity = activityOf(daemon, call, entry)](const Operation& operation, int64_t ns) {
        daemon.recordOutcome(activity, operation.error ? Status(tl::unexpected<Error>(*operation.error)) : Status(),
                             ns);
        if (!id.empty())
            daemon.registry.refresh(id);
    };
    call->reply({{"operation", daemon.operations.begin(std::move(job))}});
}

void run(Daemon& daemon, const CallPointer& call, const Entry& entry)
{
    Virtualization* virtualization = virtualizationOrAnswer(daemon, call);
    if (!virtualization)
        return;
    switch (entry.way) {
    case Way::Read:
        read(daemon, call, *virtualization);
        break;
    case Way::Change:
        change(daemon, call, *virtualization, entry);
        break;
    case Way::Work:
        begin(daemon, call, *virtualization, entry);
        break;
    }
}

void openDisplay(Daemon& daemon, const CallPointer& call)
{
    Virtualization* virtualization = virtualizationOrAnswer(daemon, call);
    if (!virtualization)
        return;
    ActivityEntry activity = activityOf(daemon, call, {"", Way::Change, "openDisplay"});
    using Opened = std::shared_ptr<Result<UniqueFd>>; // a descriptor can only be moved
    daemon.workers.run(
        [virtualization, id = textOf(call->parameters(), "id")] {
            return std::make_shared<Result<UniqueFd>>(virtualization->openDisplay(id));
        },
        [&daemon, call, activity](const Opened& opened) {
            daemon.recordOutcome(activity, *opened ? Status() : Status(tl::unexpected<Error>(opened->error())));
            if (!*opened)
                call->error(opened->error());
            else if (call->alive())
                call->upgrade(Json::object(), std::move(**opened));
        });
}

void upload(Daemon& daemon, const CallPointer& call)
{
    Virtualization* virtualization = virtualizationOrAnswer(daemon, call);
    if (!virtualization)
        return;
    auto size = call->parameters()["size"].get<int64_t>();
    auto pair = socketPair(SOCK_STREAM);
    if (size <= 0 || !pair) {
        call->error(pair ? Error{Code::InvalidArgument, "a file has at least one byte", "size", 0} : pair.error());
        return;
    }
    Operations::Job job;
    job.verb = "upload";
    job.subject = subjectOf(daemon, call->parameters());
    job.user = call->peer().uid;
    job.cancellable = true;
    auto ours = std::make_shared<UniqueFd>(std::move(pair->ours));
    job.work = [virtualization, ours, size, pool = textOf(call->parameters(), "pool"),
                name = textOf(call->parameters(), "name")](Progress& progress) {
        auto result = virtualization->upload(pool, name, static_cast<uint64_t>(size), ours->get(), progress);
        ours->reset(); // whoever still sends learns that nobody reads any more
        return result;
    };
    ActivityEntry activity = activityOf(daemon, call, {"", Way::Work, "upload"});
    job.finished = [&daemon, activity](const Operation& operation, int64_t ns) {
        daemon.recordOutcome(activity, operation.error ? Status(tl::unexpected<Error>(*operation.error)) : Status(),
                             ns);
    };
    std::string id = daemon.operations.begin(std::move(job));
    call->upgrade({{"operation", id}}, std::move(pair->theirs));
}

} // namespace

Status addMachinesApi(Daemon& daemon)
{
    for (const Entry& entry : entries)
        TRY(daemon.server.handle(std::string("org.diptych.") + entry.method, Mode::Plain,
                                 [&daemon, entry](const CallPointer& call) {
                                     daemon.registry.whenReady([&daemon, entry, call] { run(daemon, call, entry); });
                                 }));
    TRY(daemon.server.handle("org.diptych.Storage.Upload", Mode::Upgrade,
                             [&daemon](const CallPointer& call) { upload(daemon, call); }));
    return daemon.server.handle("org.diptych.Machines.OpenDisplay", Mode::Upgrade,
                                [&daemon](const CallPointer& call) { openDisplay(daemon, call); });
}

} // namespace diptych
