// Volumes of storage pools: the only way in which a client names a disk.
#pragma once

#include "machines/domain_devices.h"
#include "machines/handles.h"
#include "machines/iso_files.h"
#include "machines/undo.h"

namespace diptych::machines {

/// NotFound names the pool or the volume.
Result<PoolRef> findPool(virConnectPtr connection, const std::string& pool);
Result<VolumeRef> findVolume(virConnectPtr connection, const std::string& pool, const std::string& volume);
/// Path and format as the pool knows them; a format that it does not know (or an ISO) is raw.
/// What the pool knows of it, whatever that is.
Result<DiskSource> describeVolume(virStorageVolPtr volume, std::string* base = nullptr);
/// Refused: an overlay of a file that is in no storage pool, for that could be any file of the host.
Result<DiskSource> sourceOf(virStorageVolPtr volume);

/// "stem.suffix", or with a number when there is one; without a suffix where volumes are no files.
std::string freeName(virStoragePoolPtr pool, const std::string& stem, const std::string& suffix);
/// base: what it is an overlay of; null: empty.
std::string volumeXml(const std::string& name, uint64_t capacity, const std::string& format, const DiskSource* base);
/// from: copied from; null: made as the XML says, as far as this pool can have it (volumeXmlIn): what is given back
/// tells its path and format. Goes again when undo is not kept.
Result<DiskSource> makeVolume(virStoragePoolPtr pool, const std::string& xml, virStorageVolPtr from, Undo& undo);
/// Reads parts of it through libvirt; both must outlive it.
ReadAt readerOf(virConnectPtr connection, virStorageVolPtr volume);
/// Replaces the volume's content; data gives up to size bytes, empty at the end.
Status uploadVolume(virConnectPtr connection, virStorageVolPtr volume, uint64_t size,
                    const std::function<Result<std::string>()>& data);

} // namespace diptych::machines
