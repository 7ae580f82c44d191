// A tar archive as a stream: POSIX pax (IEEE 1003.1-2008), where ustar's own fields do not reach. Sparse files as GNU
// tar's pax format 1.0 has them.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <utility>
#include <vector>

namespace diptych::guest {

struct TarEntry
{
    std::string path; ///< from the top, without a slash in front
    std::string link; ///< target of a symbolic link; of a hard one, the path of the file it is
    bool hardLink = false;
    struct stat status = {};
    uint64_t size = 0;                                          ///< bytes that follow in the archive
    std::vector<std::pair<std::string, std::string>> records{}; ///< further pax records: attributes, sparse files
};

/// The header with the extended header it needs, whole blocks. Kinds that an image does not hold give nothing.
std::string tarHeader(const TarEntry& entry);
/// Zeros that fill the last block of so much content.
std::string tarPadding(uint64_t size);

/// Everything below the directory, but for devices, sockets and a lost+found at the top, and the archive's end. Each
/// piece goes to sink as it comes: nothing is held but one buffer.
Status writeTar(int directory, const std::function<Status(std::string_view)>& sink);

} // namespace diptych::guest
