// Snapshots in files of their own: from then on the machine writes into an overlay, and what it had stays as it was. A
// disk may be raw, and the machine may start by UEFI; the memory of one that runs may be kept too, in one more file.
// libvirt 9.0 makes them and can neither revert to nor delete them: both are done here.
#pragma once

#include "machines/domain_read.h"
#include "machines/handles.h"
#include "machines/manager.h"

#include <pugixml.hpp>

namespace diptych::machines {

/// What is kept of one disk.
struct Frozen
{
    std::string target, path, format; ///< the file that holds that moment
};
struct ExternalSnapshot
{
    std::string name;
    bool external = false; ///< a disk or the memory
    bool paused = false;   ///< when it was made
    std::string memory;    ///< the file that holds it; empty: none does
    std::vector<Frozen> disks;
};

ExternalSnapshot readExternal(const pugi::xml_node& snapshot);
Result<ExternalSnapshot> readExternal(virDomainSnapshotPtr snapshot);

/// Why none can be made now; empty when it can.
std::string externalObstacle(virConnectPtr connection, const DomainInfo& info);
/// memory: of a machine that runs; it stands still meanwhile. Of one that failed no file stays.
Status createExternal(Host& host, virDomainPtr domain, const DomainInfo& info, const std::string& name,
                      const std::string& description, bool memory, Progress& progress);
/// The disks become fresh overlays on what the snapshot kept; hardware stays. What they were goes, when nobody needs
/// it. What runs is ended; it runs on where the memory was kept, with the hardware of that moment, and is off else.
Status revertExternal(virConnectPtr connection, virDomainPtr domain, virDomainSnapshotPtr snapshot);
/// What is built upon its files takes over what it needs of them; the files go when nobody else needs them. While it
/// runs only where it writes directly upon them.
Status deleteExternal(virConnectPtr connection, virDomainPtr domain, virDomainSnapshotPtr snapshot, Progress& progress);
/// Refused: a revert inside files that external snapshots are built upon, which it would destroy.
Status checkInternalRevert(virDomainPtr domain, virDomainSnapshotPtr snapshot);

} // namespace diptych::machines
