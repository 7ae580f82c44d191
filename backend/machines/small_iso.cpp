#include "machines/small_iso.h"

#include "base/child.h"
#include "base/files.h"

#include <filesystem>

namespace diptych::machines {

Result<std::string> makeIso(const std::string& label, const std::map<std::string, std::string>& files)
{
    char directory[] = "/tmp/diptych-iso-XXXXXX"; // 0700: passwords and their hashes are nobody else's business
    if (!mkdtemp(directory))
        return failErrno("make a directory for a CD-ROM");
    std::string in = directory, content = in + "/content", image = in + "/image.iso";
    auto made = [&]() -> Result<std::string> {
        TRY(makeDirectories(content));
        for (const auto& [name, text] : files)
            TRY(writeFileAtomic(content + "/" + name, text));
        Command command;
        command.arguments = {"xorriso", "-as", "mkisofs", "-quiet", "-V", label, "-J", "-R", "-o", image, content};
        TRYX(runChecked(command), "xorriso (is it installed?)");
        return readFile(image);
    }();
    (void)removeTree(in);
    return made;
}

} // namespace diptych::machines
