// From the helper's JSON to client/machine_types.h.
#pragma once

#include "client/json.h"
#include "client/machine_types.h"

namespace diptych::client {

Hardware decodeHardware(const Json& json);
ObjectXml decodeObjectXml(const Json& json);
Applied decodeApplied(const Json& json);
HostDevice decodeHostDevice(const Json& json);
OperatingSystem decodeSystem(const Json& json);
Appliance decodeAppliance(const Json& json); ///< the answer of ReadAppliance
UnattendedProfile decodeUnattendedProfile(const Json& json);
Guest decodeGuest(const Json& json);
Snapshots decodeSnapshots(const Json& json);
MigrationCheck decodeMigrationCheck(const Json& json);
StoragePool decodePool(const Json& json);
FoundSource decodeFoundSource(const Json& json);
StorageVolume decodeVolume(const Json& json);
VirtualNetwork decodeNetwork(const Json& json);
Lease decodeLease(const Json& json);

} // namespace diptych::client
