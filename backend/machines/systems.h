// Operating systems that libosinfo knows: which one is on a medium, and what it wants. Its database is read once, when
// it is first asked for, which takes a moment: never on the daemon's loop. Any thread.
#pragma once

#include "base/result.h"

#include <optional>
#include <string>
#include <vector>

namespace diptych::machines {

/// What the primary volume descriptor of an ISO 9660 image says (ECMA-119, 8.4), without the blanks behind.
struct IsoLabel
{
    std::string volume, system, publisher, application;
    uint64_t bytes = 0; ///< of the volume; 0 unknown
};
constexpr size_t isoDescriptorAt = 32768, isoDescriptorSize = 2048;
/// bytes: those of sector 16. Null: this is no ISO 9660.
std::optional<IsoLabel> readIsoLabel(std::string_view bytes);

struct System
{
    std::string id; ///< libosinfo's, "http://debian.org/debian/11"
    std::string name, family;
    bool virtio = false;   ///< it has drivers for virtio disks and networks
    uint64_t memory = 0;   ///< recommended, bytes; 0 unknown
    uint64_t storage = 0;  ///< the same
    unsigned cpus = 0;     ///< the same
    bool supported = true; ///< its makers still care for it, as far as the database knows
};
/// Those still cared for first, by name. NotSupported when there is no database.
Result<std::vector<System>> systems();
Result<std::optional<System>> systemOn(const IsoLabel& label);

} // namespace diptych::machines
