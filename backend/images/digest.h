// SHA-256 as it flows by.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace diptych::images {

class Sha256 final
{
public:
    Sha256();
    void update(const void* data, size_t size);
    void update(std::string_view data) { update(data.data(), data.size()); }
    /// "sha256:<64 hex digits>"; once, at the end.
    std::string digest();

private:
    struct Free
    {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

std::string digestOf(std::string_view data);
/// The hex digits of a digest that checkDigest() has passed: a file name.
std::string hexOf(std::string_view digest);

} // namespace diptych::images
