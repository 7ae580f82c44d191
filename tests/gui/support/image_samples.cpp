#include "gui/support/image_samples.h"

#include <QCryptographicHash>
#include <QDateTime>

namespace diptych::test {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 MiB = 1024 * 1024;
constexpr qint64 KiB = 1024;

QString digestOf(const QString& name)
{
    return u"sha256:"_s +
           QString::fromLatin1(QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256).toHex());
}

QJsonObject step(const QString& command, const QString& layer = {}, qint64 size = 0, const QStringList& shared = {})
{
    return {{u"createdBy"_s, command},
            {u"comment"_s, QString()},
            {u"createdAt"_s, 1.7e12},
            {u"digest"_s, layer.isEmpty() ? QString() : digestOf(layer)},
            {u"size"_s, size},
            {u"unpacked"_s, size * 27 / 10},
            {u"sharedWith"_s, QJsonArray::fromStringList(shared)}};
}

QJsonObject file(const QString& path, const QString& kind, qint64 size = 0, int mode = 0644, const QString& target = {})
{
    return {{u"path"_s, path}, {u"kind"_s, kind}, {u"size"_s, size}, {u"mode"_s, mode}, {u"target"_s, target}};
}

QJsonObject change(const QString& path, const QString& what, bool directory = false, qint64 size = 0)
{
    return {{u"path"_s, path}, {u"change"_s, what}, {u"directory"_s, directory}, {u"size"_s, size}};
}

QJsonArray sampleFiles()
{
    return {file(u"docker-entrypoint.d"_s, u"directory"_s, 0, 0755),
            file(u"docker-entrypoint.d/10-listen-on-ipv6-by-default.sh"_s, u"file"_s, 2125, 0755),
            file(u"docker-entrypoint.sh"_s, u"file"_s, 1620, 0755),
            file(u"etc"_s, u"directory"_s, 0, 0755),
            file(u"etc/nginx"_s, u"directory"_s, 0, 0755),
            file(u"etc/nginx/conf.d"_s, u"directory"_s, 0, 0755),
            file(u"etc/nginx/conf.d/default.conf"_s, u"file"_s, 1093),
            file(u"etc/nginx/mime.types"_s, u"file"_s, 5349),
            file(u"etc/nginx/modules"_s, u"link"_s, 0, 0777, u"/usr/lib/nginx/modules"_s),
            file(u"etc/nginx/nginx.conf"_s, u"file"_s, 648),
            file(u"usr"_s, u"directory"_s, 0, 0755),
            file(u"usr/sbin"_s, u"directory"_s, 0, 0755),
            file(u"usr/sbin/nginx"_s, u"file"_s, 1526848, 0755),
            file(u"usr/share/doc/libssl3"_s, u"deleted"_s),
            file(u"var/cache/apt/archives"_s, u"deleted"_s),
            file(u"var/log/nginx/access.log"_s, u"link"_s, 0, 0777, u"/dev/stdout"_s)};
}

} // namespace

QJsonObject imageLayer(const QString& name, qint64 size)
{
    return {{u"digest"_s, digestOf(name)}, {u"diffId"_s, digestOf(name + u"-diff"_s)}, {u"size"_s, size}};
}

QJsonObject image(const QString& reference, const QJsonArray& layers, const QStringList& usedBy)
{
    qint64 size = 7 * KiB;
    for (const QJsonValue& layer : layers)
        size += qint64(layer[u"size"_s].toDouble());
    return {{u"reference"_s, reference},
            {u"digest"_s, digestOf(reference)},
            {u"size"_s, size},
            {u"createdAt"_s, QDateTime::currentMSecsSinceEpoch() - qint64(qHash(reference) % 90) * 86'400'000},
            {u"architecture"_s, u"amd64"_s},
            {u"entrypoint"_s, QJsonArray{u"/docker-entrypoint.sh"_s}},
            {u"command"_s, QJsonArray{u"nginx"_s, u"-g"_s, u"daemon off;"_s}},
            {u"exposedPorts"_s, QJsonArray{u"80/tcp"_s}},
            {u"layers"_s, layers},
            {u"usedBy"_s, QJsonArray::fromStringList(usedBy)}};
}

