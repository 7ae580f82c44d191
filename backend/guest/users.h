// Users and groups by the text of /etc/passwd and /etc/group: never through NSS, which would run an image's libraries.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace diptych::guest {

struct User
{
    uint32_t uid = 0, gid = 0;
    std::vector<uint32_t> groups;
    std::string home; ///< as the entry says, empty when there is none
    std::string name; ///< still to be looked up: "user", "user:group"
};

/// name as the image-spec's User: "user", "uid", "user:group", "uid:gid" and mixtures. Numbers come first and need no
/// entry; they are whole decimal numbers of 32 bits, and 4294967295 is none.
Result<User> lookUpUser(std::string_view name, std::string_view passwd, std::string_view group);

} // namespace diptych::guest
