#include "machines/cloud_init.h"

#include "base/json.h"
#include "machines/small_iso.h"

#include <crypt.h>

namespace diptych::machines {

namespace {

bool isUserName(const std::string& name)
{
    return !name.empty() && name.size() <= 32 && (isalpha(static_cast<unsigned char>(name[0])) || name[0] == '_') &&
           std::all_of(name.begin(), name.end(),
                       [](unsigned char c) { return (isalnum(c) && !isupper(c)) || c == '_' || c == '-'; });
}

bool isOneLine(const std::string& text)
{
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

Status check(const CloudInit& wanted)
{
    if (!isUserName(wanted.user))
        return failField("cloudInit.user", "lower case letters, digits, _ and -, beginning with a letter, at most 32");
    if (wanted.password.empty() && wanted.keys.empty())
        return failField("cloudInit.password", "without a password and without a key nobody could log in");
    for (const std::string& key : wanted.keys)
        if (!isOneLine(key) || key.find(' ') == std::string::npos)
            return failField("cloudInit.keys", "a public key is one line: its type, a space, the key");
    for (const std::string& package : wanted.packages)
        if (package.empty() || !isOneLine(package) || package[0] == '-' || package.find(' ') != std::string::npos)
            return failField("cloudInit.packages", fmt::format("\"{}\" is no package's name", package));
    return {};
}

} // namespace

Result<std::string> cryptPassword(const std::string& password)
{
    char setting[CRYPT_GENSALT_OUTPUT_SIZE];
    crypt_data data{};
    if (!crypt_gensalt_rn("$6$", 0, nullptr, 0, setting, sizeof setting))
        return failErrno("make a salt");
    const char* hash = crypt_r(password.c_str(), setting, &data);
    if (!hash || hash[0] == '*')
        return fail(Code::Failed, "the password could not be hashed");
    return std::string(hash);
}

Result<std::string> userData(const CloudInit& wanted)
{
    TRY(check(wanted));
    Json user = {{"name", wanted.user},
                 {"shell", "/bin/bash"},
                 {"sudo", "ALL=(ALL) NOPASSWD:ALL"},
                 {"lock_passwd", wanted.password.empty()}};
    if (!wanted.password.empty())
        user["hashed_passwd"] = TRY(cryptPassword(wanted.password));
    if (!wanted.keys.empty())
        user["ssh_authorized_keys"] = wanted.keys;
    Json config = {{"hostname", wanted.hostname}, {"users", {user}}, {"ssh_pwauth", !wanted.password.empty()}};
    if (!wanted.packages.empty()) {
        config["package_update"] = true;
        config["packages"] = wanted.packages;
    }
    return "#cloud-config\n" + dumpJson(config, 2) + "\n"; // JSON is YAML, and nothing in it needs quoting by hand
}

Result<std::string> makeSeed(const CloudInit& wanted, const std::string& instance)
{
    std::string text = TRY(userData(wanted));
    return makeIso("CIDATA",
                   {{"user-data", text},
                    {"meta-data", dumpJson({{"instance-id", instance}, {"local-hostname", wanted.hostname}})}});
}

} // namespace diptych::machines
