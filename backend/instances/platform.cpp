#include "instances/platform.h"

#include "base/files.h"

#include <algorithm>

namespace diptych {

std::string hostArchitecture()
{
#if defined(__x86_64__)
    return "amd64";
#elif defined(__aarch64__)
    return "arm64";
#else
    return "unknown";
#endif
}

static bool isWord(std::string_view text)
{
    return !text.empty() && text.size() <= 32 && text[0] != '.' && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    });
}

Result<Platform> parsePlatform(const std::string& text, const char* field)
{
    if (text.empty())
        return Platform{"linux", hostArchitecture(), ""};
    auto parts = split(text, '/');
    bool good = (parts.size() == 2 || parts.size() == 3) && std::all_of(parts.begin(), parts.end(), isWord);
    if (!good)
        return failField(field, "a platform is written as linux/arm64 or linux/arm/v7");
    if (parts[0] != "linux")
        return failField(field, "only images for linux can be used");
    return Platform{std::string(parts[0]), std::string(parts[1]), parts.size() > 2 ? std::string(parts[2]) : ""};
}

std::string toString(const Platform& p)
{
    return p.os + '/' + p.architecture + (p.variant.empty() ? "" : '/' + p.variant);
}

bool fits(const Platform& entry, const Platform& wanted)
{
    return entry.os == wanted.os && entry.architecture == wanted.architecture &&
           (wanted.variant.empty() || entry.variant == wanted.variant);
}

// qemu-user-static registers its emulators by the name of QEMU's target.
static bool isEmulated(const std::string& architecture)
{
    static constexpr std::pair<const char*, const char*> names[] = {
        {"amd64", "x86_64"}, {"386", "i386"},          {"arm64", "aarch64"},
        {"arm", "arm"},      {"ppc64le", "ppc64le"},   {"riscv64", "riscv64"},
        {"s390x", "s390x"},  {"mips64le", "mips64el"}, {"loong64", "loongarch64"}};
    const auto* name =
        std::find_if(std::begin(names), std::end(names), [&](auto& n) { return architecture == n.first; });
    if (name == std::end(names))
        return false;
    auto entry = readFile(fmt::format("/proc/sys/fs/binfmt_misc/qemu-{}", name->second));
    return entry && entry->starts_with("enabled");
}

Status checkRuns(const std::string& architecture, Kind kind)
{
    const std::string host = hostArchitecture();
    bool native = architecture.empty() || architecture == host || (host == "amd64" && architecture == "386") ||
                  (host == "arm64" && architecture == "arm" && kind == Kind::Container);
    if (native || (kind == Kind::Container && isEmulated(architecture)))
        return {};
    return fail(
        Code::NotSupported,
        fmt::format("this image is made for linux/{}, and this machine is linux/{}{}", architecture, host,
                    kind == Kind::Container ? " without an emulator for it (binfmt_misc, qemu-user-static)" : ""));
}

} // namespace diptych
