#include "guest/filesystems.h"

#include "base/files.h"

#include <algorithm>
#include <array>

namespace diptych::guest {

std::string filesystemIn(std::string_view head)
{
    auto has = [&](size_t at, std::string_view bytes) {
        return head.substr(std::min(at, head.size())).starts_with(bytes);
    };
    struct Sign
    {
        size_t at;
        std::string_view bytes;
        const char* name;
    };
    using namespace std::string_view_literals;
    static constexpr std::array signs{Sign{0x438, "\x53\xef"sv, "ext4"},
                                      Sign{0, "XFSB"sv, "XFS"},
                                      Sign{0x10040, "_BHRfS_M"sv, "btrfs"},
                                      Sign{0x218, "LVM2 001"sv, "LVM"},
                                      Sign{0, "LUKS\xba\xbe"sv, "LUKS encryption"},
                                      Sign{0xff6, "SWAPSPACE2"sv, "swap"},
                                      Sign{0, "hsqs"sv, "squashfs"},
                                      Sign{3, "NTFS    "sv, "NTFS"},
                                      Sign{0x400, "\x10\x20\xf5\xf2"sv, "F2FS"},
                                      Sign{0x52, "FAT32   "sv, "FAT"},
                                      Sign{0x36, "FAT1"sv, "FAT"}};
    for (const Sign& sign : signs)
        if (has(sign.at, sign.bytes))
            return sign.name;
    return {};
}

std::vector<std::string> elsewhere(std::string_view fstab)
{
    std::vector<std::string> result;
    for (std::string_view line : split(fstab, '\n')) {
        std::vector<std::string> words;
        std::string text(line.substr(0, line.find('#')));
        std::replace(text.begin(), text.end(), '\t', ' ');
        for (std::string_view word : split(text, ' '))
            if (!word.empty())
                words.emplace_back(word);
        if (words.size() < 3 || words[1].size() < 2 || words[1][0] != '/')
            continue;
        const bool device = words[0].starts_with("/dev/") || words[0].find("UUID=") == 0 ||
                            words[0].starts_with("PARTUUID=") || words[0].find("LABEL=") != std::string::npos;
        auto below = [&](std::string_view top) {
            return words[1] == top || words[1].starts_with(std::string(top) + "/");
        };
        const bool needless = below("/boot") || below("/efi") || below("/media") || below("/mnt") || below("/proc") ||
                              below("/sys") || below("/dev") || below("/run") || below("/tmp");
        if (device && !needless)
            result.push_back(words[1]);
    }
    return result;
}

} // namespace diptych::guest
