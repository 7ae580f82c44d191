// What a person may answer to an installer.
#include "machines/autoinstall.h"
#include "machines/install_scripts.h"

#include <algorithm>
#include <glib.h>

namespace diptych::machines {

namespace {

bool only(const std::string& text, std::string_view also)
{
    return std::all_of(text.begin(), text.end(),
                       [&](char c) { return g_ascii_isalnum(c) || also.find(c) != std::string_view::npos; });
}

bool fitsFormat(const std::string& key, const std::string& format)
{
    return key.size() == format.size() && std::equal(key.begin(), key.end(), format.begin(), [](char c, char wanted) {
               return wanted == '$' ? g_ascii_isalnum(c) : c == wanted;
           });
}

/// These texts go into files of several languages: only what none of them reads as something else.
Status checkScriptTexts(const InstallAnswers& answers)
{
    if (answers.password.empty() || answers.password.size() > 128 || !only(answers.password, "!%*+,-./:=?@_~"))
        return failField("unattended.password", "letters, digits and !%*+,-./:=?@_~: others mean something in the "
                                                "files that the installers read");
    if (!std::all_of(
            answers.fullName.begin(), answers.fullName.end(),
            [](unsigned char c) { return c > 0x7f || g_ascii_isalnum(c) || c == ' ' || c == '-' || c == '.'; }) ||
        answers.fullName.size() > 128 || !g_utf8_validate(answers.fullName.c_str(), -1, nullptr))
        return failField("unattended.fullName", "letters, digits, spaces, dots and -");
    return {};
}

} // namespace

Status checkAnswers(const InstallAnswers& answers, const InstallProfile& profile)
{
    bool good = !answers.user.empty() && answers.user.size() <= 32 && g_ascii_islower(answers.user[0]) &&
                only(answers.user, "_-") &&
                std::none_of(answers.user.begin(), answers.user.end(), [](char c) { return g_ascii_isupper(c); });
    if (!good || answers.user == "root" || answers.user == "administrator")
        return failField("unattended.user", "lower case letters, digits, _ and -, beginning with a letter, at most 32; "
                                            "not root");
    TRY(profile.carrier == Carrier::Seed ? checkAutoinstall(answers) : checkScriptTexts(answers));
    if (answers.language.size() > 32 || !only(answers.language, "_@.") || answers.language.size() < 2)
        return failField("unattended.language", "a language as de_DE");
    if (answers.timezone.size() > 64 || !only(answers.timezone, "_/+-") || answers.timezone.empty())
        return failField("unattended.timezone", "a time zone as Europe/Berlin");
    if (answers.keyboard.size() > 32 || !only(answers.keyboard, "_-"))
        return failField("unattended.keyboard", "a keyboard layout as de");
    if (!profile.keyFormat.empty() && !fitsFormat(answers.productKey, profile.keyFormat))
        return failField("unattended.productKey",
                         fmt::format("a product key as {}, each $ a letter or digit", profile.keyFormat));
    return {};
}

} // namespace diptych::machines
