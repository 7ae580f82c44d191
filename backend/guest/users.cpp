#include "guest/users.h"

#include "base/files.h"

#include <charconv>
#include <optional>

namespace diptych::guest {

namespace {
/// A whole decimal number of 32 bits, but not the one that means "no change" to chown(2).
std::optional<uint32_t> idFrom(std::string_view text)
{
    uint32_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value == UINT32_MAX)
        return std::nullopt;
    return value;
}

/// Fields of the line whose first field is name, or whose third is its number.
std::vector<std::string_view> lineOf(std::string_view text, std::string_view name)
{
    auto id = idFrom(name);
    for (std::string_view line : split(text, '\n')) {
        auto fields = split(line, ':');
        if (fields.size() < 3 || fields[0].empty())
            continue;
        if (id ? idFrom(fields[2]) == id : fields[0] == name)
            return fields;
    }
    return {};
}

std::vector<uint32_t> groupsOf(std::string_view user, std::string_view group)
{
    std::vector<uint32_t> found;
    for (std::string_view line : split(group, '\n')) {
        auto fields = split(line, ':');
        if (fields.size() < 4)
            continue;
        auto members = split(trim(fields[3]), ',');
        auto id = idFrom(fields[2]);
        if (id && std::find(members.begin(), members.end(), user) != members.end())
            found.push_back(*id);
    }
    return found;
}
} // namespace

Result<User> lookUpUser(std::string_view name, std::string_view passwd, std::string_view group)
{
    size_t colon = name.find(':');
    std::string_view userPart = name.substr(0, colon);
    User user;
    auto fields = lineOf(passwd, userPart);
    if (fields.size() >= 4) {
        auto uid = idFrom(fields[2]), gid = idFrom(fields[3]);
        if (!uid || !gid)
            return fail(Code::Failed, fmt::format("the entry of user {} in /etc/passwd is damaged", userPart));
        user.uid = *uid, user.gid = *gid;
        user.groups = groupsOf(fields[0], group);
        if (fields.size() >= 6)
            user.home = fields[5];
    } else if (auto id = idFrom(userPart)) {
        user.uid = *id;
    } else {
        return fail(Code::NotFound, fmt::format("there is no user {} in /etc/passwd", userPart));
    }
    if (colon == std::string_view::npos)
        return user;
    std::string_view groupPart = name.substr(colon + 1);
    user.groups.clear();
    if (auto line = lineOf(group, groupPart); line.size() >= 3 && idFrom(line[2]))
        user.gid = *idFrom(line[2]);
    else if (auto id = idFrom(groupPart))
        user.gid = *id;
    else
        return fail(Code::NotFound, fmt::format("there is no group {} in /etc/group", groupPart));
    return user;
}

} // namespace diptych::guest
