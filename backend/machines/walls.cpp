#include "machines/walls.h"

#include <algorithm>
#include <set>

namespace diptych::machines {

std::vector<WallChoice> wallsOfMachine()
{
    return {{cardWall, ""},
            {fileWall, ""},
            {"ownKernel", "without a kernel of its own it would be a container: compare it with its twin"},
            {"qemuUser", "what QEMU's user may do shows only when a guest has broken out into QEMU, which no harmless "
                         "attempt can do"},
            {"qemuFilter", "libvirt filters the system calls of all machines alike (seccomp_sandbox in qemu.conf), and "
                           "nothing in a guest reaches the filter"},
            {"virtio", "emulated devices are more of QEMU's code to attack; no harmless attempt shows it"},
            {"ownMemory", "memory that is shared opens to programs of the host, not to the guest"}};
}

Status checkMachineWalls(const std::vector<std::string>& walls)
{
    if (walls.empty())
        return failField("walls", "walls: none was chosen");
    const std::vector<WallChoice> known = wallsOfMachine();
    std::set<std::string> seen;
    for (const std::string& wall : walls) {
        auto one = std::find_if(known.begin(), known.end(), [&](const WallChoice& w) { return w.name == wall; });
        if (one == known.end())
            return failField("walls", fmt::format("walls: a virtual machine has no wall \"{}\"", wall));
        if (!one->missing.empty())
            return failField("walls", fmt::format("walls: {}: {}", wall, one->missing));
        if (!seen.insert(wall).second)
            return failField("walls", fmt::format("walls: {} stands there twice", wall));
    }
    return {};
}

} // namespace diptych::machines
