#include "cgroups/disk_counting.h"

#include "base/files.h"
#include "base/log.h"

namespace diptych::cgroups {

void DiskCounting::begin(const Cgroup& group)
{
    Cgroup::Place place = group.place("blkio");
    if (place.fd < 0 || place.v2)
        return;
    static const char* file = "blkio.throttle.read_bps_device";
    auto disks = listDirectory("/sys/block");
    for (const std::string& disk : disks ? *disks : std::vector<std::string>{}) {
        if (!m_known.insert(disk).second)
            continue;
        auto number = readFile("/sys/block/" + disk + "/dev", 64);
        if (!number)
            continue;
        std::string device(trim(*number));
        auto ruled = writeFileAt(place.fd, file, device + " 9223372036854775807");
        if (ruled)
            ruled = writeFileAt(place.fd, file, device + " 0");
        if (!ruled)
            logf(Level::Info, "what groups read and write on {} may not be counted: {}", disk, ruled.error().message);
    }
    std::erase_if(m_known, [&](const std::string& disk) {
        return disks && std::find(disks->begin(), disks->end(), disk) == disks->end();
    });
}

} // namespace diptych::cgroups
