// Namespaces as open files, and what ioctl_ns(2) says of them. Private to this folder.
#pragma once

#include "base/fd.h"
#include "isolation/namespaces.h"

#include <string_view>

namespace diptych::isolation {

constexpr const char* namespaceKinds[] = {"user", "mnt", "pid", "net", "ipc", "uts", "cgroup", "time"};

/// "net:[4026531840]" -> kind and number; an empty kind for any other text.
struct NamespaceName
{
    std::string_view kind;
    uint64_t inode = 0;
};
NamespaceName parseNamespace(std::string_view link);

/// Opened, and checked to be the namespace of that number: who held it may have ended and its number been taken. What
/// turns out to be something else is not opened but looked at. Not of "child", and of mounts only those in our own
/// mount namespace.
Result<UniqueFd> openNamespace(const NamespaceHolder& holder, uint64_t inode);
/// By the first holder that still has it.
Result<UniqueFd> openNamespace(const Namespace& which);

/// NS_GET_USERNS, NS_GET_PARENT: the namespace as a file. PermissionDenied: above the helper's own.
Result<UniqueFd> owningUserNamespace(int fd);
Result<UniqueFd> parentNamespace(int fd);
/// NS_GET_OWNER_UID of a user namespace.
Result<uint32_t> creatorOf(int fd);
Result<uint64_t> inodeOf(int fd);

std::vector<IdRange> readIdMap(const std::string& file);

} // namespace diptych::isolation
