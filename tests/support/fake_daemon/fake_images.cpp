#include "base/clock.h"
#include "base/files.h"
#include "support/fake_daemon/fake_services.h"
#include "support/fake_daemon/sample_images.h"

#include <mutex>
#include <stdlib.h>
#include <thread>

namespace diptych::fake {

namespace {

std::string digestOf(char digit)
{
    return "sha256:" + std::string(64, digit);
}

class FakeImages final : public ImageSource
{
public:
    explicit FakeImages(bool samples) : m_samples(samples)
    {
        add("busybox:latest", '1');
        add("web:1.2", '2');
        for (images::Image& image : samples ? sampleImages() : std::vector<images::Image>())
            m_images.push_back(std::move(image));
    }

    Result<std::vector<images::Image>> list() override
    {
        std::lock_guard lock(m_mutex);
        return m_images;
    }
    Result<images::Image> find(const std::string& reference) override
    {
        std::lock_guard lock(m_mutex);
        for (const images::Image& image : m_images) {
            if (image.reference == reference || image.reference == reference + ":latest" || image.digest == reference)
                return image;
        }
        return fail(Code::NotFound, fmt::format("there is no image {}", reference));
    }
    std::vector<Template> templates() override
    {
        return {{"busybox", "Debian's static busybox: a small userland with a shell", true, ""}};
    }
    Result<images::Image> build(const BuildRequest& request, Progress& progress) override
    {
        const std::string& reference = request.reference;
        if (request.name != "busybox")
            return failField("template", fmt::format("there is no template {}", request.name));
        for (int i = 0; i < 10; ++i) {
            if (progress.cancelled())
                return fail(Code::Cancelled, "cancelled");
            progress.report("writeLayer", i / 10.0, fmt::format("{} of 10 files", i));
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        std::lock_guard lock(m_mutex);
        std::string full = reference.find(':') == std::string::npos ? reference + ":latest" : reference;
        std::erase_if(m_images, [&](const images::Image& image) { return image.reference == full; });
        add(full, static_cast<char>('3' + m_images.size() % 6));
        return m_images.back();
    }
    Status remove(const std::string& reference) override
    {
        std::lock_guard lock(m_mutex);
        if (std::erase_if(m_images, [&](const images::Image& image) { return image.reference == reference; }) == 0)
            return fail(Code::NotFound, fmt::format("there is no image {}", reference));
        return {};
    }
    Result<images::Image> tag(const std::string& reference, const std::string& newReference) override
    {
        images::Image image = TRY(find(reference));
        std::lock_guard lock(m_mutex);
        image.reference = newReference;
        m_images.push_back(image);
        return image;
    }
    Result<images::Inspection> inspect(const std::string& reference) override
    {
        images::Image image = TRY(find(reference));
        if (m_samples) {
            std::lock_guard lock(m_mutex);
            return images::Inspection{image, sampleHistory(image, m_images), "{\"os\":\"linux\"}",
                                      "{\"schemaVersion\":2}"};
        }
        images::Step step{"/bin/sh -c #(nop) ADD file:rootfs in /",
                          "",
                          image.createdAt,
                          image.layers[0].digest,
                          image.size,
                          4 * image.size,
                          {}};
        return images::Inspection{image, {step}, "{}", "{}"};
    }
    Result<images::FilePage> files(const std::string& reference, const std::string&, const std::string&) override
    {
        TRY(find(reference));
        if (m_samples)
            return images::FilePage{sampleFiles(), false};
        return images::FilePage{{{"bin", images::FileEntry::Kind::Directory, 0, 0755, ""},
                                 {"bin/busybox", images::FileEntry::Kind::File, 1946744, 0755, ""},
                                 {"bin/sh", images::FileEntry::Kind::Link, 0, 0777, "/bin/busybox"}},
                                false};
    }

    Result<std::vector<std::string>> tags(const images::Endpoint&) override
    {
        return std::vector<std::string>{"1.0", "1.1", "latest"};
    }
    Result<std::vector<Platform>> platforms(const images::Endpoint&) override
    {
        return std::vector<Platform>{
            {"linux", "amd64", ""}, {"linux", "386", ""}, {"linux", "arm", "v7"}, {"linux", "arm64", "v8"}};
    }
    Result<images::Image> pull(const images::Endpoint& from, Progress& progress) override
    {
        for (uint64_t i = 0; i <= 20; ++i) {
            if (progress.cancelled())
                return fail(Code::Cancelled, "cancelled");
            progress.amounts({{digestOf('a'), i * 60000, 1200000}, {digestOf('c'), i * 2000000, 40000000}});
            progress.report("fetchLayers", double(i) / 20, "");
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        std::lock_guard lock(m_mutex);
        add(from.reference, '7');
        return m_images.back();
    }
    Status push(const std::string& reference, const images::Endpoint&, Progress&) override
    {
        TRY(find(reference));
        return {};
    }
    Result<std::vector<images::Login>> logins() override
    {
        std::lock_guard lock(m_mutex);
        return m_logins;
    }
    Status login(const images::Endpoint& registry, const std::string& username, const std::string& password) override
    {
        if (password == "wrong")
            return fail(Code::PermissionDenied, registry.reference + ": invalid username/password");
        std::lock_guard lock(m_mutex);
        m_logins.push_back({registry.reference, username});
        return {};
    }
    Status logout(const std::string& registry) override
    {
        std::lock_guard lock(m_mutex);
        std::erase_if(m_logins, [&](const images::Login& login) { return login.registry == registry; });
        return {};
    }

    Result<std::string> temporaryFile() override
    {
        std::string directory = "/tmp/fake-images-XXXXXX";
        if (!::mkdtemp(directory.data()))
            return failErrno(directory);
        return directory + "/file";
    }
    Result<std::vector<images::Image>> import(const std::string& file, const ImportRequest& request,
                                              Progress& /*progress*/) override
    {
        std::string content = TRY(readFile(file));
        if (content.starts_with("garbage"))
            return fail(Code::Failed, "the archive: Unrecognized archive format");
        std::lock_guard lock(m_mutex);
        add(request.reference.empty() ? "imported:latest" : request.reference, '8');
        return std::vector{m_images.back()};
    }
    Result<std::string> exportArchive(const std::string& reference, const std::string& format,
                                      Progress& /*progress*/) override
    {
        images::Image image = TRY(find(reference));
        std::string file = TRY(temporaryFile());
        TRY(writeFileAtomic(file, format + " of " + image.reference));
        return file;
    }
    Result<images::Image> commit(const std::string& base, const WritableLayer&, const std::string& reference,
                                 const std::string&, Progress&) override
    {
        TRY(find(base));
        std::lock_guard lock(m_mutex);
        add(reference, '9');
        return m_images.back();
    }
    Result<images::Image> commitDisk(const images::MachineDisk& disk, const std::string&, const std::string& reference,
                                     const std::string&, Progress& progress) override
    {
        if (disk.path.empty())
            return fail(Code::NotSupported, "no disk");
        progress.report("readDisk", 0.5, "");
        std::lock_guard lock(m_mutex);
        add(reference, '8');
        return m_images.back();
    }
    Result<images::ChangePage> changes(const WritableLayer&) override
    {
        return images::ChangePage{{{"etc", images::Change::Kind::Changed, true, 0},
                                   {"etc/motd", images::Change::Kind::Added, false, 42},
                                   {"www/index.html", images::Change::Kind::Deleted, false, 0}},
                                  false};
    }
    Result<uint64_t> freedBy(const std::vector<std::string>& references) override
    {
        return references.size() * 5000000;
    }

private:
    void add(const std::string& reference, char digit)
    {
        images::Image image;
        image.reference = reference;
        image.digest = digestOf(digit);
        image.size = 1158340;
        image.createdAt = unixMilliseconds();
        image.config.command = {"/bin/sh"};
        image.config.environment = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
        image.config.workingDirectory = "/";
        image.config.architecture = "amd64";
        image.config.os = "linux";
        image.layers = {{digestOf('a'), digestOf('b'), 1156000}};
        m_images.push_back(std::move(image));
    }

    bool m_samples;
    std::mutex m_mutex;
    std::vector<images::Image> m_images;
    std::vector<images::Login> m_logins;
};

} // namespace

std::unique_ptr<ImageSource> makeImages(bool samples)
{
    return std::make_unique<FakeImages>(samples);
}

} // namespace diptych::fake
