// org.diptych.Images: what is there, what is in it, and its end. api_image_exchange.cpp has the roads in and out.
#include "base/names.h"
#include "daemon/image_calls.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;
using ImageList = Result<std::vector<images::Image>>;

static void sendList(Daemon& daemon, const CallPointer& call, bool stream)
{
    ImageSource* source = imagesOrAnswer(daemon, call);
    if (!source)
        return;
    daemon.workers.run([source] { return source->list(); },
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
    JsonReader reader(call->parameters());
    BuildRequest request;
    request.name = call->parameters()["template"].get<std::string>();
    request.reference = call->parameters()["reference"].get<std::string>();
    request.suite = reader.optionalString("suite").value_or(std::nullopt).value_or("");
    request.packages = reader.optionalStrings("packages").value_or(std::vector<std::string>());
    if (auto good = checkImageReference(request.reference, "reference"); !good) {
        call->error(good.error());
        return;
    }
    auto work = [request](ImageSource& source, Progress& progress) -> Result<Json> {
        return madeJson(TRY(source.build(request, progress)));
    };
    if (auto id = beginImageJob(daemon, call, {"buildImage", request.reference, {}, work}))
        call->reply({{"operation", *id}});
}

static void removeImage(Daemon& daemon, const CallPointer& call, const images::Image& image)
{
    auto users = usersOf(daemon, image);
    if (users.empty()) {
        changeImages(daemon, call, "deleteImage", image.reference,
                     [reference = image.reference](ImageSource& source) { return source.remove(reference); });
        return;
    }
    ActivityEntry entry = daemon.entryFor(*call, "deleteImage");
    entry.subject = image.reference;
    Status busy = fail(Code::Busy, fmt::format("{} {} {}", users.size(),
                                               users.size() == 1 ? "instance uses" : "instances use", image.reference));
    daemon.recordOutcome(entry, busy);
    call->error(busy.error());
}

static void findAndRemove(Daemon& daemon, const CallPointer& call)
{
    auto reference = call->parameters()["reference"].get<std::string>();
    ImageSource* source = imagesOrAnswer(daemon, call);
    if (!source)
        return;
    daemon.workers.run([source, reference] { return source->find(reference); },
                       [&daemon, call](Result<images::Image> image) {
                           if (image)
                               removeImage(daemon, call, *image);
                           else
                               call->error(image.error());
                       });
}

static void listTemplates(Daemon& daemon, const CallPointer& call)
{
    askImages(
        daemon, call, [](ImageSource& source) { return Result<std::vector<Template>>(source.templates()); },
        [](const std::vector<Template>& all) {
            Json array = Json::array();
            for (const Template& one : all)
                array.push_back({{"name", one.name},
                                 {"description", one.description},
                                 {"available", one.available},
                                 {"reason", one.reason}});
            return Json{{"templates", std::move(array)}};
        });
}

static Json stepJson(const images::Step& step)
{
    return {{"createdBy", step.createdBy},  {"comment", step.comment}, {"createdAt", step.createdAt},
            {"digest", step.digest},        {"size", step.size},       {"unpacked", step.unpacked},
            {"sharedWith", step.sharedWith}};
}

static void inspect(Daemon& daemon, const CallPointer& call)
{
    askImages(
        daemon, call,
        [reference = call->parameters()["reference"].get<std::string>()](ImageSource& source) {
            return source.inspect(reference);
        },
        [&daemon](const images::Inspection& seen) {
            Json history = Json::array();
            for (const images::Step& step : seen.history)
                history.push_back(stepJson(step));
            return Json{{"image", imageJson(daemon, seen.image)},
                        {"history", std::move(history)},
                        {"config", seen.config},
                        {"manifest", seen.manifest}};
        });
}

static Json filesJson(const images::FilePage& page)
{
    static constexpr const char* kinds[] = {"file", "directory", "link", "deleted", "other"};
    Json files = Json::array();
    for (const images::FileEntry& file : page.files)
        files.push_back({{"path", file.path},
                         {"kind", kinds[static_cast<size_t>(file.kind)]},
                         {"size", file.size},
                         {"mode", file.mode},
                         {"target", file.target}});
    return {{"files", std::move(files)}, {"more", page.more}};
}

static void listFiles(Daemon& daemon, const CallPointer& call)
{
    const Json& parameters = call->parameters();
    auto after = JsonReader(parameters).optionalString("after").value_or(std::nullopt).value_or("");
    askImages(
        daemon, call,
        [reference = parameters["reference"].get<std::string>(), digest = parameters["digest"].get<std::string>(),
         after](ImageSource& source) { return source.files(reference, digest, after); },
        filesJson);
}

static void tag(Daemon& daemon, const CallPointer& call)
{
    auto reference = call->parameters()["reference"].get<std::string>();
    auto newReference = call->parameters()["newReference"].get<std::string>();
    changeImages(daemon, call, "tagImage", newReference, [reference, newReference](ImageSource& source) -> Status {
        TRY(source.tag(reference, newReference));
        return {};
    });
}

namespace {
struct Unused
{
    std::vector<images::Image> images;
    std::vector<std::string> references, kept;
};
} // namespace

static Unused unusedOf(const Daemon& daemon, std::vector<images::Image> all)
{
    Unused unused;
    for (images::Image& image : all) {
        if (!usersOf(daemon, image).empty()) {
            unused.kept.push_back(image.reference);
            continue;
        }
        unused.references.push_back(image.reference);
        unused.images.push_back(std::move(image));
    }
    return unused;
}

static void pruneList(Daemon& daemon, const CallPointer& call, const Unused& unused, bool dryRun)
{
    ActivityEntry entry = daemon.entryFor(*call, "pruneImages");
    entry.subject = fmt::format("{}", fmt::join(unused.references, ", "));
    Json garbage = Json::array();
    for (const images::Image& image : unused.images)
        garbage.push_back({{"reference", image.reference}, {"digest", image.digest}, {"bytes", image.size}});
    auto work = [source = daemon.services.images.get(), references = unused.references, dryRun]() -> Result<uint64_t> {
        uint64_t bytes = TRY(source->freedBy(references));
        for (const std::string& reference : references)
            if (!dryRun)
                TRY(source->remove(reference));
        return bytes;
    };
    daemon.workers.run(work, [&daemon, call, entry, garbage, kept = unused.kept, dryRun](Result<uint64_t> bytes) {
        if (!dryRun) {
            daemon.recordOutcome(entry, bytes ? Status() : Status(tl::unexpected<Error>(bytes.error())));
            daemon.imagesChanged.changed("");
        }
        if (bytes)
            call->reply({{"images", garbage}, {"kept", kept}, {"bytes", *bytes}});
        else
            call->error(bytes.error());
    });
}

static void prune(Daemon& daemon, const CallPointer& call)
{
    ImageSource* source = imagesOrAnswer(daemon, call);
    if (!source)
        return;
    bool dryRun = call->parameters()["dryRun"].get<bool>();
    daemon.workers.run([source] { return source->list(); },
                       [&daemon, call, dryRun](ImageList all) {
                           if (all)
                               pruneList(daemon, call, unusedOf(daemon, std::move(*all)), dryRun);
                           else
                               call->error(all.error());
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
    TRY(handle("org.diptych.Images.Inspect", Mode::Plain, inspect));
    TRY(handle("org.diptych.Images.ListFiles", Mode::Plain, listFiles));
    TRY(handle("org.diptych.Images.Tag", Mode::Plain, tag));
    TRY(handle("org.diptych.Images.Prune", Mode::Plain, prune));
    return handle("org.diptych.Images.Delete", Mode::Plain, findAndRemove);
}

} // namespace diptych
