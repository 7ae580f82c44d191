#include "daemon/image_calls.h"

#include "base/names.h"

namespace diptych {

using varlink::CallPointer;

static bool sameReference(const std::string& used, const std::string& stored)
{
    return used == stored || used + ":latest" == stored;
}

ImageSource* imagesOrAnswer(Daemon& daemon, const CallPointer& call)
{
    ImageSource* source = daemon.services.images.get();
    if (!source)
        call->error(Error{Code::NotSupported, "there is no image store: " + daemon.services.imagesProblem, {}, 0});
    return source;
}

std::vector<std::string> usersOf(const Daemon& daemon, const images::Image& image)
{
    std::vector<std::string> ids;
    for (const auto& [id, entry] : daemon.registry.all()) {
        const std::string& used = entry.instance.spec.image;
        if (!used.empty() && (sameReference(used, image.reference) || used == image.digest))
            ids.push_back(id);
    }
    return ids;
}

Json imageJson(const Daemon& daemon, const images::Image& image)
{
    Json layers = Json::array();
    for (const images::Layer& layer : image.layers)
        layers.push_back({{"digest", layer.digest}, {"diffId", layer.diffId}, {"size", layer.size}});
    return {{"reference", image.reference},
            {"digest", image.digest},
            {"size", image.size},
            {"createdAt", image.createdAt},
            {"architecture", image.config.architecture},
            {"entrypoint", image.config.entrypoint},
            {"command", image.config.command},
            {"environment", image.config.environment},
            {"user", image.config.user},
            {"workingDirectory", image.config.workingDirectory},
            {"exposedPorts", image.config.exposedPorts},
            {"layers", std::move(layers)},
            {"usedBy", usersOf(daemon, image)}};
}

void answerChange(Daemon& daemon, const CallPointer& call, const ActivityEntry& entry, const Status& changed)
{
    daemon.recordOutcome(entry, changed);
    if (changed)
        call->reply();
    else
        call->error(changed.error());
}

void changeImages(Daemon& daemon, const CallPointer& call, const std::string& verb, const std::string& subject,
                  std::function<Status(ImageSource&)> work)
{
    ImageSource* source = imagesOrAnswer(daemon, call);
    if (!source)
        return;
    ActivityEntry entry = daemon.entryFor(*call, verb);
    entry.subject = subject;
    daemon.workers.run([source, work = std::move(work)] { return work(*source); },
                       [&daemon, call, entry](const Status& changed) {
                           daemon.imagesChanged.changed("");
                           answerChange(daemon, call, entry, changed);
                       });
}

std::string beginTask(Daemon& daemon, const CallPointer& call, Task task, std::function<void()> after)
{
    Operations::Job job;
    job.verb = task.verb;
    job.subject = task.subject;
    job.instances = std::move(task.instances);
    job.user = call->peer().uid;
    job.cancellable = true;
    job.work = std::move(task.work);
    ActivityEntry entry = daemon.entryFor(*call, task.verb);
    entry.subject = task.subject;
    job.finished = [&daemon, entry, after = std::move(after)](const Operation& operation, int64_t ns) {
        daemon.recordOutcome(entry, operation.error ? Status(tl::unexpected<Error>(*operation.error)) : Status(), ns);
        if (after)
            after();
    };
    return daemon.operations.begin(std::move(job));
}

std::optional<std::string> beginImageJob(Daemon& daemon, const CallPointer& call, ImageJob wanted)
{
    ImageSource* source = imagesOrAnswer(daemon, call);
    if (!source)
        return {};
    auto work = [source, work = std::move(wanted.work)](Progress& progress) { return work(*source, progress); };
    return beginTask(daemon, call, {wanted.verb, wanted.subject, std::move(wanted.instances), std::move(work)},
                     [&daemon] { daemon.imagesChanged.changed(""); });
}

Result<images::MachineDisk> diskOfMachine(Driver& driver, const Instance& instance)
{
    if (instance.state != State::Stopped)
        return fail(Code::WrongState,
                    fmt::format("{} is not off: what it writes meanwhile would be torn", instance.spec.name));
    const Json facts = TRY(driver.hostFacts(instance.id)).value("disk", Json::object());
    for (const Json& disk : facts.value("disks", Json::array())) {
        if (disk.value("device", "disk") != "disk" || disk.value("path", "").empty())
            continue;
        images::MachineDisk found{disk.value("path", ""), disk.value("format", "raw"), {}};
        // A twin's disk is an overlay of a raw file; others' chains are as their own headers say.
        if (instance.managed)
            found.base = disk.value("backing", "");
        return found;
    }
    return fail(Code::NotSupported, fmt::format("{} has no disk in a file", instance.spec.name));
}

Json madeJson(const images::Image& image)
{
    return {{"reference", image.reference}, {"digest", image.digest}};
}

std::optional<images::Endpoint> endpointOrAnswer(const CallPointer& call, const char* parameter)
{
    images::Endpoint endpoint{call->parameters()[parameter].get<std::string>(), {}};
    if (auto good = checkImageReference(endpoint.reference, parameter); !good) {
        call->error(good.error());
        return {};
    }
    if (auto it = call->parameters().find("tlsVerify"); it != call->parameters().end() && it->is_boolean())
        endpoint.tlsVerify = it->get<bool>();
    if (auto it = call->parameters().find("platform"); it != call->parameters().end() && it->is_string()) {
        endpoint.platform = it->get<std::string>();
        if (auto good = parsePlatform(endpoint.platform); !good) {
            call->error(good.error());
            return {};
        }
    }
    return endpoint;
}

} // namespace diptych
