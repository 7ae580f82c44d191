#include "runtime/overlay.h"

#include "base/files.h"
#include "runtime/mountapi.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::runtime {

namespace {
struct Layers
{
    std::vector<UniqueFd> lower;
    UniqueFd upper, work;
};
} // namespace

Result<std::optional<OverlaySpec>> overlayOf(const oci::Config& config)
{
    std::string lower = config.annotation("org.diptych.overlay.lower");
    if (lower.empty())
        return std::optional<OverlaySpec>{};
    OverlaySpec spec;
    for (std::string_view path : split(lower, ':')) {
        if (path.empty() || path.front() != '/')
            return oci::wrongField("annotations.org.diptych.overlay.lower",
                                   fmt::format("\"{}\" is not an absolute path", path));
        spec.lower.emplace_back(path);
    }
    spec.upper = config.annotation("org.diptych.overlay.upper");
    spec.work = config.annotation("org.diptych.overlay.work");
    if (spec.upper.empty() != spec.work.empty())
        return oci::wrongField("annotations.org.diptych.overlay.work", "upper and work go together");
    return std::optional<OverlaySpec>(std::move(spec));
}

static Result<Layers> openLayers(const OverlaySpec& spec, int userNamespace, bool clone)
{
    Layers layers;
    for (const std::string& path : spec.lower) {
        UniqueFd directory = TRYX(openFile(path, O_PATH | O_DIRECTORY), "overlay layer");
        if (clone || userNamespace >= 0) {
            UniqueFd tree = TRY(cloneTree(directory.get(), false));
            if (userNamespace >= 0)
                TRY(mapIds(tree.get(), userNamespace, path));
            directory = std::move(tree);
        }
        layers.lower.push_back(std::move(directory));
    }
    if (!spec.upper.empty()) {
        layers.upper = TRYX(openFile(spec.upper, O_PATH | O_DIRECTORY), "overlay upper directory");
        layers.work = TRYX(openFile(spec.work, O_PATH | O_DIRECTORY), "overlay work directory");
    }
    return layers;
}

// Layers by descriptor: no mount point, no other mount namespace. Linux 6.7 for "lowerdir+"; 6.15 for mapped ones,
// which are attached nowhere.
static Result<UniqueFd> mountDirectly(const OverlaySpec& spec, int userNamespace)
{
    Layers layers = TRY(openLayers(spec, userNamespace, false));
    auto name = [](const UniqueFd& fd) { return fmt::format("/proc/self/fd/{}", fd.get()); };
    std::vector<FsOption> options;
    for (const UniqueFd& layer : layers.lower)
        options.push_back({"lowerdir+", name(layer), false});
    if (layers.upper) {
        options.push_back({"upperdir", name(layers.upper), false});
        options.push_back({"workdir", name(layers.work), false});
    }
    return newFileSystem("overlay", "overlay", options, 0);
}

// In a mount namespace of our own: the layers are attached to 0, 1, 2 ... of a tmpfs, so that mount(2)'s page of
// options has room for hundreds of them.
static Result<UniqueFd> mountOnScratch(const OverlaySpec& spec, int userNamespace, const std::string& scratch)
{
    Layers layers = TRY(openLayers(spec, userNamespace, true));
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0)
        return failErrno("overlay: make mounts private");
    if (::mount("tmpfs", scratch.c_str(), "tmpfs", 0, "size=256k") < 0 || ::chdir(scratch.c_str()) < 0)
        return failErrno("overlay: scratch");
    std::string options = "lowerdir=";
    for (size_t i = 0; i < layers.lower.size(); ++i) {
        std::string point = std::to_string(i);
        if (::mkdir(point.c_str(), 0700) < 0)
            return failErrno("overlay: mount point");
        UniqueFd target = TRY(openFile(point, O_PATH | O_DIRECTORY));
        TRY(attachTree(layers.lower[i].get(), target.get(), spec.lower[i]));
        options += (i ? ":" : "") + point;
    }
    if (layers.upper)
        options +=
            fmt::format(",upperdir=/proc/self/fd/{},workdir=/proc/self/fd/{}", layers.upper.get(), layers.work.get());
    if (::mkdir("root", 0700) < 0 || ::mount("overlay", "root", "overlay", 0, options.c_str()) < 0)
        return failErrno("mount the overlay");
    UniqueFd root = TRY(openFile("root", O_PATH | O_DIRECTORY));
    return cloneTree(root.get(), false);
}

static Result<UniqueFd> mountAside(const OverlaySpec& spec, int userNamespace, const std::string& scratch)
{
    UniqueFd home = TRY(openFile("/proc/self/ns/mnt", O_RDONLY));
    UniqueFd directory = TRY(openFile(".", O_PATH | O_DIRECTORY));
    if (::unshare(CLONE_NEWNS) < 0)
        return failErrno("overlay: unshare");
    auto mounted = mountOnScratch(spec, userNamespace, scratch);
    // Back, whatever happened; staying in a namespace that pins a copy of all mounts would be worse than failing.
    if (::setns(home.get(), CLONE_NEWNS) < 0)
        return failErrno("overlay: return to the mount namespace");
    if (::fchdir(directory.get()) < 0)
        (void)!::chdir("/");
    return mounted;
}

Result<UniqueFd> mountOverlay(const OverlaySpec& spec, int userNamespace, const std::string& scratch)
{
    auto mounted = mountDirectly(spec, userNamespace);
    if (mounted || mounted.error().systemError != EINVAL)
        return mounted;
    return mountAside(spec, userNamespace, scratch);
}

} // namespace diptych::runtime
