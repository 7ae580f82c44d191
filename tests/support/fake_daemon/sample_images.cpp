#include "support/fake_daemon/sample_images.h"

#include "base/clock.h"

#include <algorithm>
#include <functional>

namespace diptych::fake {

namespace {

constexpr uint64_t kKiB = 1024, kMiB = 1024 * kKiB;
constexpr int64_t kDay = 86'400'000;

std::string hashed(const std::string& text)
{
    return fmt::format("sha256:{:064x}", std::hash<std::string>()(text));
}

images::Layer layer(const std::string& name, uint64_t size)
{
    return {hashed(name), hashed(name + " unpacked"), size};
}

images::Image image(const std::string& reference, int days, std::vector<images::Layer> layers)
{
    images::Image made;
    made.reference = reference;
    made.digest = hashed(reference);
    made.createdAt = unixMilliseconds() - days * kDay;
    made.config.command = {"/bin/sh"};
    made.config.environment = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
    made.config.workingDirectory = "/";
    made.config.architecture = "amd64";
    made.config.os = "linux";
    made.layers = std::move(layers);
    for (const images::Layer& one : made.layers)
        made.size += one.size;
    return made;
}

} // namespace

std::vector<images::Image> sampleImages()
{
    const images::Layer bookworm = layer("bookworm", 28 * kMiB), tools = layer("tools", 9 * kMiB),
                        alpine = layer("alpine", 3500 * kKiB), nginx = layer("nginx", 42 * kMiB);
    return {image("docker.io/library/nginx:1.27", 12, {bookworm, nginx, layer("nginx conf", 12 * kKiB)}),
            image("docker.io/library/debian:bookworm", 20, {bookworm}),
            image("docker.io/library/postgres:17", 9, {bookworm, tools, layer("postgres", 104 * kMiB)}),
            image("docker.io/library/python:3.13", 33, {bookworm, tools, layer("python", 61 * kMiB)}),
            image("docker.io/library/redis:7", 41, {alpine, layer("redis", 13 * kMiB)}),
            image("docker.io/library/alpine:3.20", 60, {alpine}),
            image("registry.example.org/team/shop:2025-11", 1, {bookworm, nginx, layer("shop", 18 * kMiB)})};
}

std::vector<images::Step> sampleHistory(const images::Image& image, const std::vector<images::Image>& all)
{
    std::vector<images::Step> steps;
    for (size_t i = 0; i < image.layers.size(); ++i) {
        const images::Layer& one = image.layers[i];
        images::Step step{i == 0 ? "/bin/sh -c #(nop) ADD file:rootfs.tar in / "
                                 : fmt::format("RUN /bin/sh -c apt-get update && apt-get install -y part-{}", i),
                          "",
                          image.createdAt,
                          one.digest,
                          one.size,
                          one.size * 27 / 10,
                          {}};
        for (const images::Image& other : all)
            if (other.digest != image.digest && std::ranges::any_of(other.layers, [&](const images::Layer& theirs) {
                    return theirs.digest == one.digest;
                }))
                step.sharedWith.push_back(other.reference);
        steps.push_back(std::move(step));
        if (i == 0)
            steps.push_back({"/bin/sh -c #(nop)  CMD [\"bash\"]", "", image.createdAt, "", 0, 0, {}});
    }
    return steps;
}

std::vector<images::FileEntry> sampleFiles()
{
    using Kind = images::FileEntry::Kind;
    return {{"bin", Kind::Directory, 0, 0755, ""},
            {"bin/busybox", Kind::File, 1946744, 0755, ""},
            {"bin/sh", Kind::Link, 0, 0777, "/bin/busybox"},
            {"etc", Kind::Directory, 0, 0755, ""},
            {"etc/nginx", Kind::Directory, 0, 0755, ""},
            {"etc/nginx/mime.types", Kind::File, 5349, 0644, ""},
            {"etc/nginx/nginx.conf", Kind::File, 648, 0644, ""},
            {"etc/passwd", Kind::File, 842, 0644, ""},
            {"usr/bin/passwd", Kind::File, 68248, 04755, ""},
            {"usr/share/doc/libssl3", Kind::Deleted, 0, 0, ""}};
}

} // namespace diptych::fake
