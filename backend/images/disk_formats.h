// What a disk file is, from its own bytes and nothing else: QEMU is never asked to guess, because whoever wrote the
// first sectors would decide what is opened (security bar D4).
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace diptych::images {

enum class DiskFormat { Raw, Qcow2, Vmdk, Vdi, Vhdx, Iso, Ova };

struct DiskKind
{
    DiskFormat format = DiskFormat::Raw;
    uint64_t capacity = 0; ///< bytes as a machine sees them; 0 where only QEMU can tell
};

/// As qemu-img's -f has it; "iso" and "ova" beside. Inline: the daemon's API knows the words without linking the store.
inline constexpr std::pair<DiskFormat, std::string_view> kDiskFormats[] = {
    {DiskFormat::Raw, "raw"},   {DiskFormat::Qcow2, "qcow2"}, {DiskFormat::Vmdk, "vmdk"}, {DiskFormat::Vdi, "vdi"},
    {DiskFormat::Vhdx, "vhdx"}, {DiskFormat::Iso, "iso"},     {DiskFormat::Ova, "ova"}};
inline std::string_view diskFormatName(DiskFormat format)
{
    for (const auto& [one, name] : kDiskFormats)
        if (one == format)
            return name;
    return "raw";
}
inline Result<DiskFormat> diskFormatFrom(std::string_view word)
{
    for (const auto& [one, name] : kDiskFormats)
        if (name == word)
            return one;
    return failField("format", fmt::format("{} is no format of a disk", word));
}

inline constexpr uint64_t kLargestDisk = uint64_t{64} << 40;
/// Bytes of a file's beginning that recognizeDisk() wants.
inline constexpr size_t kDiskHead = size_t{64} << 10;

/// head: the file's beginning, size: the file's. Refused: a disk that is one half of another (backing file, snapshot
/// parent), whose data lies in another file, that is encrypted, and a size beyond kLargestDisk. Raw is what begins like
/// nothing else and has a partition table or a file system.
Result<DiskKind> recognizeDisk(std::string_view head, uint64_t size);

} // namespace diptych::images
