// ImageCalls over the lanes of the Varlink client.
#pragma once

#include "client/image_calls.h"
#include "client/varlink_client.h"

namespace diptych::client {

class VarlinkImages final : public ImageCalls
{
public:
    explicit VarlinkImages(VarlinkClient& client) : m_client(client) {}

    void inspect(const QString& reference, QObject* guard, Callback<ImageDetails> done) override;
    void listFiles(const QString& reference, const QString& digest, const QString& after, QObject* guard,
                   Callback<PathPage> done) override;
    void changes(const QString& instance, QObject* guard, Callback<PathPage> done) override;
    void tag(const QString& reference, const QString& newReference, QObject* guard, Callback<Nothing> done) override;
    void remove(const QString& reference, QObject* guard, Callback<Nothing> done) override;
    void prune(bool dryRun, QObject* guard, Callback<PrunePlan> done) override;
    void listTags(const QString& repository, Tls tls, QObject* guard, Callback<QStringList> done) override;
    void listPlatforms(const QString& reference, Tls tls, QObject* guard, Callback<QList<ImagePlatform>> done) override;
    void pull(const QString& reference, Tls tls, const QString& platform, QObject* guard,
              Callback<QString> operation) override;
    void push(const QString& reference, const QString& destination, Tls tls, QObject* guard,
              Callback<QString> operation) override;
    void registries(QObject* guard, Callback<QList<Registry>> done) override;
    void login(const Credentials& credentials, Tls tls, QObject* guard, Callback<Nothing> done) override;
    void logout(const QString& registry, QObject* guard, Callback<Nothing> done) override;
    void build(const QString& name, const QString& reference, const QString& suite, const QStringList& packages,
               QObject* guard, Callback<QString> operation) override;
    void exportImage(const QString& reference, ExportFormat format, QObject* guard,
                     Callback<QString> operation) override;
    void commit(const QString& instance, const QString& reference, const QString& comment, QObject* guard,
                Callback<QString> operation) override;
    void disks(QObject* guard, Callback<QList<Disk>> done) override;
    void removeDisk(const QString& name, QObject* guard, Callback<Nothing> done) override;
    void exportDisk(const QString& name, DiskFormat format, QObject* guard, Callback<QString> operation) override;
    void exportInstance(const QString& instance, DiskFormat format, QObject* guard,
                        Callback<QString> operation) override;
    std::unique_ptr<Transfer> import(const ImportRequest& request) override;
    std::unique_ptr<Transfer> download(const QString& download, const QString& file) override;

private:
    template <typename T, typename Decode>
    void act(const char* method, const Json& parameters, QObject* guard, Callback<T> done, Decode decode)
    {
        m_client.call<T>(VarlinkClient::Acting, method, parameters, guard, std::move(done), decode);
    }
    template <typename T, typename Decode>
    void ask(const char* method, const Json& parameters, QObject* guard, Callback<T> done, Decode decode)
    {
        m_client.call<T>(VarlinkClient::Gathering, method, parameters, guard, std::move(done), decode);
    }

    VarlinkClient& m_client;
};

} // namespace diptych::client
