// libFuzzer target: a layer, unpacked by the code of diptych-unpack but in this process. Whatever it is, nothing may
// appear beside the layer's directory, no device but whiteouts, no name of a whiteout, no attribute of overlayfs.
// DIPTYCH_SEEDS=DIRECTORY writes the seeds of the regression tests there and ends. Run as root, TMPDIR on a tmpfs.
#include "base/files.h"
#include "images/digest.h"
#include "images/layer.h"
#include "support/hostile_tars.h"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace fs = std::filesystem;
using namespace diptych;

namespace {
fs::path around;

void require(bool good)
{
    if (!good)
        abort();
}

void look(const fs::path& directory)
{
    for (const auto& entry : fs::recursive_directory_iterator(directory)) {
        struct stat st
        {
        };
        require(::lstat(entry.path().c_str(), &st) == 0);
        require(!S_ISBLK(st.st_mode) && (!S_ISCHR(st.st_mode) || st.st_rdev == 0));
        require(!entry.path().filename().string().starts_with(".wh."));
        for (const char* name : {"trusted.overlay.opaque", "trusted.overlay.redirect", "trusted.overlay.metacopy"})
            require(::lgetxattr(entry.path().c_str(), name, nullptr, 0) < 0);
    }
}

void writeSeeds(const fs::path& directory)
{
    fs::create_directories(directory);
    int number = 0;
    for (const test::HostileTar& one : test::hostileTars())
        if (one.tar.size() < (size_t{64} << 10))
            require(bool(writeFileAtomic((directory / std::to_string(number++)).string(),
                                         one.tar + std::string(one.end ? 1024 : 0, '\0'))));
}
} // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***)
{
    if (const char* seeds = std::getenv("DIPTYCH_SEEDS")) {
        writeSeeds(seeds);
        std::exit(0);
    }
    ::umask(0);
    around = fs::temp_directory_path() / ("fuzz_layer." + std::to_string(::getpid()));
    fs::create_directories(around);
    std::atexit([] { fs::remove_all(around); });
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    std::string tar(reinterpret_cast<const char*>(data), size);
    const fs::path to = around / "layer";
    fs::create_directories(to);
    UniqueFd blob(::memfd_create("layer", MFD_CLOEXEC)), root(::open(to.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    require(blob && root && writeAll(blob.get(), tar) && ::lseek(blob.get(), 0, SEEK_SET) == 0);
    images::LayerLimits limits;
    limits.bytes = 1 << 20;
    limits.entries = 1000;
    const std::string digest = images::digestOf(tar);
    (void)images::unpackLayerHere(blob.get(), root.get(), {"", digest, tar.size(), digest}, limits, {});
    look(to);
    require(std::distance(fs::directory_iterator(around), fs::directory_iterator()) == 1);
    require(bool(removeTree(to.string())));
    return 0;
}
