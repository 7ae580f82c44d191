#include "machines/autoinstall.h"

#include "base/json.h"
#include "machines/cloud_init.h"

#include <algorithm>
#include <array>
#include <glib.h>

namespace diptych::machines {

namespace {

constexpr const char* serverProfile = "server";
constexpr const char* desktopProfile = "desktop";

/// "24.04" of "24.04.1 LTS amd64" as 2404; 0: no such number.
int releaseIn(std::string_view text)
{
    auto digit = [&](size_t at) { return at < text.size() && g_ascii_isdigit(text[at]); };
    if (!digit(0) || !digit(1) || text.size() < 5 || text[2] != '.' || !digit(3) || !digit(4))
        return 0;
    return ((text[0] - '0') * 10 + (text[1] - '0')) * 100 + (text[3] - '0') * 10 + (text[4] - '0');
}

/// One line that YAML carries as it is: its parsers refuse control characters, and take some separators for a new line.
bool isPlainLine(const std::string& text)
{
    if (!g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr))
        return false;
    for (const char* at = text.c_str(); *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (!g_unichar_isprint(c) || c == 0x2028 || c == 0x2029 || (c & 0xfffe) == 0xfffe)
            return false;
    }
    return true;
}

/// A machine's name may have signs that a host's may not.
std::string hostNameFrom(const std::string& machine)
{
    std::string name;
    for (char c : machine)
        if (g_ascii_isalnum(c))
            name += g_ascii_tolower(c);
        else if (!name.empty() && name.back() != '-')
            name += '-';
    name.resize(std::min<size_t>(name.size(), 63));
    while (name.ends_with('-'))
        name.pop_back();
    return name.empty() ? "ubuntu" : name;
}

/// Users and groups of every Ubuntu (base-passwd), and the one that it gives sudo to: the installer refuses them once
/// it runs, where nobody would see it.
bool isReserved(const std::string& user)
{
    static constexpr std::array names{
        "adm",     "admin",    "audio",   "backup", "bin",  "cdrom", "daemon", "dialout", "dip",     "disk", "fax",
        "floppy",  "games",    "gnats",   "irc",    "kmem", "list",  "lp",     "mail",    "man",     "news", "nobody",
        "nogroup", "operator", "plugdev", "proxy",  "root", "sasl",  "shadow", "src",     "staff",   "sudo", "sync",
        "sys",     "tape",     "tty",     "users",  "utmp", "uucp",  "video",  "voice",   "www-data"};
    return std::find(names.begin(), names.end(), user) != names.end();
}

Json documentFrom(const InstallAnswers& answers, const std::string& keyboard, std::string hash)
{
    bool server = answers.profile == serverProfile;
    const std::string disk = answers.virtio ? "/dev/vda" : "/dev/sda";
    Json document = {{"version", 1},
                     {"locale", answers.language + (answers.language.find('.') == std::string::npos ? ".UTF-8" : "")},
                     {"keyboard", {{"layout", keyboard}}},
                     {"timezone", answers.timezone},
                     {"identity",
                      {{"hostname", hostNameFrom(answers.hostname)},
                       {"username", answers.user},
                       {"realname", answers.fullName.empty() ? answers.user : answers.fullName},
                       {"password", std::move(hash)}}},
                     // The whole disk: the other layout, its default, leaves half of it to whoever knows LVM.
                     {"storage", {{"layout", {{"name", "direct"}, {"match", {{"path", disk}}}}}}},
                     // Of the installer, not of the machine: a restart ends the installation (installation.h).
                     {"shutdown", "reboot"},
                     // Not under "packages": without a way to the archive the whole installation would fail for it.
                     {"late-commands", {"curtin in-target -- apt-get install -y qemu-guest-agent || true"}}};
    if (server) // on its medium; for a desktop it would have to come from the internet
        document["ssh"] = {{"install-server", true}, {"allow-pw", true}};
    return document;
}

} // namespace

std::optional<InstallOffer> autoinstallOffer(const std::string& system, const IsoLabel& label)
{
    struct Edition
    {
        std::string_view name;
        const char* profile;
        int since; ///< the first release whose installer takes answers
    };
    if (!system.starts_with("http://ubuntu.com/ubuntu/"))
        return {};
    for (const Edition& edition : {Edition{"Ubuntu-Server ", serverProfile, 2004}, {"Ubuntu ", desktopProfile, 2304}}) {
        if (!std::string_view(label.volume).starts_with(edition.name) ||
            releaseIn(std::string_view(label.volume).substr(edition.name.size())) < edition.since)
            continue;
        InstallOffer offer;
        InstallProfile profile;
        profile.name = edition.profile;
        profile.carrier = Carrier::Seed;
        offer.profiles.push_back(std::move(profile));
        offer.kernels.emplace_back("casper/vmlinuz", "casper/initrd");
        return offer;
    }
    return {};
}

Status checkAutoinstall(const InstallAnswers& answers)
{
    if (isReserved(answers.user))
        return failField("unattended.user", "Ubuntu has a user or a group of this name already");
    if (answers.password.empty() || answers.password.size() > 128 || !isPlainLine(answers.password))
        return failField("unattended.password", "a password is one line of at most 128 bytes");
    // What parts the fields of /etc/passwd.
    if (answers.fullName.size() > 128 || !isPlainLine(answers.fullName) ||
        answers.fullName.find_first_of(":,") != std::string::npos)
        return failField("unattended.fullName", "one line without colons and commas, of at most 128 bytes");
    return {};
}

Result<InstallFiles> autoinstallFiles(const InstallAnswers& answers, const std::string& keyboard)
{
    std::string hash = TRY(cryptPassword(answers.password));
    Json document = {{"autoinstall", documentFrom(answers, keyboard, std::move(hash))}};
    InstallFiles result;
    // JSON is YAML, and nothing in it needs quoting by hand.
    result.files["user-data"] = "#cloud-config\n" + dumpJson(document, 2) + "\n";
    result.files["meta-data"] = dumpJson({{"instance-id", hostNameFrom(answers.hostname)}});
    // Else it asks once before it writes to the disk.
    result.commandLine = "autoinstall";
    return result;
}

} // namespace diptych::machines
