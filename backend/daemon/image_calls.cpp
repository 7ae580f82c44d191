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
                           daemon.recordOutcome(entry, changed);
                           daemon.imagesChanged.changed("");
                           if (changed)
                               call->reply();
                           else
                               call->error(changed.error());
                       });
}

std::optional<std::string> beginImageJob(Daemon& daemon, const CallPointer& call, ImageJob wanted)
{
    ImageSource* source = imagesOrAnswer(daemon, call);
    if (!source)
        return {};
    Operations::Job job;
    job.verb = wanted.verb;
    job.subject = wanted.subject;
    job.instances = std::move(wanted.instances);
    job.user = call->peer().uid;
    job.cancellable = true;
    job.work = [source, work = std::move(wanted.work)](Progress& progress) { return work(*source, progress); };
    ActivityEntry entry = daemon.entryFor(*call, wanted.verb);
    entry.subject = wanted.subject;
    job.finished = [&daemon, entry](const Operation& operation, int64_t ns) {
        daemon.recordOutcome(entry, operation.error ? Status(tl::unexpected<Error>(*operation.error)) : Status(), ns);
        daemon.imagesChanged.changed("");
    };
    return daemon.operations.begin(std::move(job));
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
    return endpoint;
}

} // namespace diptych
