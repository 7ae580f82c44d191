// One layer: a compressed tar of which everything is doubted until its digest, size and diff id have matched.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace diptych::images {

struct LayerLimits
{
    uint64_t bytes = uint64_t{64} << 30; ///< of all files together
    uint64_t ratio = 1100;               ///< uncompressed to compressed; deflate ends at 1032
    uint64_t entries = 2'000'000;
    uint64_t reserve = uint64_t{256} << 20; ///< bytes that stay free on the disk
};

struct LayerSource
{
    std::string blob;   ///< path
    std::string digest; ///< of the blob
    uint64_t size = 0;  ///< of the blob
    std::string diffId; ///< of the uncompressed tar
};

/// Unpacks into directory, which exists and is empty. On an error the caller removes it. progress: compressed bytes
/// read so far; true stops with Code::Cancelled. Reads the blob once, in a process of its own that can do nothing else
/// (see confine.h). What was written is on the disk when it returns.
Status unpackLayer(const LayerSource& source, const std::string& directory, const LayerLimits& limits,
                   const std::function<bool(uint64_t)>& progress);
/// The same in this process, whose umask is 0, with the blob read from a descriptor. The result: directories to be
/// marked as opaque.
Result<std::vector<std::string>> unpackLayerHere(int blob, int directory, const LayerSource& source,
                                                 const LayerLimits& limits,
                                                 const std::function<bool(uint64_t)>& progress);

} // namespace diptych::images