QJsonArray sampleImages()
{
    const QJsonObject bookworm = imageLayer(u"bookworm"_s, 28 * MiB);
    const QJsonObject curl = imageLayer(u"curl"_s, 9 * MiB);
    const QJsonObject alpine = imageLayer(u"alpine"_s, 3 * MiB + 400 * KiB);
    return {image(u"docker.io/library/nginx:1.27"_s,
                  {bookworm, imageLayer(u"nginx"_s, 42 * MiB), imageLayer(u"nginx-conf"_s, 12 * KiB)},
                  {u"web"_s, u"web-vm"_s}),
            image(u"docker.io/library/debian:bookworm"_s, {bookworm}),
            image(u"docker.io/library/postgres:17"_s, {bookworm, curl, imageLayer(u"postgres"_s, 104 * MiB)}),
            image(u"docker.io/library/python:3.13"_s, {bookworm, curl, imageLayer(u"python"_s, 61 * MiB)}),
            image(u"docker.io/library/redis:7"_s, {alpine, imageLayer(u"redis"_s, 13 * MiB)}),
            image(u"docker.io/library/alpine:3.20"_s, {alpine}),
            image(u"localhost/busybox:1"_s, {imageLayer(u"busybox"_s, 2 * MiB)}, {u"notes"_s}),
            image(u"registry.example.org/team/shop:2025-11"_s,
                  {bookworm, imageLayer(u"nginx"_s, 42 * MiB), imageLayer(u"shop"_s, 18 * MiB)})};
}

QJsonArray pullParts(qint64 done)
{
    QJsonArray parts;
    for (const auto& [name, total] :
         {std::pair{u"a"_s, 28 * MiB}, std::pair{u"b"_s, 42 * MiB}, std::pair{u"c"_s, 12 * KiB}}) {
        const qint64 here = std::min(done, total);
        done -= here;
        parts.append(QJsonObject{{u"name"_s, digestOf(name)}, {u"done"_s, here}, {u"total"_s, total}});
    }
    return parts;
}

QJsonObject imageOperation(const QString& id, const QString& verb, const QString& subject, const QString& state,
                           const QJsonArray& parts, const QJsonObject& result)
{
    QJsonObject operation{{u"id"_s, id},
                          {u"verb"_s, verb},
                          {u"subject"_s, subject},
                          {u"state"_s, state},
                          {u"step"_s, verb == u"pull"_s ? u"fetchLayers"_s : QString()},
                          {u"progress"_s, -1.0},
                          {u"startedAt"_s, QDateTime::currentMSecsSinceEpoch()},
                          {u"cancellable"_s, state == u"running"_s}};
    if (!parts.isEmpty())
        operation[u"parts"_s] = parts;
    if (!result.isEmpty())
        operation[u"result"_s] = result;
    return operation;
}

