// What making, going back to and deleting external snapshots share.
#pragma once

#include "machines/external_snapshots.h"

namespace diptych::machines {

/// A disk that the machine writes to, in a file or a device.
bool isWritten(const DiskInfo& disk);
std::string directoryOf(const std::string& path);
Result<std::vector<ExternalSnapshot>> allSnapshots(virDomainPtr domain);
/// Refused: its memory was saved, which fits to its disks as they are.
Status checkNotSaved(virDomainPtr domain);
/// Only what a pool shows, and what nobody needs; who can't be asked needs it.
void deleteUnneeded(virConnectPtr connection, const std::string& path);
void refreshPools(virConnectPtr connection, const std::vector<DiskInfo>& disks);

} // namespace diptych::machines
