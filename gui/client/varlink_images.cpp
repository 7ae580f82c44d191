#include "client/varlink_images.h"

#include "client/decode_images.h"
#include "client/download.h"
#include "client/encode.h"
#include "client/upload.h"

namespace diptych::client {

namespace {

const auto ignored = [](const Json&) { return Nothing{}; };
Json with(Json parameters, Tls tls)
{
    if (tls)
        parameters["tlsVerify"] = *tls;
    return parameters;
}

const auto operationOf = [](const Json& json) { return text(json, "operation"); };

} // namespace

void VarlinkImages::inspect(const QString& reference, QObject* guard, Callback<ImageDetails> done)
{
    ask<ImageDetails>("org.diptych.Images.Inspect", {{"reference", encode(reference)}}, guard, std::move(done),
                      decodeDetails);
}

void VarlinkImages::listFiles(const QString& reference, const QString& digest, const QString& after, QObject* guard,
                              Callback<PathPage> done)
{
    Json parameters{{"reference", encode(reference)}, {"digest", encode(digest)}};
    if (!after.isEmpty())
        parameters["after"] = encode(after);
    ask<PathPage>("org.diptych.Images.ListFiles", parameters, guard, std::move(done), decodeFiles);
}

void VarlinkImages::changes(const QString& instance, QObject* guard, Callback<PathPage> done)
{
    ask<PathPage>("org.diptych.Instances.ListChanges", {{"id", encode(instance)}}, guard, std::move(done),
                  decodeChanges);
}

void VarlinkImages::tag(const QString& reference, const QString& newReference, QObject* guard, Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Images.Tag", {{"reference", encode(reference)}, {"newReference", encode(newReference)}},
                 guard, std::move(done), ignored);
}

void VarlinkImages::remove(const QString& reference, QObject* guard, Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Images.Delete", {{"reference", encode(reference)}}, guard, std::move(done), ignored);
}

void VarlinkImages::prune(bool dryRun, QObject* guard, Callback<PrunePlan> done)
{
    act<PrunePlan>("org.diptych.Images.Prune", {{"dryRun", dryRun}}, guard, std::move(done), decodePrune);
}

void VarlinkImages::listTags(const QString& repository, Tls tls, QObject* guard, Callback<QStringList> done)
{
    m_client.call<QStringList>(VarlinkClient::Remote, "org.diptych.Images.ListTags",
                               with({{"repository", encode(repository)}}, tls), guard, std::move(done),
                               [](const Json& json) { return texts(json, "tags"); });
}

void VarlinkImages::listPlatforms(const QString& reference, Tls tls, QObject* guard,
                                  Callback<QList<ImagePlatform>> done)
{
    m_client.call<QList<ImagePlatform>>(VarlinkClient::Remote, "org.diptych.Images.ListPlatforms",
                                        with({{"reference", encode(reference)}}, tls), guard, std::move(done),
                                        [](const Json& json) { return list(json, "platforms", decodePlatform); });
}

void VarlinkImages::pull(const QString& reference, Tls tls, const QString& platform, QObject* guard,
                         Callback<QString> operation)
{
    Json parameters = with({{"reference", encode(reference)}}, tls);
    if (!platform.isEmpty())
        parameters["platform"] = encode(platform);
    act<QString>("org.diptych.Images.Pull", parameters, guard, std::move(operation), operationOf);
}

void VarlinkImages::push(const QString& reference, const QString& destination, Tls tls, QObject* guard,
                         Callback<QString> operation)
{
    act<QString>("org.diptych.Images.Push",
                 with({{"reference", encode(reference)}, {"destination", encode(destination)}}, tls), guard,
                 std::move(operation), operationOf);
}

void VarlinkImages::registries(QObject* guard, Callback<QList<Registry>> done)
{
    ask<QList<Registry>>("org.diptych.Images.ListRegistries", {}, guard, std::move(done),
                         [](const Json& json) { return list(json, "registries", decodeRegistry); });
}

void VarlinkImages::login(const Credentials& credentials, Tls tls, QObject* guard, Callback<Nothing> done)
{
    m_client.call<Nothing>(VarlinkClient::Remote, "org.diptych.Images.Login",
                           with({{"registry", encode(credentials.registry)},
                                 {"username", encode(credentials.username)},
                                 {"password", encode(credentials.password)}},
                                tls),
                           guard, std::move(done), ignored);
}

void VarlinkImages::logout(const QString& registry, QObject* guard, Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Images.Logout", {{"registry", encode(registry)}}, guard, std::move(done), ignored);
}

void VarlinkImages::build(const QString& name, const QString& reference, const QString& suite,
                          const QStringList& packages, QObject* guard, Callback<QString> operation)
{
    Json parameters{{"template", encode(name)}, {"reference", encode(reference)}};
    if (!suite.isEmpty())
        parameters["suite"] = encode(suite);
    if (!packages.isEmpty())
        parameters["packages"] = encode(packages);
    act<QString>("org.diptych.Images.BuildTemplate", parameters, guard, std::move(operation), operationOf);
}

void VarlinkImages::exportImage(const QString& reference, ExportFormat format, QObject* guard,
                                Callback<QString> operation)
{
    const char* word = format == ExportFormat::DockerArchive ? "dockerArchive" : "ociArchive";
    act<QString>("org.diptych.Images.Export", {{"reference", encode(reference)}, {"format", word}}, guard,
                 std::move(operation), operationOf);
}

void VarlinkImages::commit(const QString& instance, const QString& reference, const QString& comment, QObject* guard,
                           Callback<QString> operation)
{
    Json parameters{{"instance", encode(instance)}, {"reference", encode(reference)}};
    if (!comment.isEmpty())
        parameters["comment"] = encode(comment);
    act<QString>("org.diptych.Images.Commit", parameters, guard, std::move(operation), operationOf);
}

void VarlinkImages::disks(QObject* guard, Callback<QList<Disk>> done)
{
    ask<QList<Disk>>("org.diptych.Disks.List", {}, guard, std::move(done),
                     [](const Json& json) { return list(json, "disks", decodeDisk); });
}

void VarlinkImages::removeDisk(const QString& name, QObject* guard, Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Disks.Delete", {{"name", encode(name)}}, guard, std::move(done), ignored);
}

static const char* wordOf(DiskFormat format)
{
    switch (format) {
    case DiskFormat::Ova:
        return "ova";
    case DiskFormat::Vmdk:
        return "vmdk";
    case DiskFormat::Vdi:
        return "vdi";
    case DiskFormat::Raw:
        return "raw";
    case DiskFormat::Qcow2:
        break;
    }
    return "qcow2";
}

void VarlinkImages::exportDisk(const QString& name, DiskFormat format, QObject* guard, Callback<QString> operation)
{
    act<QString>("org.diptych.Disks.Export", {{"name", encode(name)}, {"format", wordOf(format)}}, guard,
                 std::move(operation), operationOf);
}

void VarlinkImages::exportInstance(const QString& instance, DiskFormat format, QObject* guard,
                                   Callback<QString> operation)
{
    act<QString>("org.diptych.Disks.ExportInstance", {{"instance", encode(instance)}, {"format", wordOf(format)}},
                 guard, std::move(operation), operationOf);
}

std::unique_ptr<Transfer> VarlinkImages::import(const ImportRequest& request)
{
    return std::make_unique<Upload>(m_client.where(), request);
}

std::unique_ptr<Transfer> VarlinkImages::download(const QString& download, const QString& file)
{
    return std::make_unique<Download>(m_client.where(), "org.diptych.Images.Download",
                                      Json{{"download", encode(download)}}, file);
}

} // namespace diptych::client
