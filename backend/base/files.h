// Files by directory fd. Nothing here follows a symbolic link out of the directory it is given.
#pragma once

#include "base/fd.h"
#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace diptych {

/// open(O_CLOEXEC | flags).
Result<UniqueFd> openFile(const std::string& path, int flags, mode_t mode = 0600);
Result<UniqueFd> openFileAt(int directory, const std::string& path, int flags, mode_t mode = 0600);
/// openat2(RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS): the path can't leave the directory, not even through links.
Result<UniqueFd> openBeneath(int directory, const std::string& path, int flags, mode_t mode = 0600);
/// openat2(RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS): the directory is the root, "/" and ".." stay in it.
Result<UniqueFd> openInRoot(int directory, const std::string& path, int flags, mode_t mode = 0600);

/// Whole file; more than limit bytes is an error. Works on /proc and /sys files (no size needed).
Result<std::string> readFd(int fd, size_t limit = size_t{16} << 20);
Result<std::string> readFile(const std::string& path, size_t limit = size_t{16} << 20);
Result<std::string> readFileAt(int directory, const std::string& path, size_t limit = size_t{16} << 20);
/// One write() to a file that exists: for /proc, /sys and cgroup files.
Status writeFile(const std::string& path, std::string_view data);
Status writeFileAt(int directory, const std::string& path, std::string_view data);
/// Beside, fsync, rename, fsync of the directory: after a crash the old or the new content, never half of one.
Status writeFileAtomic(const std::string& path, std::string_view data, mode_t mode = 0600);

/// mkdir -p. Existing directories are left as they are.
Status makeDirectories(const std::string& path, mode_t mode = 0700);
/// Names in a directory without "." and "..", sorted.
Result<std::vector<std::string>> listDirectory(const std::string& path);
/// rm -rf without following links and without crossing onto another mount; a missing path is no error.
Status removeTree(const std::string& path);
/// Renames into trash (a directory on the same file system), then removes: what is half removed is in the trash only.
Status removeTreeByTrash(const std::string& path, const std::string& trash);
bool exists(const std::string& path);
/// Bytes allocated on disk (st_blocks) by everything below.
Result<uint64_t> diskUsage(const std::string& path);

std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);

} // namespace diptych
