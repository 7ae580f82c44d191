// The manifest of an appliance: digests of its files (DSP0243, 9.1.2), as "SHA256(disk1.vmdk)= <hex>". It finds what
// was damaged on its way; who wrote it, it does not say: a signature (.cert) is not looked at.
#pragma once

#include "base/result.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace diptych::images {

struct OvfDigest
{
    std::string algorithm; ///< "SHA1" "SHA256" "SHA384" "SHA512"
    std::string file, hex; ///< hex in lower case
};
Result<std::vector<OvfDigest>> readManifest(std::string_view text);

/// Whether that file, by path, is what the digest says; cancelled is asked now and then.
Status checkDigestOf(const std::string& path, const OvfDigest& digest, const std::function<bool()>& cancelled);

} // namespace diptych::images
