// Volumes of storage pools: the only way in which a client names a disk.
#pragma once

#include "machines/domain_devices.h"
#include "machines/handles.h"

namespace diptych::machines {

/// NotFound names the pool or the volume.
Result<PoolRef> findPool(virConnectPtr connection, const std::string& pool);
Result<VolumeRef> findVolume(virConnectPtr connection, const std::string& pool, const std::string& volume);
/// Path and format as the pool knows them; a format that it does not know (or an ISO) is raw.
Result<DiskSource> sourceOf(virStorageVolPtr volume);

} // namespace diptych::machines
