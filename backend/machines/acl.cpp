#include "machines/acl.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <vector>

namespace diptych::machines {

namespace {

constexpr const char* attribute = "system.posix_acl_access";
constexpr uint32_t noId = 0xffffffff;
using Entries = std::vector<posix_acl_xattr_entry>;

posix_acl_xattr_entry entry(int tag, unsigned rights, uint32_t id = noId)
{
    return {static_cast<uint16_t>(tag), static_cast<uint16_t>(rights), id};
}

/// As they are, or what the mode amounts to.
Entries readEntries(const std::string& path, mode_t mode)
{
    char buffer[4096];
    ssize_t size = getxattr(path.c_str(), attribute, buffer, sizeof buffer);
    Entries entries;
    if (size < static_cast<ssize_t>(sizeof(posix_acl_xattr_header)))
        return {entry(ACL_USER_OBJ, mode >> 6 & 7), entry(ACL_GROUP_OBJ, mode >> 3 & 7), entry(ACL_OTHER, mode & 7)};
    size_t count = (static_cast<size_t>(size) - sizeof(posix_acl_xattr_header)) / sizeof(posix_acl_xattr_entry);
    entries.resize(count);
    memcpy(entries.data(), buffer + sizeof(posix_acl_xattr_header), count * sizeof(posix_acl_xattr_entry));
    return entries;
}

/// The mask bounds what named users and the group get: a chmod of the file may have lowered it.
void setMask(Entries& entries)
{
    std::erase_if(entries, [](const auto& e) { return e.e_tag == ACL_MASK; });
    unsigned mask = 0;
    for (const auto& e : entries) {
        if (e.e_tag == ACL_USER || e.e_tag == ACL_GROUP || e.e_tag == ACL_GROUP_OBJ)
            mask |= e.e_perm;
    }
    entries.push_back(entry(ACL_MASK, mask));
}

} // namespace

Status allowUser(const std::string& path, uid_t user, unsigned rights)
{
    struct stat status
    {
    };
    if (stat(path.c_str(), &status) < 0)
        return failErrno(path);
    if (user == 0)
        return {};
    Entries entries = readEntries(path, status.st_mode);
    std::erase_if(entries, [&](const auto& e) { return e.e_tag == ACL_USER && e.e_id == user; });
    entries.push_back(entry(ACL_USER, rights, user));
    setMask(entries);
    // The kernel wants them in the order of their tags, named ones by id.
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return std::pair(a.e_tag, a.e_id) < std::pair(b.e_tag, b.e_id); });
    posix_acl_xattr_header header{POSIX_ACL_XATTR_VERSION};
    std::string value(reinterpret_cast<const char*>(&header), sizeof header);
    value.append(reinterpret_cast<const char*>(entries.data()), entries.size() * sizeof entries[0]);
    if (setxattr(path.c_str(), attribute, value.data(), value.size(), 0) < 0)
        return failErrno(fmt::format("allow user {} to reach {}", user, path));
    return {};
}

} // namespace diptych::machines
