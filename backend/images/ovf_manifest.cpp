#include "images/ovf_manifest.h"

#include "base/fd.h"
#include "base/files.h"
#include "images/ovf_xml.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <memory>
#include <openssl/evp.h>
#include <unistd.h>

namespace diptych::images {

namespace {
constexpr size_t kLargestManifest = size_t{1} << 20, kMostDigests = 1000;

size_t hexLength(std::string_view algorithm)
{
    for (const auto& [word, length] :
         {std::pair<std::string_view, size_t>{"SHA1", 40}, {"SHA256", 64}, {"SHA384", 96}, {"SHA512", 128}})
        if (word == algorithm)
            return length;
    return 0;
}

tl::unexpected<Error> badLine(size_t number, const std::string& why)
{
    return failField("manifest", fmt::format("line {}: {}", number, why));
}

Result<OvfDigest> readLine(const std::string& line, size_t number)
{
    const size_t open = line.find('('), close = line.rfind(')');
    const size_t equals = close == std::string::npos ? close : line.find('=', close);
    if (open == std::string::npos || equals == std::string::npos || close < open)
        return badLine(number, "no digest of a file");
    OvfDigest digest{ovf::trimmed(line.substr(0, open), 16), line.substr(open + 1, close - open - 1),
                     ovf::trimmed(line.substr(equals + 1), 200)};
    std::transform(digest.hex.begin(), digest.hex.end(), digest.hex.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    std::erase(digest.algorithm, '-');
    if (hexLength(digest.algorithm) == 0)
        return badLine(number, fmt::format("the algorithm {} is not known", digest.algorithm));
    if (digest.hex.size() != hexLength(digest.algorithm) ||
        digest.hex.find_first_not_of("0123456789abcdef") != std::string::npos)
        return badLine(number, fmt::format("this is no {}", digest.algorithm));
    return digest;
}

struct FreeContext
{
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
} // namespace

Result<std::vector<OvfDigest>> readManifest(std::string_view text)
{
    if (text.size() > kLargestManifest)
        return failField("manifest", fmt::format("more than {} bytes are refused", kLargestManifest));
    std::vector<OvfDigest> digests;
    for (size_t at = 0, number = 1; at < text.size(); ++number) {
        const size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = ovf::trimmed(text.substr(at, end - at), 1024);
        at = end + 1;
        if (line.empty())
            continue;
        if (digests.size() >= kMostDigests)
            return failField("manifest", fmt::format("more than {} digests are refused", kMostDigests));
        digests.push_back(TRY(readLine(line, number)));
    }
    return digests;
}

Status checkDigestOf(const std::string& path, const OvfDigest& digest, const std::function<bool()>& cancelled)
{
    UniqueFd fd = TRY(openFile(path, O_RDONLY | O_NOFOLLOW));
    std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
    const EVP_MD* kind = EVP_get_digestbyname(digest.algorithm.c_str());
    if (!context || !kind || EVP_DigestInit_ex(context.get(), kind, nullptr) != 1)
        return fail(Code::NotSupported, fmt::format("libcrypto has no {}", digest.algorithm));
    std::vector<char> buffer(size_t{1} << 20);
    for (;;) {
        if (cancelled())
            return fail(Code::Cancelled, "cancelled");
        const ssize_t n = ::read(fd.get(), buffer.data(), buffer.size());
        if (n < 0)
            return failErrno(digest.file);
        if (n == 0)
            break;
        EVP_DigestUpdate(context.get(), buffer.data(), static_cast<size_t>(n));
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned length = 0;
    EVP_DigestFinal_ex(context.get(), sum.data(), &length);
    std::string hex;
    for (unsigned i = 0; i < length; ++i)
        hex += fmt::format("{:02x}", sum[i]);
    if (hex != digest.hex)
        return failField("manifest", fmt::format("{} is not what its {} says: it was damaged or changed on its way",
                                                 digest.file, digest.algorithm));
    return {};
}

} // namespace diptych::images
