// System call filters: compiled by libseccomp once, kept, and loaded with seccomp(2) directly.
//
// Compiling Podman's profile takes about 18 ms, two thirds of what crun needs for a whole start; reading the compiled
// program back takes 0.1 ms. The kept program stands beside the complete text it was made from, and is only used when
// that text (profile, libseccomp version, architecture) is equal: the file's name being a hash decides nothing.
#pragma once

#include "base/fd.h"
#include "oci/config.h"

#include <linux/filter.h>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diptych::runtime {

/// A file's bytes as the kernel holds them: no copy, and a few pages instead of many.
class Mapping final
{
public:
    Mapping() = default;
    static Mapping of(int fd, size_t size); ///< empty when it can't be
    Mapping(Mapping&& other) noexcept : m_data(std::exchange(other.m_data, {})) {}
    Mapping& operator=(Mapping&& other) noexcept
    {
        std::swap(m_data, other.m_data);
        return *this;
    }
    ~Mapping();
    [[nodiscard]] std::string_view bytes() const { return m_data; }

private:
    std::string_view m_data;
};

struct SeccompFilter
{
    unsigned flags = 0; ///< SECCOMP_FILTER_FLAG_*
    bool cached = false;

    [[nodiscard]] bool notifies() const;
    [[nodiscard]] bool empty() const { return m_program.empty(); }
    [[nodiscard]] std::span<const sock_filter> program() const { return m_program; }
    /// From what stands in a cache file behind the key; an empty filter when that is nonsense.
    static SeccompFilter fromCache(Mapping file, size_t keySize);
    static SeccompFilter compiled(std::vector<sock_filter> program, unsigned flags);

private:
    std::span<const sock_filter> m_program;
    std::vector<sock_filter> m_compiled;
    Mapping m_file;
};

/// text: linux.seccomp. From the cache directory (private to root) when it is there, else compiled and kept. A cache
/// that can't be written or holds nonsense is no error.
Result<SeccompFilter> seccompFilter(std::string_view text, const std::string& cacheDirectory);
/// Needs no_new_privs or CAP_SYS_ADMIN in the current user namespace.
/// Gives the listener of a filter that notifies, close-on-exec; else nothing.
Result<UniqueFd> installFilter(const SeccompFilter& filter);

/// Fails for a name that libseccomp does not know on any architecture; else such a rule is left out.
Status refuseUnknownCalls(std::string_view text);

/// Compiles without the cache.
Result<std::vector<sock_filter>> compileFilter(const oci::Seccomp& profile);

} // namespace diptych::runtime
