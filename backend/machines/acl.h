// POSIX access control entries for one user, so that QEMU's user can reach its files in trees that are closed to all
// others (0700 root). Source: acl(5), linux/posix_acl_xattr.h.
#pragma once

#include "base/result.h"

#include <string>
#include <sys/types.h>

namespace diptych::machines {

/// Gives user the rights (of 4 read, 2 write, 1 search) on path besides what its mode says; root needs none. The
/// entries that are there for others stay. NotSupported where the file system has no ACLs.
Status allowUser(const std::string& path, uid_t user, unsigned rights);

} // namespace diptych::machines
