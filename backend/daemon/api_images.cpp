// org.diptych.Images
#include "base/names.h"
#include "daemon/daemon.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;
using ImageList = Result<std::vector<images::Image>>;

static bool sameReference(const std::string& used, const std::string& stored)
{
    return used == stored || used + ":latest" == stored;
}

static std::vector<std::string> usersOf(const Daemon& daemon, const images::Image& image)
{
    std::vector<std::string> ids;
    for (const auto& [id, entry] : daemon.registry.all()) {
        const std::string& used = entry.instance.spec.image;
        if (!used.empty() && (sameReference(used, image.reference) || used == image.digest))
            ids.push_back(id);
    }
    return ids;
}

static Json imageJson(const Daemon& daemon, const images::Image& image)
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

static Error noStore(const Daemon& daemon)
{
    return Error{Code::NotSupported, "there is no image store: " + daemon.services.imagesProblem, {}, 0};
}

static void sendList(Daemon& daemon, const CallPointer& call, bool stream)
{
    if (!daemon.services.images) {
        call->error(noStore(daemon));
        return;
    }
    daemon.workers.run([source = daemon.services.images.get()] { return source->list(); },
                       [&daemon, call, stream](ImageList list) {
                           if (!list) {
                               call->error(list.error());
                               return;
                           }
                           Json all = Json::array();
                           for (const images::Image& image : *list)
                               all.push_back(imageJson(daemon, image));
                           if (stream)
                               call->stream({{"images", std::move(all)}});
                           else
                               call->reply({{"images", std::move(all)}});
                       });
}

static void build(Daemon& daemon, const CallPointer& call)
{
    auto name = call->parameters()["template"].get<std::string>();
    auto reference = call->parameters()["reference"].get<std::string>();
    if (auto good = checkImageReference(reference, "reference"); !good) {
        call->error(good.error());
        return;
    }
    if (!daemon.services.images) {
        call->error(noStore(daemon));
        return;
    }
    Operations::Job job;
    job.verb = "buildImage";
    job.subject = reference;
    job.user = call->peer().uid;
    job.cancellable = true;
    job.work = [source = daemon.services.images.get(), name, reference](Progress& progress) -> Result<Json> {
        images::Image image = TRY(source->build(name, reference, progress));
        return Json{{"reference", image.reference}, {"digest", image.digest}};
    };
    ActivityEntry entry = daemon.entryFor(*call, "buildImage");
    entry.subject = reference;
    job.finished = [&daemon, entry](const Operation& operation, int64_t ns) {
        daemon.recordOutcome(entry, operation.error ? Status(tl::unexpected<Error>(*operation.error)) : Status(), ns);
        daemon.imagesChanged.changed("");
    };
    call->reply({{"operation", daemon.operations.begin(std::move(job))}});
}

static void removeImage(Daemon& daemon, const CallPointer& call, const images::Image& image)
{
    ActivityEntry entry = daemon.entryFor(*call, "deleteImage");
    entry.subject = image.reference;
    auto users = usersOf(daemon, image);
    if (!users.empty()) {
        Status busy = fail(Code::Busy, fmt::format("{} instances use {}", users.size(), image.reference));
        daemon.recordOutcome(entry, busy);
        call->error(busy.error());
        return;
    }
    daemon.workers.run(
        [source = daemon.services.images.get(), reference = image.reference] { return source->remove(reference); },
        [&daemon, call, entry](Status removed) {
            daemon.recordOutcome(entry, removed);
            daemon.imagesChanged.changed("");
            if (removed)
                call->reply();
            else
                call->error(removed.error());
        });
}

static void findAndRemove(Daemon& daemon, const CallPointer& call)
{
    auto reference = call->parameters()["reference"].get<std::string>();
    if (!daemon.services.images) {
        call->error(noStore(daemon));
        return;
    }
    daemon.workers.run([source = daemon.services.images.get(), reference] { return source->find(reference); },
                       [&daemon, call](Result<images::Image> image) {
                           if (image)
                               removeImage(daemon, call, *image);
                           else
                               call->error(image.error());
                       });
}

static void listTemplates(Daemon& daemon, const CallPointer& call)
{
    if (!daemon.services.images) {
        call->error(noStore(daemon));
        return;
    }
    daemon.workers.run([source = daemon.services.images.get()] { return source->templates(); },
                       [call](std::vector<Template> all) {
                           Json array = Json::array();
                           for (const Template& one : all)
                               array.push_back({{"name", one.name},
                                                {"description", one.description},
                                                {"available", one.available},
                                                {"reason", one.reason}});
                           call->reply({{"templates", std::move(array)}});
                       });
}

Status addImagesApi(Daemon& daemon)
{
    auto handle = [&daemon](const char* method, Mode mode, void (*work)(Daemon&, const CallPointer&)) {
        return daemon.server.handle(method, mode, [&daemon, work](const CallPointer& call) { work(daemon, call); });
    };
    TRY(handle("org.diptych.Images.List", Mode::Plain,
               [](Daemon& d, const CallPointer& call) { sendList(d, call, false); }));
    TRY(handle("org.diptych.Images.Subscribe", Mode::Stream, [](Daemon& d, const CallPointer& call) {
        sendList(d, call, true);
        d.imagesChanged.add(call, [&d](const CallPointer& to, const std::set<std::string>&) { sendList(d, to, true); });
    }));
    TRY(handle("org.diptych.Images.ListTemplates", Mode::Plain, listTemplates));
    TRY(handle("org.diptych.Images.BuildTemplate", Mode::Plain, build));
    return handle("org.diptych.Images.Delete", Mode::Plain, findAndRemove);
}

} // namespace diptych
