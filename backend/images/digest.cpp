#include "images/digest.h"

#include <fmt/format.h>
#include <openssl/evp.h>

namespace diptych::images {

void Sha256::Free::operator()(evp_md_ctx_st* context) const
{
    EVP_MD_CTX_free(context);
}

Sha256::Sha256() : m_context(EVP_MD_CTX_new())
{
    EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr);
}

void Sha256::update(const void* data, size_t size)
{
    EVP_DigestUpdate(m_context.get(), data, size);
}

std::string Sha256::digest()
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    EVP_DigestFinal_ex(m_context.get(), bytes, &length);
    std::string text = "sha256:";
    for (unsigned int i = 0; i < length; ++i)
        text += fmt::format("{:02x}", bytes[i]);
    return text;
}

std::string digestOf(std::string_view data)
{
    Sha256 sum;
    sum.update(data);
    return sum.digest();
}

std::string hexOf(std::string_view digest)
{
    return std::string(digest.substr(digest.find(':') + 1));
}

} // namespace diptych::images
