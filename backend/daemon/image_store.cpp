#include "daemon/image_store.h"

#include "base/child.h"

namespace diptych {

namespace {
class StoreSource final : public ImageSource
{
public:
    explicit StoreSource(images::Store& store) : m_store(store) {}

    Result<std::vector<images::Image>> list() override { return m_store.list(); }
    Result<images::Image> find(const std::string& reference) override { return m_store.find(reference); }
    std::vector<Template> templates() override
    {
        Template busybox{"busybox", "Debian's static busybox: a small userland with a shell", true, ""};
        if (findProgram("busybox").empty()) {
            busybox.available = false;
            busybox.reason = "busybox is not installed here: apt-get install busybox-static";
        }
        return {busybox};
    }
    Result<images::Image> build(const std::string& name, const std::string& reference, Progress& progress) override
    {
        return m_store.buildTemplate(name, reference, progress);
    }
    Status remove(const std::string& reference) override { return m_store.remove(reference); }

private:
    images::Store& m_store;
};
} // namespace

std::unique_ptr<ImageSource> makeImageSource(images::Store& store)
{
    return std::make_unique<StoreSource>(store);
}

} // namespace diptych
