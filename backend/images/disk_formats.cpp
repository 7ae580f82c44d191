#include "images/disk_formats.h"

#include <algorithm>

namespace diptych::images {

namespace {
uint64_t number(std::string_view bytes, size_t at, size_t size, bool big)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size && at + i < bytes.size(); ++i)
        value |= uint64_t{static_cast<unsigned char>(bytes[at + i])} << 8 * (big ? size - 1 - i : i);
    return value;
}

tl::unexpected<Error> refuse(std::string_view what)
{
    return fail(Code::NotSupported, std::string(what));
}

/// docs/interop/qcow2.txt of QEMU.
Result<DiskKind> qcow2(std::string_view head)
{
    const uint64_t version = number(head, 4, 4, true);
    if (version != 2 && version != 3)
        return refuse(fmt::format("a qcow2 disk of version {} is not known", version));
    if (number(head, 8, 8, true) != 0)
        return refuse("the disk needs another one, on which it was built: flatten it first with qemu-img convert");
    if (number(head, 32, 4, true) != 0)
        return refuse("the disk is encrypted");
    constexpr uint64_t corrupt = 2, externalData = 4;
    const uint64_t incompatible = version == 3 ? number(head, 72, 8, true) : 0;
    if (incompatible & externalData)
        return refuse("the disk keeps its data in another file");
    if (incompatible & corrupt)
        return refuse("the disk says of itself that it is damaged: qemu-img check -r mends it");
    return DiskKind{DiskFormat::Qcow2, number(head, 24, 8, true)};
}

/// The sparse extent of VMware's specification, with its descriptor inside.
Result<DiskKind> vmdk(std::string_view head)
{
    constexpr uint64_t sector = 512;
    const uint64_t at = number(head, 28, 8, false) * sector, length = number(head, 36, 8, false) * sector;
    if (at == 0 || length == 0 || at >= head.size())
        return refuse("the VMDK has no descriptor of its own: it is a part of another one");
    std::string descriptor(head.substr(at, std::min<uint64_t>(length, head.size() - at)));
    std::transform(descriptor.begin(), descriptor.end(), descriptor.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    std::erase_if(descriptor, [](char c) { return c == ' ' || c == '\t'; });
    if (size_t parent = descriptor.find("parentcid="); parent != std::string::npos) {
        if (descriptor.compare(parent + 10, 8, "ffffffff") != 0)
            return refuse("the VMDK needs another one, on which it was built");
    }
    // One extent, and that in this file: any other would be a file of this host by name.
    size_t extents = 0;
    for (const char* access : {"\nrw", "\nrdonly", "\nnoaccess"})
        for (size_t found = descriptor.find(access); found != std::string::npos;
             found = descriptor.find(access, found + 1))
            ++extents;
    if (extents > 1 || descriptor.find("createtype=\"twogb") != std::string::npos)
        return refuse("the VMDK consists of several files: make one of them first with qemu-img convert");
    return DiskKind{DiskFormat::Vmdk, number(head, 12, 8, false) * sector};
}

Result<DiskKind> vdi(std::string_view head)
{
    constexpr uint64_t dynamic = 1, fixed = 2;
    const uint64_t type = number(head, 0x4c, 4, false);
    if (type != dynamic && type != fixed)
        return refuse("the VDI needs another one, on which it was built");
    return DiskKind{DiskFormat::Vdi, number(head, 0x170, 8, false)};
}

bool looksLikeADisk(std::string_view head)
{
    auto has = [&](size_t at, std::string_view bytes) {
        return head.substr(std::min(at, head.size())).starts_with(bytes);
    };
    return has(510, "\x55\xaa") || has(512, "EFI PART") || has(0x438, "\x53\xef") || has(0, "XFSB") ||
           has(0x200, "LABELONE");
}

Result<DiskKind> recognize(std::string_view head, uint64_t size)
{
    auto has = [&](size_t at, std::string_view bytes) {
        return head.substr(std::min(at, head.size())).starts_with(bytes);
    };
    if (has(0, "QFI\xfb"))
        return qcow2(head);
    if (has(0, "KDMV"))
        return vmdk(head);
    if (has(0, "# Disk DescriptorFile") || has(0, "COWD"))
        return refuse("this VMDK only names other files: take the disk itself, or an OVA");
    if (has(0x40, "\x7f\x10\xda\xbe"))
        return vdi(head);
    if (has(0, "vhdxfile"))
        return DiskKind{DiskFormat::Vhdx, 0};
    if (has(257, "ustar") &&
        std::string_view(head.data(), std::min<size_t>(head.size(), 100)).find(".ovf") != head.npos)
        return DiskKind{DiskFormat::Ova, 0};
    if (has(0x8001, "CD001"))
        return DiskKind{DiskFormat::Iso, size};
    if (looksLikeADisk(head))
        return DiskKind{DiskFormat::Raw, (size + 511) / 512 * 512};
    return refuse("this is no disk that is known: qcow2, raw, VMDK, VDI, VHDX, ISO or OVA");
}
} // namespace

Result<DiskKind> recognizeDisk(std::string_view head, uint64_t size)
{
    DiskKind kind = TRY(recognize(head, size));
    if (kind.capacity > kLargestDisk)
        return refuse(
            fmt::format("the disk says that it has {} bytes: more than {} is refused", kind.capacity, kLargestDisk));
    return kind;
}

} // namespace diptych::images
