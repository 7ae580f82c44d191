// Which system an appliance has, in libosinfo's words; only where one thing can be meant.
#include "images/ovf_read.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace diptych::images {

namespace {

struct SystemWord
{
    std::string_view word, id;
};

/// Without case, "_", "-", ".", and what tells the bits. VMware counts Windows in its own way: 9 is 10, "8 server"
/// 2012.
constexpr std::array kSystemWords{
    SystemWord{"centos7", "http://centos.org/centos/7.0"},
    SystemWord{"centos8", "http://centos.org/centos/8"},
    SystemWord{"centos9", "http://centos.org/centos-stream/9"},
    SystemWord{"sles12", "http://suse.com/sles/12-unknown"},
    SystemWord{"sles15", "http://suse.com/sle/15-unknown"},
    SystemWord{"archlinux", "http://archlinux.org/archlinux/rolling"},
    SystemWord{"winxpprofessional", "http://microsoft.com/win/xp"},
    SystemWord{"winxppro", "http://microsoft.com/win/xp"},
    SystemWord{"windowsxp", "http://microsoft.com/win/xp"},
    SystemWord{"windowsvista", "http://microsoft.com/win/vista"},
    SystemWord{"winvista", "http://microsoft.com/win/vista"},
    SystemWord{"windows2000", "http://microsoft.com/win/2k"},
    SystemWord{"windows2003", "http://microsoft.com/win/2k3"},
    SystemWord{"windows2008", "http://microsoft.com/win/2k8"},
    SystemWord{"windows2008r2", "http://microsoft.com/win/2k8r2"},
    SystemWord{"windows7server", "http://microsoft.com/win/2k8r2"},
    SystemWord{"windows2012", "http://microsoft.com/win/2k12"},
    SystemWord{"windows8server", "http://microsoft.com/win/2k12"},
    SystemWord{"windows2012r2", "http://microsoft.com/win/2k12r2"},
    SystemWord{"windows2016", "http://microsoft.com/win/2k16"},
    SystemWord{"windows9server", "http://microsoft.com/win/2k16"},
    SystemWord{"windows2019", "http://microsoft.com/win/2k19"},
    SystemWord{"windows2019srv", "http://microsoft.com/win/2k19"},
    SystemWord{"windows2022", "http://microsoft.com/win/2k22"},
    SystemWord{"windows2019srvnext", "http://microsoft.com/win/2k22"},
    SystemWord{"windows7", "http://microsoft.com/win/7"},
    SystemWord{"windows8", "http://microsoft.com/win/8"},
    SystemWord{"windows81", "http://microsoft.com/win/8.1"},
    SystemWord{"windows9", "http://microsoft.com/win/10"},
    SystemWord{"windows10", "http://microsoft.com/win/10"},
    SystemWord{"windows11", "http://microsoft.com/win/11"},
};

bool digitsOnly(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

void dropEnd(std::string& word, std::string_view end)
{
    if (word.ends_with(end))
        word.resize(word.size() - end.size());
}

/// "rhel_8x64", "rhel8_64Guest", "RedHat8_64" and "RHEL 8" become "rhel8", "rhel8", "redhat8", "rhel8".
std::string plainWord(std::string_view word)
{
    std::string plain;
    for (char c : word)
        plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    dropEnd(plain, "guest");
    for (std::string_view bits : {"_64", "-64", "x64", "_x64", "64"})
        if (plain.ends_with(bits) && plain.size() > bits.size() + 3) {
            dropEnd(plain, bits);
            break;
        }
    std::erase_if(plain, [](char c) { return c == '_' || c == '-' || c == ' ' || c == '.'; });
    return plain;
}

/// Ubuntu of April in an even year is the one that says LTS.
std::string ubuntuOf(std::string_view year)
{
    const bool even = year.size() == 2 && digitsOnly(year) && (year[1] - '0') % 2 == 0;
    return even ? fmt::format("http://ubuntu.com/ubuntu/{}.04", year) : std::string();
}

std::string numberedSystem(std::string_view word)
{
    const size_t digit = word.find_first_of("0123456789");
    if (digit == std::string_view::npos)
        return {};
    const std::string_view family = word.substr(0, digit), version = word.substr(digit);
    if (family == "ubuntu" && version.ends_with("lts"))
        return ubuntuOf(version.substr(0, version.size() - 3));
    if (!digitsOnly(version) || version.size() > 2)
        return {};
    if (family == "debian")
        return fmt::format("http://debian.org/debian/{}", version);
    if (family == "rhel" || family == "redhat")
        return fmt::format("http://redhat.com/rhel/{}-unknown", version);
    if (family == "fedora")
        return fmt::format("http://fedoraproject.org/fedora/{}", version);
    return {};
}

std::string_view majorOf(std::string_view version)
{
    return version.substr(0, version.find('.'));
}

} // namespace

std::string osinfoOfWord(std::string_view word)
{
    if (word.size() > 80)
        return {};
    const std::string plain = plainWord(word);
    for (const SystemWord& one : kSystemWords)
        if (one.word == plain)
            return std::string(one.id);
    return numberedSystem(plain);
}

std::string osinfoOfCim(unsigned type, std::string_view version)
{
    const std::string_view major = majorOf(version);
    const bool numbered = version.size() <= 8 && digitsOnly(major);
    switch (type) {
    case 58:
        return "http://microsoft.com/win/2k";
    case 67:
    case 71:
        return "http://microsoft.com/win/xp";
    case 69:
    case 70:
        return "http://microsoft.com/win/2k3";
    case 73:
    case 74:
        return "http://microsoft.com/win/vista";
    case 76:
    case 77:
        return "http://microsoft.com/win/2k8";
    case 79:
    case 80:
        return numbered ? osinfoOfWord(fmt::format("rhel{}", major)) : std::string();
    case 93:
    case 94:
        return numbered && version.size() == 5 && version[2] == '.' && digitsOnly(version.substr(3))
                   ? fmt::format("http://ubuntu.com/ubuntu/{}", version)
                   : std::string();
    case 95:
    case 96:
        return numbered ? osinfoOfWord(fmt::format("debian{}", major)) : std::string();
    case 103:
        return "http://microsoft.com/win/2k8r2";
    case 105:
        return "http://microsoft.com/win/7";
    case 106:
    case 107:
        return numbered ? osinfoOfWord(fmt::format("centos{}", major)) : std::string();
    default: // those from 111 on are counted in two ways
        return {};
    }
}

} // namespace diptych::images
