// Where a file lies in an ISO 9660 volume (ECMA-119, with the names of Rock Ridge, RRIP 1.12 NM). Only what it takes to
// find a file is read, a sector's length at a time. Nothing in a volume is trusted: sizes and counts are bounded, and a
// directory is never entered twice. Pure but for the reading.
#pragma once

#include "base/result.h"

#include <functional>
#include <optional>
#include <string>

namespace diptych::machines {

struct Extent
{
    uint64_t offset = 0, size = 0; ///< bytes
};
/// Up to length bytes from offset on; fewer at the end.
using ReadAt = std::function<Result<std::string>(uint64_t offset, size_t length)>;

/// What the primary volume descriptor says (8.4), without the blanks behind.
struct IsoLabel
{
    std::string volume, system, publisher, application;
    uint64_t bytes = 0; ///< of the volume; 0 unknown
};
constexpr size_t isoDescriptorAt = 32768, isoDescriptorSize = 2048;
/// bytes: those of sector 16. Null: this is no ISO 9660.
std::optional<IsoLabel> readIsoLabel(std::string_view bytes);

/// path: "install.amd/vmlinuz", compared without regard to case. Null: no such file, or this is no ISO 9660. An error
/// only when it can't be read.
Result<std::optional<Extent>> findInIso(const ReadAt& read, const std::string& path);

} // namespace diptych::machines
