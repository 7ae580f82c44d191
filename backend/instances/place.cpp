#include "instances/place.h"

#include "base/files.h"

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace diptych {

Status makePlace(const Paths& paths, const std::string& id,
                 const std::function<Status(const std::string& directory)>& fill)
{
    TRY(makeDirectories(paths.instances()));
    TRY(makeDirectories(paths.trash()));
    std::string unborn = fmt::format("{}/{}.new", paths.trash(), id), place = paths.instance(id);
    TRY(removeTree(unborn));
    TRY(makeDirectories(unborn));
    Status made = fill(unborn);
    if (made && ::renameat2(AT_FDCWD, unborn.c_str(), AT_FDCWD, place.c_str(), RENAME_NOREPLACE) < 0)
        made = failErrno(place);
    if (!made)
        (void)removeTree(unborn);
    return made;
}

} // namespace diptych
