// Each guest would unpack its kernel at each start, an emulated one slowly, and its firmware would load what is packed
// in small pieces before: here it is done once, by the host's own processor.
#include "images/vmlinux.h"

#include "base/files.h"
#include "images/archive.h"
#include "images/images.h"

#include <cstring>
#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::images {

namespace {
constexpr size_t kLargest = size_t{512} << 20;
constexpr uint32_t kPhys32Entry = 18; // XEN_ELFNOTE_PHYS32_ENTRY

template <typename T>
T valueAt(std::string_view bytes, size_t offset)
{
    T value{};
    if (offset <= bytes.size() && bytes.size() - offset >= sizeof value)
        std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

/// The compressed kernel in a bzImage; empty when it is none that we know.
std::string_view payloadOf(std::string_view image)
{
    constexpr uint32_t magic = 0x53726448; // "HdrS"
    if (valueAt<uint32_t>(image, 0x202) != magic || valueAt<uint16_t>(image, 0x206) < 0x208)
        return {};
    size_t sectors = valueAt<uint8_t>(image, 0x1f1);
    size_t offset = ((sectors ? sectors : 4) + 1) * 512 + valueAt<uint32_t>(image, 0x248);
    size_t length = valueAt<uint32_t>(image, 0x24c);
    if (offset > image.size() || length > image.size() - offset || length < 8)
        return {};
    return image.substr(offset, length);
}

bool hasPvhNote(std::string_view notes)
{
    auto padded = [](size_t size) { return (size + 3) & ~size_t{3}; };
    while (notes.size() >= sizeof(Elf64_Nhdr)) {
        auto header = valueAt<Elf64_Nhdr>(notes, 0);
        size_t whole = sizeof header + padded(header.n_namesz) + padded(header.n_descsz);
        if (whole > notes.size())
            return false;
        if (header.n_type == kPhys32Entry && notes.substr(sizeof header, 4) == std::string_view("Xen\0", 4))
            return true;
        notes.remove_prefix(whole);
    }
    return false;
}

bool startsDirectly(std::string_view elf)
{
    auto header = valueAt<Elf64_Ehdr>(elf, 0);
    if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64 ||
        header.e_machine != EM_X86_64)
        return false;
    for (size_t i = 0; i < header.e_phnum; ++i) {
        auto segment = valueAt<Elf64_Phdr>(elf, header.e_phoff + i * sizeof(Elf64_Phdr));
        if (segment.p_type == PT_NOTE && segment.p_offset < elf.size() &&
            hasPvhNote(elf.substr(segment.p_offset, segment.p_filesz)))
            return true;
    }
    return false;
}
} // namespace

Result<std::string> unpackKernel(std::string_view bzImage)
{
    std::string_view payload = payloadOf(bzImage);
    if (payload.empty())
        return fail(Code::NotSupported, "not a bzImage");
    // The size of what was packed stands behind it; gzip's own trailer is the same four bytes.
    auto size = valueAt<uint32_t>(payload, payload.size() - 4);
    if (!payload.starts_with("\x1f\x8b"))
        payload.remove_suffix(4);
    std::string kernel = TRY(decompressBytes(payload, "the packed kernel", kLargest));
    if (kernel.size() != size || !startsDirectly(kernel))
        return fail(Code::NotSupported, "no kernel that starts without its loader");
    return kernel;
}

Result<std::string> bootImage(const Paths& paths, const Kernel& kernel)
{
    struct stat status
    {
    };
    if (::stat(kernel.image.c_str(), &status) < 0)
        return failErrno(kernel.image);
    TRY(makeDirectories(paths.kernels()));
    auto named = [&](const char* kind) {
        return fmt::format("{}/{}-{}-{}-{}", paths.kernels(), kind, kernel.release,
                           static_cast<int64_t>(status.st_mtim.tv_sec), status.st_size);
    };
    for (const char* kind : {"vmlinux", "vmlinuz"})
        if (exists(named(kind)))
            return named(kind);
    std::string packed = TRY(readFile(kernel.image, kLargest));
    auto unpacked = unpackKernel(packed);
    std::string target = named(unpacked ? "vmlinux" : "vmlinuz");
    TRY(writeFileAtomic(target, unpacked ? *unpacked : packed, 0400));
    return target;
}

} // namespace diptych::images
