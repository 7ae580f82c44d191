// libFuzzer target: a mount's options, one a line, the first line being its type; and id maps as JSON.
#include "base/files.h"
#include "oci/config.h"
#include "runtime/mountoptions.h"

#include <cstdlib>
#include <linux/mount.h>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    using namespace diptych;
    std::string_view text(reinterpret_cast<const char*>(data), size);
    auto maps = oci::parseMappings(text);
    if (maps)
        for (const oci::IdMapping& map : *maps)
            if (map.size == 0 || map.container + map.size < map.container || map.host + map.size < map.host)
                abort();
    oci::Mount mount;
    auto lines = split(text, '\n');
    mount.destination = "/x";
    mount.type = lines.front();
    for (size_t i = 1; i < lines.size(); ++i)
        mount.options.emplace_back(lines[i]);
    auto options = runtime::readMountOptions(mount, "mounts[0]");
    if (!options)
        return 0;
    // Nothing is asked for and forbidden at once; a bind hands nothing to a file system; "ro" that was last is kept.
    uint64_t plain = options->attributes.set & ~static_cast<uint64_t>(MOUNT_ATTR__ATIME);
    if ((plain & options->attributes.clear) || (options->bind && !options->data.empty()))
        abort();
    if (!mount.options.empty() && mount.options.back() == "ro" && !(options->attributes.set & MOUNT_ATTR_RDONLY))
        abort();
    return 0;
}
