// Displays, volumes and memory: calls whose connection becomes a stream. A client names no path: what it sends and what
// it gets goes through its own connection.
#include "daemon/machine_calls.h"

#include <sys/socket.h>

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

namespace {

void openDisplay(Daemon& daemon, const CallPointer& call)
{
    Virtualization* virtualization = virtualizationOrAnswer(daemon, call);
    if (!virtualization)
        return;
    ActivityEntry activity = machineActivity(daemon, call, "openDisplay");
    using Opened = std::shared_ptr<Result<UniqueFd>>; // a descriptor can only be moved
    daemon.workers.run(
        [virtualization, id = parameterText(call->parameters(), "id")] {
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

/// An operation on our end of a socket pair, whose other end becomes the call's connection after the reply.
struct Stream
{
    const char* verb;
    Json reply; ///< besides "operation"
    bool holds; ///< nobody else changes the instance meanwhile
    std::function<Result<Json>(int ours, Progress& progress)> work;
};

void beginStream(Daemon& daemon, const CallPointer& call, const Stream& stream)
{
    auto pair = socketPair(SOCK_STREAM);
    if (!pair) {
        call->error(pair.error());
        return;
    }
    Operations::Job job;
    job.verb = stream.verb;
    job.subject = machineSubject(daemon, call->parameters());
    job.user = call->peer().uid;
    job.cancellable = true;
    if (stream.holds)
        job.instances = {parameterText(call->parameters(), "id")};
    auto ours = std::make_shared<UniqueFd>(std::move(pair->ours));
    job.work = [ours, work = stream.work](Progress& progress) {
        auto result = work(ours->get(), progress);
        ours->reset(); // whoever is at the other end learns that it is over
        return result;
    };
    job.finished = [&daemon, activity = machineActivity(daemon, call, stream.verb)](const Operation& operation,
                                                                                    int64_t ns) {
        daemon.recordOutcome(activity, operation.error ? Status(tl::unexpected<Error>(*operation.error)) : Status(),
                             ns);
    };
    Json reply = stream.reply;
    reply["operation"] = daemon.operations.begin(std::move(job));
    call->upgrade(reply, std::move(pair->theirs));
}

void uploadVolume(Daemon& daemon, const CallPointer& call)
{
    Virtualization* virtualization = virtualizationOrAnswer(daemon, call);
    if (!virtualization)
        return;
    auto size = call->parameters()["size"].get<int64_t>();
    if (size <= 0) {
        call->error(Error{Code::InvalidArgument, "a file has at least one byte", "size", 0});
        return;
    }
    beginStream(daemon, call,
                {"upload", Json::object(), false,
                 [virtualization, size, pool = parameterText(call->parameters(), "pool"),
                  name = parameterText(call->parameters(), "name")](int ours, Progress& progress) {
                     return virtualization->upload(pool, name, static_cast<uint64_t>(size), ours, progress);
                 }});
}

void downloadVolume(Daemon& daemon, const CallPointer& call)
{
    Virtualization* virtualization = virtualizationOrAnswer(daemon, call);
    if (!virtualization)
        return;
    std::string pool = parameterText(call->parameters(), "pool"), volume = parameterText(call->parameters(), "volume");
    daemon.workers.run([virtualization, pool, volume] { return virtualization->volumeSize(pool, volume); },
                       [&daemon, call, virtualization, pool, volume](const Result<uint64_t>& size) {
                           if (!size) {
                               call->error(size.error());
                               return;
                           }
                           if (!call->alive())
                               return;
                           beginStream(daemon, call,
                                       {"download",
                                        {{"size", *size}},
                                        false,
                                        [virtualization, pool, volume, bytes = *size](int ours, Progress& progress) {
                                            return virtualization->download(pool, volume, bytes, ours, progress);
                                        }});
                       });
}

void dumpMemory(Daemon& daemon, const CallPointer& call)
{
    Virtualization* virtualization = virtualizationOrAnswer(daemon, call);
    if (!virtualization)
        return;
    beginStream(daemon, call,
                {"dump",
                 {{"size", -1}},
                 true,
                 [virtualization, id = parameterText(call->parameters(), "id")](int ours, Progress& progress) {
                     return virtualization->dump(id, ours, progress);
                 }});
}

} // namespace

Status addMachineStreams(Daemon& daemon)
{
    auto handle = [&daemon](const char* method, void (*work)(Daemon&, const CallPointer&)) {
        return daemon.server.handle(method, Mode::Upgrade,
                                    [&daemon, work](const CallPointer& call) { work(daemon, call); });
    };
    TRY(handle("org.diptych.Storage.Upload", uploadVolume));
    TRY(handle("org.diptych.Storage.Download", downloadVolume));
    TRY(handle("org.diptych.Machines.Dump", dumpMemory));
    return handle("org.diptych.Machines.OpenDisplay", openDisplay);
}

} // namespace diptych
