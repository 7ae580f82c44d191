// org.diptych.Images: registries, and what an instance wrote as an image.
#include "base/names.h"
#include "daemon/image_calls.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

static void listTags(Daemon& daemon, const CallPointer& call)
{
    auto repository = endpointOrAnswer(call, "repository");
    if (!repository)
        return;
    askImages(
        daemon, call, [where = *repository](ImageSource& source) { return source.tags(where); },
        [](const std::vector<std::string>& tags) {
            return Json{{"tags", tags}};
        });
}

static void listPlatforms(Daemon& daemon, const CallPointer& call)
{
    auto from = endpointOrAnswer(call, "reference");
    if (!from)
        return;
    askImages(
        daemon, call, [where = *from](ImageSource& source) { return source.platforms(where); },
        [](const std::vector<Platform>& platforms) {
            Json all = Json::array();
            for (const Platform& platform : platforms)
                all.push_back({{"name", toString(platform)},
                               {"host", platform.os == "linux" && platform.architecture == hostArchitecture()},
                               {"runs", platform.os == "linux" &&
                                            checkRuns(platform.architecture, Kind::Container).has_value()}});
            return Json{{"platforms", std::move(all)}};
        });
}

static void pull(Daemon& daemon, const CallPointer& call)
{
    auto from = endpointOrAnswer(call, "reference");
    if (!from)
        return;
    auto work = [from = *from](ImageSource& source, Progress& progress) -> Result<Json> {
        return madeJson(TRY(source.pull(from, progress)));
    };
    if (auto id = beginImageJob(daemon, call, {"pull", from->reference, {}, work}))
        call->reply({{"operation", *id}});
}

static void push(Daemon& daemon, const CallPointer& call)
{
    auto to = endpointOrAnswer(call, "destination");
    if (!to)
        return;
    auto reference = call->parameters()["reference"].get<std::string>();
    auto work = [reference, to = *to](ImageSource& source, Progress& progress) -> Result<Json> {
        TRY(source.push(reference, to, progress));
        return Json{{"reference", to.reference}};
    };
    if (auto id = beginImageJob(daemon, call, {"push", to->reference, {}, work}))
        call->reply({{"operation", *id}});
}

static void listRegistries(Daemon& daemon, const CallPointer& call)
{
    askImages(
        daemon, call, [](ImageSource& source) { return source.logins(); },
        [](const std::vector<images::Login>& logins) {
            Json all = Json::array();
            for (const images::Login& login : logins)
                all.push_back({{"name", login.registry}, {"username", login.username}});
            return Json{{"registries", std::move(all)}};
        });
}

static void login(Daemon& daemon, const CallPointer& call)
{
    const Json& parameters = call->parameters();
    images::Endpoint registry{parameters["registry"].get<std::string>(), {}};
    if (auto it = parameters.find("tlsVerify"); it != parameters.end() && it->is_boolean())
        registry.tlsVerify = it->get<bool>();
    auto username = parameters["username"].get<std::string>(), password = parameters["password"].get<std::string>();
    Status good;
    if (username.empty() || username[0] == '-' || username.find(':') != std::string::npos)
        good = failField("username", "a user's name is not empty, has no : and does not begin with -");
    else if (password.empty())
        good = failField("password", "a password is needed");
    if (!good) {
        call->error(good.error());
        return;
    }
    changeImages(daemon, call, "login", registry.reference, [registry, username, password](ImageSource& source) {
        return source.login(registry, username, password);
    });
}

static void logout(Daemon& daemon, const CallPointer& call)
{
    auto registry = call->parameters()["registry"].get<std::string>();
    changeImages(daemon, call, "logout", registry, [registry](ImageSource& source) { return source.logout(registry); });
}

/// Stands still while it is read, as podman and docker do it: a file that grows meanwhile can't be archived.
static Result<images::Image> commitPaused(Driver& driver, const Instance& instance, ImageSource& source,
                                          const std::string& reference, const std::string& comment, Progress& progress)
{
    WritableLayer layer = TRY(driver.writableLayer(instance.id));
    bool running = instance.state == State::Running;
    if (running)
        TRY(driver.pause(instance.id));
    auto image = source.commit(instance.spec.image, layer, reference, comment, progress);
    if (running)
        TRY(driver.resume(instance.id));
    return image;
}

static void commit(Daemon& daemon, const CallPointer& call)
{
    const Json& parameters = call->parameters();
    const Registry::Entry* entry = findOrAnswer(daemon, call, parameters["instance"].get<std::string>());
    if (!entry)
        return;
    auto reference = parameters["reference"].get<std::string>();
    if (auto good = checkImageReference(reference, "reference"); !good) {
        call->error(good.error());
        return;
    }
    auto comment = JsonReader(parameters).optionalString("comment").value_or(std::nullopt).value_or("");
    auto work = [driver = entry->driver, instance = entry->instance, reference,
                 comment](ImageSource& source, Progress& progress) -> Result<Json> {
        if (instance.spec.kind == Kind::Container)
            return madeJson(TRY(commitPaused(*driver, instance, source, reference, comment, progress)));
        const images::MachineDisk disk = TRY(diskOfMachine(*driver, instance));
        return madeJson(TRY(source.commitDisk(disk, instance.spec.image, reference, comment, progress)));
    };
    if (auto id = beginImageJob(daemon, call, {"commit", reference, {entry->instance.id}, work}))
        call->reply({{"operation", *id}});
}

static void listChanges(Daemon& daemon, const CallPointer& call)
{
    ImageSource* source = imagesOrAnswer(daemon, call);
    if (!source)
        return;
    ask(
        daemon, call,
        [source](Driver& driver, const std::string& id) -> Result<images::ChangePage> {
            return source->changes(TRY(driver.writableLayer(id)));
        },
        [](const images::ChangePage& page) {
            static constexpr const char* kinds[] = {"added", "changed", "deleted"};
            Json changes = Json::array();
            for (const images::Change& change : page.changes)
                changes.push_back({{"path", change.path},
                                   {"change", kinds[static_cast<size_t>(change.kind)]},
                                   {"directory", change.directory},
                                   {"size", change.size}});
            return Json{{"changes", std::move(changes)}, {"more", page.more}};
        });
}

Status addImageExchangeApi(Daemon& daemon)
{
    auto handle = [&daemon](const char* method, void (*work)(Daemon&, const CallPointer&), Mode mode = Mode::Plain) {
        return daemon.server.handle(method, mode, [&daemon, work](const CallPointer& call) { work(daemon, call); });
    };
    TRY(handle("org.diptych.Images.ListTags", listTags, Mode::Waiting));
    TRY(handle("org.diptych.Images.ListPlatforms", listPlatforms, Mode::Waiting));
    TRY(handle("org.diptych.Images.Pull", pull));
    TRY(handle("org.diptych.Images.Push", push));
    TRY(handle("org.diptych.Images.ListRegistries", listRegistries));
    TRY(handle("org.diptych.Images.Login", login, Mode::Waiting));
    TRY(handle("org.diptych.Images.Logout", logout));
    TRY(handle("org.diptych.Images.Commit", commit));
    return handle("org.diptych.Instances.ListChanges", listChanges);
}

} // namespace diptych
