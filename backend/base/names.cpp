#include "base/names.h"

#include <algorithm>
#include <cstdint>
#include <sys/random.h>

namespace diptych {

namespace {
bool alphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool lowerHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}
bool lowerOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// path-component of the distribution specification: [a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*
bool pathComponent(std::string_view part)
{
    if (part.empty() || !lowerOrDigit(part.front()) || !lowerOrDigit(part.back()))
        return false;
    for (size_t i = 0; i < part.size(); ++i) {
        if (lowerOrDigit(part[i]) || part[i] == '-')
            continue;
        if (part[i] != '.' && part[i] != '_')
            return false;
        bool twice = part[i + 1] == part[i];
        if (twice && (part[i] == '.' || part[i + 2] == part[i]))
            return false;
    }
    return true;
}

bool registryHost(std::string_view host)
{
    if (host.empty() || host.find("..") != std::string_view::npos ||
        (!alphanumeric(host.front()) && host.front() != '['))
        return false;
    return std::all_of(host.begin(), host.end(), [](char c) {
        return alphanumeric(c) || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
    });
}

bool tagText(std::string_view tag)
{
    return !tag.empty() && tag.size() <= 128 && tag.front() != '.' && tag.front() != '-' &&
           std::all_of(tag.begin(), tag.end(),
                       [](char c) { return alphanumeric(c) || c == '.' || c == '_' || c == '-'; });
}
} // namespace

Status checkInstanceName(std::string_view name, const char* field)
{
    if (name.empty())
        return failField(field, "a name is needed");
    if (name.size() > 63)
        return failField(field, "a name has at most 63 characters");
    if (!alphanumeric(name.front()) && name.front() != '_')
        return failField(field, "a name starts with a letter, a digit or _");
    for (char c : name) {
        if (!alphanumeric(c) && c != '_' && c != '+' && c != '.' && c != '-')
            return failField(field, "a name has only letters, digits and _ + . -");
    }
    return {};
}

Status checkId(std::string_view id, const char* field)
{
    bool good = id.size() == 36;
    for (size_t i = 0; good && i < id.size(); ++i) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        good = dash ? id[i] == '-' : lowerHex(id[i]);
    }
    if (!good)
        return failField(field, "not an instance's id");
    return {};
}

Status checkDigest(std::string_view digest, const char* field)
{
    constexpr std::string_view algorithm = "sha256:";
    if (digest.size() != algorithm.size() + 64 || digest.substr(0, algorithm.size()) != algorithm ||
        !std::all_of(digest.begin() + algorithm.size(), digest.end(), lowerHex))
        return failField(field, "not a sha256 digest");
    return {};
}

Status checkImageReference(std::string_view reference, const char* field)
{
    auto bad = [&](std::string_view why) { return failField(field, fmt::format("not an image's name: {}", why)); };
    if (reference.empty() || reference.size() > 255)
        return bad("it has 1 to 255 characters");
    if (size_t at = reference.find('@'); at != std::string_view::npos) {
        if (!checkDigest(reference.substr(at + 1)))
            return bad("after @ comes sha256: and 64 hexadecimal digits");
        reference = reference.substr(0, at);
    }
    size_t slash = reference.find_last_of('/');
    size_t colon = reference.find(':', slash == std::string_view::npos ? 0 : slash);
    if (colon != std::string_view::npos) {
        if (!tagText(reference.substr(colon + 1)))
            return bad("the tag has letters, digits and . _ -");
        reference = reference.substr(0, colon);
    }
    if (size_t first = reference.find('/'); first != std::string_view::npos) {
        std::string_view host = reference.substr(0, first);
        bool isHost = host.find_first_of(".:") != std::string_view::npos || host == "localhost";
        if (isHost) {
            if (!registryHost(host))
                return bad("the registry's host is not valid");
            reference = reference.substr(first + 1);
        }
    }
    for (;;) {
        size_t next = reference.find('/');
        if (!pathComponent(reference.substr(0, next)))
            return bad("lower-case letters and digits, separated by . _ - and /");
        if (next == std::string_view::npos)
            return {};
        reference.remove_prefix(next + 1);
    }
}

std::string newId()
{
    uint8_t b[16] = {};
    // getrandom() of 16 bytes neither fails nor is cut short once the kernel's pool is up.
    (void)!::getrandom(b, sizeof b, 0);
    b[6] = static_cast<uint8_t>((b[6] & 0x0f) | 0x40);
    b[8] = static_cast<uint8_t>((b[8] & 0x3f) | 0x80);
    std::string id;
    for (int i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            id += '-';
        id += fmt::format("{:02x}", b[i]);
    }
    return id;
}

} // namespace diptych
