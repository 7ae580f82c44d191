// Operating systems that libosinfo knows: which one is on a medium, and what it wants. Its database is read once, when
// it is first asked for, which takes a moment: never on the daemon's loop. Any thread.
#pragma once

#include "machines/iso_files.h"

#include <optional>
#include <string>
#include <vector>

namespace diptych::machines {

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

struct Recognised
{
    System system;
    bool exact = true; ///< false: the database does not know this release, system is the newest before it
};
Result<std::optional<Recognised>> systemOn(const IsoLabel& label);

} // namespace diptych::machines