void serveImages(FakeHelper& helper)
{
    const QJsonArray images = sampleImages();
    helper.setAnswer(u"org.diptych.Images.Subscribe"_s, {{u"images"_s, images}});
    const QString shop = u"registry.example.org/team/shop:2025-11"_s;
    const QJsonArray history{
        step(u"/bin/sh -c #(nop) ADD file:6d4a5e in / "_s, u"bookworm"_s, 28 * MiB,
             {u"debian:bookworm"_s, u"postgres:17"_s, u"python:3.13"_s, shop}),
        step(u"/bin/sh -c #(nop)  CMD [\"bash\"]"_s),
        step(u"ENV NGINX_VERSION=1.27.3"_s),
        step(
            u"RUN /bin/sh -c set -x && groupadd --system --gid 101 nginx && apt-get update && apt-get install -y nginx"_s,
            u"nginx"_s, 42 * MiB, {shop}),
        step(u"COPY 10-listen-on-ipv6-by-default.sh /docker-entrypoint.d # buildkit"_s, u"nginx-conf"_s, 12 * KiB),
        step(u"EXPOSE map[80/tcp:{}]"_s),
        step(u"CMD [\"nginx\" \"-g\" \"daemon off;\"]"_s)};
    helper.setAnswer(
        u"org.diptych.Images.Inspect"_s,
        {{u"image"_s, images.at(0)},
         {u"history"_s, history},
         {u"config"_s, u"{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"nginx\",\"-g\","
                       "\"daemon off;\"],\"Env\":[\"A=\\\"x:{\"],\"Volumes\":{}}}"_s},
         {u"manifest"_s, u"{\"schemaVersion\":2,\"layers\":[]}"_s}});
    helper.setAnswer(u"org.diptych.Images.ListFiles"_s, {{u"files"_s, sampleFiles()}, {u"more"_s, false}});
    helper.setAnswer(u"org.diptych.Instances.ListChanges"_s,
                     {{u"changes"_s, QJsonArray{change(u"/etc/nginx/nginx.conf"_s, u"changed"_s, false, 702),
                                                change(u"/root/.bash_history"_s, u"added"_s, false, 118),
                                                change(u"/srv/shop"_s, u"added"_s, true),
                                                change(u"/srv/shop/index.html"_s, u"added"_s, false, 48213),
                                                change(u"/usr/share/nginx/html/50x.html"_s, u"deleted"_s)}},
                      {u"more"_s, false}});
    helper.setAnswer(u"org.diptych.Images.ListTags"_s,
                     {{u"tags"_s, QJsonArray{u"1.25"_s, u"1.26"_s, u"1.27"_s, u"1.9"_s, u"alpine"_s, u"latest"_s}}});
    const auto platform = [](const QString& name, bool host, bool runs) {
        return QJsonObject{{u"name"_s, name}, {u"host"_s, host}, {u"runs"_s, runs}};
    };
    helper.setAnswer(
        u"org.diptych.Images.ListPlatforms"_s,
        {{u"platforms"_s, QJsonArray{platform(u"linux/386"_s, false, true), platform(u"linux/amd64"_s, true, true),
                                     platform(u"linux/arm64/v8"_s, false, false)}}});
    helper.setAnswer(u"org.diptych.Images.Pull"_s, {{u"operation"_s, u"op-pull"_s}});
    helper.setAnswer(u"org.diptych.Images.Push"_s, {{u"operation"_s, u"op-push"_s}});
    helper.setAnswer(u"org.diptych.Images.Import"_s, {{u"operation"_s, u"op-import"_s}});
    helper.setSink(u"org.diptych.Images.Import"_s);
    helper.setAnswer(u"org.diptych.Images.Export"_s, {{u"operation"_s, u"op-export"_s}});
    helper.setAnswer(u"org.diptych.Images.BuildTemplate"_s, {{u"operation"_s, u"op-build"_s}});
    helper.setAnswer(u"org.diptych.Images.Commit"_s, {{u"operation"_s, u"op-commit"_s}});
    for (const char* method : {"Tag", "Delete", "Login", "Logout"})
        helper.setAnswer(u"org.diptych.Images."_s + QLatin1String(method), {});
    helper.setAnswer(u"org.diptych.Images.ListRegistries"_s,
                     {{u"registries"_s,
                       QJsonArray{QJsonObject{{u"name"_s, u"docker.io"_s}, {u"username"_s, u"alice"_s}},
                                  QJsonObject{{u"name"_s, u"registry.example.org"_s}, {u"username"_s, u"deploy"_s}}}}});
    helper.setAnswer(
        u"org.diptych.Images.Prune"_s,
        {{u"images"_s,
          QJsonArray{QJsonObject{{u"reference"_s, u"docker.io/library/postgres:17"_s},
                                 {u"digest"_s, digestOf(u"p"_s)},
                                 {u"bytes"_s, 104 * MiB}},
                     QJsonObject{{u"reference"_s, QString()}, {u"digest"_s, digestOf(u"q"_s)}, {u"bytes"_s, 3 * MiB}}}},
         {u"kept"_s, QJsonArray{u"docker.io/library/nginx:1.27: used by web, web-vm"_s}},
         {u"bytes"_s, 107 * MiB}});
    const QString busy = u"Static busybox of this host: a shell and 300 tools in 2 MiB."_s;
    const QString debian = u"Debian's packages from this host's mirror, by mmdebstrap."_s;
    helper.setAnswer(u"org.diptych.Images.ListTemplates"_s,
                     {{u"templates"_s, QJsonArray{QJsonObject{{u"name"_s, u"busybox"_s},
                                                              {u"description"_s, busy},
                                                              {u"available"_s, true},
                                                              {u"reason"_s, QString()}},
                                                  QJsonObject{{u"name"_s, u"debian"_s},
                                                              {u"description"_s, debian},
                                                              {u"available"_s, true},
                                                              {u"reason"_s, QString()}},
                                                  QJsonObject{{u"name"_s, u"alpine"_s},
                                                              {u"description"_s, QString()},
                                                              {u"available"_s, false},
                                                              {u"reason"_s, u"apk is not installed"_s}}}}});
}

} // namespace diptych::test
