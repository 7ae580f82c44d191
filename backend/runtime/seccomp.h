// System call filters: compiled by libseccomp once, kept, and loaded with seccomp(2) directly.
//
// Compiling Podman's profile takes about 18 ms, two thirds of what crun needs for a whole start; reading the compiled
// program back takes 0.1 ms. The kept program stands beside the complete text it was made from, and is only used when
// that text (profile, libseccomp version, architecture) is equal: the file's name being a hash decides nothing.
#pragma once

#include "oci/config.h"

#include <linux/filter.h>
#include <string>
#include <vector>

namespace diptych::runtime {

struct SeccompFilter
{
    std::vector<sock_filter> program;
    unsigned flags = 0; ///< SECCOMP_FILTER_FLAG_*
    bool cached = false;
};

/// From the cache directory (private to root) when it is there, else compiled and kept. A cache that can't be written
/// or holds nonsense is no error.
Result<SeccompFilter> seccompFilter(const oci::Seccomp& profile, const std::string& cacheDirectory);
/// Needs no_new_privs or CAP_SYS_ADMIN in the current user namespace.
Status installFilter(const SeccompFilter& filter);

/// Compiles without the cache.
Result<std::vector<sock_filter>> compileFilter(const oci::Seccomp& profile);

} // namespace diptych::runtime
