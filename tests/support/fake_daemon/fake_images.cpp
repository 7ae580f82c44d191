#include "base/clock.h"
#include "support/fake_daemon/fake_services.h"

#include <mutex>
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
    FakeImages()
    {
        add("busybox:latest", '1');
        add("web:1.2", '2');
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
    Result<images::Image> build(const std::string& name, const std::string& reference, Progress& progress) override
    {
        if (name != "busybox")
            return failField("template", fmt::format("there is no template {}", name));
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

    std::mutex m_mutex;
    std::vector<images::Image> m_images;
};

} // namespace

std::unique_ptr<ImageSource> makeImages()
{
    return std::make_unique<FakeImages>();
}

} // namespace diptych::fake
