// The kernel of twins, and the initramfs that goes with it.
#include "images/images.h"

#include "base/files.h"
#include "images/archive.h"
#include "images/digest.h"
#include "images/modules.h"

#include <algorithm>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::images {

namespace {
// Raised when what is put into the archive changes.
constexpr int kLayoutVersion = 1;

/// What a twin needs, in the order in which it is needed. The last ones make it a better guest where the kernel has
/// them.
const std::vector<std::string> kModules = {"virtio_pci", "virtio_console", "virtio_blk", "ext4", "virtio_net",
                                           "virtio_rng", "virtio_balloon", "button",     "evdev"};

std::vector<std::string> newestFirst(std::vector<std::string> names)
{
    std::sort(names.begin(), names.end(),
              [](const std::string& a, const std::string& b) { return ::strverscmp(a.c_str(), b.c_str()) > 0; });
    return names;
}

std::vector<std::string> namesIn(const std::string& path)
{
    auto names = listDirectory(path);
    return names ? newestFirst(std::move(*names)) : std::vector<std::string>{};
}

bool readable(const std::string& path)
{
    struct stat st
    {
    };
    return ::stat(path.c_str(), &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0;
}

Status addFiles(MemoryArchive& cpio, const Paths& paths, const Kernel& kernel)
{
    for (const char* name : {"diptych", "lib", "lib/modules", "dev", "proc", "sys"})
        TRY(cpio.directory(name));
    TRY(cpio.file("init", TRY(readFile(paths.guest, size_t{64} << 20)), 0755));
    std::string list;
    if (!kernel.modules.empty())
        for (const std::string& module : TRY(modulesFor(kernel.modules, kModules))) {
            std::string name = moduleFileName(module);
            TRY(cpio.file("lib/modules/" + name, TRY(readCompressed(module, size_t{64} << 20))));
            list += name + "\n";
        }
    return cpio.file("diptych/modules", list);
}
} // namespace

Result<Kernel> findKernel(const Paths& paths)
{
    for (const std::string& name : namesIn("/boot")) {
        if (name.compare(0, 8, "vmlinuz-") != 0 || !readable("/boot/" + name))
            continue;
        Kernel kernel{"/boot/" + name, "", name.substr(8)};
        kernel.modules = "/lib/modules/" + kernel.release;
        if (exists(kernel.modules + "/modules.builtin"))
            return kernel;
    }
    for (const std::string& release : namesIn(paths.kernels())) {
        Kernel kernel{fmt::format("{}/{}/vmlinuz", paths.kernels(), release), "", release};
        if (release[0] == '.' || !readable(kernel.image))
            continue;
        std::string modules = fmt::format("{}/{}/lib/modules/{}", paths.kernels(), release, release);
        if (exists(modules))
            kernel.modules = modules;
        return kernel;
    }
    return fail(Code::NotSupported,
                fmt::format("there is no kernel for virtual machines: run installer/fetch-kernel {}", paths.kernels()));
}

Result<std::string> initramfs(const Paths& paths, const Kernel& kernel)
{
    struct stat guest
    {
    }, image{};
    if (::stat(paths.guest.c_str(), &guest) < 0)
        return failErrno(paths.guest);
    if (::stat(kernel.image.c_str(), &image) < 0)
        return failErrno(kernel.image);
    std::string key = digestOf(fmt::format("{} {} {} {}.{} {} {}.{}", kLayoutVersion, kernel.release, guest.st_size,
                                           guest.st_mtim.tv_sec, guest.st_mtim.tv_nsec, image.st_size,
                                           image.st_mtim.tv_sec, image.st_mtim.tv_nsec));
    const std::string prefix = fmt::format("initramfs-{}-", kernel.release);
    const std::string target = fmt::format("{}/{}{}.cpio", paths.kernels(), prefix, key.substr(7, 16));
    if (exists(target))
        return target;
    MemoryArchive cpio(MemoryArchive::Format::Cpio);
    TRY(addFiles(cpio, paths, kernel));
    std::string bytes = TRY(cpio.finish());
    TRY(makeDirectories(paths.kernels()));
    TRY(writeFileAtomic(target, bytes, 0644));
    // Of an older guest program: instances have copies of their own.
    for (const std::string& name : namesIn(paths.kernels()))
        if (name.compare(0, prefix.size(), prefix) == 0 && paths.kernels() + "/" + name != target)
            (void)::unlink((paths.kernels() + "/" + name).c_str());
    return target;
}

std::string configArchive(const std::string& json)
{
    MemoryArchive cpio(MemoryArchive::Format::Cpio);
    (void)cpio.directory("diptych");
    (void)cpio.file("diptych/config.json", json, 0600);
    return cpio.finish().value_or("");
}

Result<std::string> rootArchive(const std::map<std::string, std::string>& files)
{
    MemoryArchive cpio(MemoryArchive::Format::Cpio);
    for (const auto& [name, content] : files)
        TRY(cpio.file(name, content, 0600));
    return cpio.finish();
}

} // namespace diptych::images
