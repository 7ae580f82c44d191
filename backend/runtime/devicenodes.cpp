#include "runtime/devicenodes.h"

#include "runtime/mountapi.h"
#include "runtime/namespaces.h"
#include "runtime/rootless.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace diptych::runtime {

static bool makeNode(const oci::Config& config, const oci::Device& device, int directory, const std::string& name)
{
    auto uid = hostId(config.linux_.uidMappings, device.uid.value_or(0));
    auto gid = hostId(config.linux_.gidMappings, device.gid.value_or(0));
    mode_t mode = device.fileMode.value_or(0666) & 07777;
    mode_t kind = device.type == 'b' ? S_IFBLK : S_IFCHR;
    return uid && gid && ::mknodat(directory, name.c_str(), kind | mode, makedev(device.major, device.minor)) == 0 &&
           ::fchownat(directory, name.c_str(), *uid, *gid, AT_SYMLINK_NOFOLLOW) == 0 &&
           ::fchmodat(directory, name.c_str(), mode, 0) == 0; // chown took the set-id bits, umask the rest
}

UniqueFd makeDeviceNodes(const oci::Config& config)
{
    const oci::Namespace* user = config.find(oci::NamespaceKind::User);
    if (isRootless() || !user || !user->path.empty() || config.linux_.devices.empty())
        return {};
    auto nodes = newFileSystem("tmpfs", "devices", {{"mode", "0711", false}, {"size", "64k", false}},
                               MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC);
    if (!nodes)
        return {};
    for (size_t i = 0; i < config.linux_.devices.size(); ++i)
        if (config.linux_.devices[i].type != 'p' &&
            !makeNode(config, config.linux_.devices[i], nodes->get(), std::to_string(i)))
            return {};
    return std::move(*nodes);
}

} // namespace diptych::runtime
