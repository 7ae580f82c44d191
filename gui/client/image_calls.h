// What can be asked about and done with images. An older helper answers MethodNotFound, which errorText() explains.
#pragma once

#include "client/client.h"
#include "client/image_types.h"
#include "client/transfer.h"

namespace diptych::client {

class ImageCalls
{
public:
    ImageCalls() = default;
    virtual ~ImageCalls() = default;
    Q_DISABLE_COPY_MOVE(ImageCalls)

    virtual void inspect(const QString& reference, QObject* guard, Callback<ImageDetails> done) = 0;
    /// after: the last path of the page before.
    virtual void listFiles(const QString& reference, const QString& digest, const QString& after, QObject* guard,
                           Callback<PathPage> done) = 0;
    virtual void changes(const QString& instance, QObject* guard, Callback<PathPage> done) = 0;
    virtual void tag(const QString& reference, const QString& newReference, QObject* guard, Callback<Nothing> done) = 0;
    virtual void remove(const QString& reference, QObject* guard, Callback<Nothing> done) = 0;
    virtual void prune(bool dryRun, QObject* guard, Callback<PrunePlan> done) = 0;

    virtual void listTags(const QString& repository, Tls tls, QObject* guard, Callback<QStringList> done) = 0;
    virtual void listPlatforms(const QString& reference, Tls tls, QObject* guard,
                               Callback<QList<ImagePlatform>> done) = 0;
    /// platform empty: that of the helper's machine.
    virtual void pull(const QString& reference, Tls tls, const QString& platform, QObject* guard,
                      Callback<QString> operation) = 0;
    virtual void push(const QString& reference, const QString& destination, Tls tls, QObject* guard,
                      Callback<QString> operation) = 0;
    virtual void registries(QObject* guard, Callback<QList<Registry>> done) = 0;
    virtual void login(const Credentials& credentials, Tls tls, QObject* guard, Callback<Nothing> done) = 0;
    virtual void logout(const QString& registry, QObject* guard, Callback<Nothing> done) = 0;

    /// suite empty: the template's own.
    virtual void build(const QString& name, const QString& reference, const QString& suite, const QStringList& packages,
                       QObject* guard, Callback<QString> operation) = 0;
    virtual void exportImage(const QString& reference, ExportFormat format, QObject* guard,
                             Callback<QString> operation) = 0;
    virtual void commit(const QString& instance, const QString& reference, const QString& comment, QObject* guard,
                        Callback<QString> operation) = 0;

    virtual void disks(QObject* guard, Callback<QList<Disk>> done) = 0;
    virtual void removeDisk(const QString& name, QObject* guard, Callback<Nothing> done) = 0;
    virtual void exportDisk(const QString& name, DiskFormat format, QObject* guard, Callback<QString> operation) = 0;
    /// A virtual machine, or what a container is as a disk.
    virtual void exportInstance(const QString& instance, DiskFormat format, QObject* guard,
                                Callback<QString> operation) = 0;

    /// Sends a file; nothing happens before start(). Owned by the caller.
    virtual std::unique_ptr<Transfer> import(const ImportRequest& request) = 0;
    /// Fetches what an export left at the helper into a file, written beside it and renamed when whole.
    virtual std::unique_ptr<Transfer> download(const QString& download, const QString& file) = 0;
};

} // namespace diptych::client
