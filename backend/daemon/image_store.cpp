#include "daemon/image_store.h"

#include "base/child.h"
#include "base/log.h"
#include "base/names.h"

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
        Template debian{"debian", "Debian's smallest system, fetched from the distribution's mirror", true, ""};
        if (findProgram("mmdebstrap").empty()) {
            debian.available = false;
            debian.reason = "mmdebstrap is not installed here: apt-get install mmdebstrap";
        }
        return {busybox, debian};
    }
    Result<images::Image> build(const BuildRequest& r, Progress& progress) override
    {
        if (r.name == "debian")
            return m_store.buildDebian(r.suite.empty() ? "bookworm" : r.suite, r.packages, r.reference, progress);
        return m_store.buildTemplate(r.name, r.reference, progress);
    }
    Status remove(const std::string& reference) override { return m_store.remove(reference); }
    Result<images::Image> tag(const std::string& reference, const std::string& newReference) override
    {
        return m_store.tag(reference, newReference);
    }
    Result<images::Inspection> inspect(const std::string& reference) override { return m_store.inspect(reference); }
    Result<images::FilePage> files(const std::string& reference, const std::string& digest,
                                   const std::string& after) override
    {
        return m_store.files(reference, digest, after);
    }
    Result<std::vector<std::string>> tags(const images::Endpoint& repository) override
    {
        return m_store.registry().tags(repository);
    }
    Result<std::vector<Platform>> platforms(const images::Endpoint& from) override
    {
        return m_store.registry().platforms(from);
    }
    Result<images::Image> pull(const images::Endpoint& from, Progress& progress) override
    {
        return m_store.pull(from, progress);
    }
    Status push(const std::string& reference, const images::Endpoint& to, Progress& progress) override
    {
        return m_store.push(reference, to, progress);
    }
    Result<std::vector<images::Login>> logins() override { return m_store.registry().logins(); }
    Status login(const images::Endpoint& registry, const std::string& username, const std::string& password) override
    {
        TRY(images::checkRegistry(registry.reference));
        return m_store.registry().login(registry, username, password);
    }
    Status logout(const std::string& registry) override
    {
        TRY(images::checkRegistry(registry));
        return m_store.registry().logout(registry);
    }
    Result<std::string> temporaryFile() override { return m_store.temporaryFile(); }
    Result<std::vector<images::Image>> import(const std::string& file, const ImportRequest& r,
                                              Progress& progress) override
    {
        bool archive = r.format == "archive" || (r.format == "auto" && TRY(images::Store::holdsImages(file)));
        if (archive)
            return m_store.importArchive(file, r.reference, progress);
        if (r.reference.empty())
            return failField("reference", "a root file system has no name of its own: one is needed");
        return std::vector{
            TRY(m_store.importRootfs(file, r.reference, r.config, "imported root file system", progress))};
    }
    Result<std::string> exportArchive(const std::string& reference, const std::string& format,
                                      Progress& progress) override
    {
        return m_store.exportArchive(reference, format, progress);
    }
    Result<images::Image> commit(const std::string& base, const WritableLayer& layer, const std::string& reference,
                                 const std::string& comment, Progress& progress) override
    {
        return m_store.commit(TRY(m_store.find(base)), layer, reference, comment, progress);
    }
    Result<images::Image> commitDisk(const images::MachineDisk& disk, const std::string& base,
                                     const std::string& reference, const std::string& comment,
                                     Progress& progress) override
    {
        // What a twin runs is said by its image; of another machine nobody knows what a container of it should run.
        images::Config config;
        config.command = {"/bin/sh"};
        if (auto image = base.empty() ? Result<images::Image>(fail(Code::NotFound, "")) : m_store.find(base))
            config = image->config;
        return m_store.commitDisk(disk, config, reference, comment, progress);
    }
    Result<images::ChangePage> changes(const WritableLayer& layer) override { return images::listChanges(layer); }
    Result<uint64_t> freedBy(const std::vector<std::string>& references) override
    {
        return m_store.freedBy(references);
    }

private:
    images::Store& m_store;
};

class StoreDisks final : public DiskSource
{
public:
    StoreDisks(images::Store& store, const Paths& paths, std::function<void()> published)
        : m_store(store), m_disks(paths.disks, paths.disks + ".staging"), m_published(std::move(published))
    {
    }

    Result<std::vector<images::Disk>> list() override { return m_disks.list(); }
    Result<images::Disk> find(const std::string& name) override { return m_disks.find(name); }
    Result<std::string> temporaryFile() override { return m_disks.temporaryFile(); }
    Result<std::vector<images::Disk>> import(const std::string& file, const std::string& name,
                                             std::optional<images::DiskFormat> format, Progress& progress) override
    {
        auto made = m_disks.import(file, name, format, progress);
        m_published();
        return made;
    }
    Result<images::OvfMachine> readAppliance(const std::string& descriptor,
                                             const std::map<std::string, uint64_t>& files) override
    {
        images::OvfMachine machine = TRY(images::readOvf(descriptor));
        TRY(images::checkOvfFiles(machine, files));
        for (const auto& [name, size] : files)
            if (name.ends_with(".cert"))
                machine.left.push_back({"signature", name});
        return machine;
    }
    Result<Json> importMachine(const std::string& file, const std::string& name,
                               const std::function<Result<Json>(const images::ImportedMachine&)>& make,
                               Progress& progress) override
    {
        auto published = [&](const images::ImportedMachine& machine) {
            m_published(); // their names are libvirt's only then
            return make(machine);
        };
        auto made = m_disks.importMachine(file, name, published, progress);
        if (!made)
            m_published();
        return made;
    }
    void dropUnfinished(const std::function<Result<bool>(const std::string& path)>& used) override
    {
        m_disks.dropUnfinished(used);
    }
    Status remove(const std::string& name) override
    {
        auto removed = m_disks.remove(name);
        m_published();
        return removed;
    }
    Result<std::string> exportDisk(const images::MachineDisk& disk, images::DiskFormat format,
                                   Progress& progress) override
    {
        return m_disks.exportDisk(disk, format, progress);
    }
    Result<std::string> exportAppliance(const images::MachineDisk& disk, const images::Appliance& appliance,
                                        images::DiskFormat format, Progress& progress) override
    {
        return m_disks.exportAppliance(disk, appliance, format, progress);
    }
    Result<std::string> exportContainer(const std::string& image, const WritableLayer& layer, images::DiskFormat format,
                                        Progress& progress) override
    {
        // An image for as long as it takes; its layers but the last are those that are there.
        const std::string name = "diptych-export/" + newId() + ":latest";
        images::Image whole = TRY(m_store.commit(TRY(m_store.find(image)), layer, name, "export", progress));
        auto raw = m_store.disk(whole, 0, progress);
        auto file = raw ? m_disks.exportDisk({*raw, "raw", {}}, format, progress)
                        : Result<std::string>(tl::unexpected<Error>(raw.error()));
        if (auto removed = m_store.remove(name); !removed)
            logf(Level::Warning, "{}: {}", name, removed.error().message);
        return file;
    }

private:
    images::Store& m_store;
    images::Disks m_disks;
    std::function<void()> m_published;
};
} // namespace

std::unique_ptr<DiskSource> makeDiskSource(images::Store& store, const Paths& paths, std::function<void()> published)
{
    return std::make_unique<StoreDisks>(store, paths, std::move(published));
}

std::unique_ptr<ImageSource> makeImageSource(images::Store& store)
{
    return std::make_unique<StoreSource>(store);
}

} // namespace diptych
