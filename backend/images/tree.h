// Puts the entries of one layer into one directory. Entries are hostile: paths are resolved by the kernel within the
// directory (openat2 RESOLVE_IN_ROOT), so that not even a link that the layer made before leads out of it.
#pragma once

#include "base/fd.h"

#include <map>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <vector>

namespace diptych::images {

/// What a tar header says, the bytes apart.
struct TreeEntry
{
    std::string path;   ///< as in the archive
    std::string target; ///< of a symbolic or hard link
    bool hardLink = false;
    mode_t type = 0; ///< S_IFREG ...
    mode_t mode = 0;
    uid_t uid = 0;
    gid_t gid = 0;
    timespec modified{};
    std::map<std::string, std::string> xattrs;
};

class Tree final
{
public:
    /// root: an empty directory that only we write to.
    /// Files get their mode as they are made: the process's umask must be 0.
    explicit Tree(UniqueFd root) : m_root(std::move(root)) {}

    /// Makes the entry; for a regular file the result is where its bytes go, else an empty fd.
    Result<UniqueFd> add(const TreeEntry& entry);
    /// After the bytes: owner, mode and times of the regular file that add() made last.
    Status finishFile(int fd, const TreeEntry& entry);
    /// At the very end: times of directories, which every entry below them changed.
    Status finish();
    /// Directories that hide what lower layers have in them; "" is the root. Marking them takes a privilege that is not
    /// needed for anything else here.
    [[nodiscard]] const std::vector<std::string>& opaque() const { return m_opaque; }
    [[nodiscard]] uint64_t skipped() const { return m_skipped; } ///< device nodes, other special files

private:
    /// The directory of the entry before: files of one directory stand together.
    struct Parent
    {
        UniqueFd fd;
        std::string path;
        bool inheritsGroup = false; ///< set-gid: new files get its group
    };
    struct Place
    {
        int parent = -1; ///< of m_parent
        std::string name, parentPath;
    };
    Result<Place> place(const std::vector<std::string>& parts);
    Result<UniqueFd> openParent(const std::string& path);
    Result<UniqueFd> makeFile(const Place& place, const TreeEntry& entry);
    Status whiteOut(const Place& place, std::string_view hidden);
    Status makeDirectory(const Place& place, const TreeEntry& entry, const std::string& path);
    Status makeHardLink(const Place& place, const TreeEntry& entry);
    Status makeSpecial(const Place& place, const TreeEntry& entry);
    Status applyToDirectory(int fd, const TreeEntry& entry, const std::string& path);

    UniqueFd m_root;
    Parent m_parent;
    std::vector<std::pair<std::string, timespec>> m_directories;
    std::vector<std::string> m_opaque;
    uint64_t m_skipped = 0;
};

} // namespace diptych::images
