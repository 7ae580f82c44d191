#include "machines/disk_pool.h"

#include "machines/handles.h"
#include "machines/xml.h"

namespace diptych::machines {

static constexpr const char* poolName = "diptych";

Status publishDisks(const std::string& uri, const std::string& directory)
{
    std::unique_ptr<virConnect, Release> connection(virConnectOpen(uri.c_str()));
    if (!connection)
        return failLibvirt("the storage pool");
    if (PoolRef there(virStoragePoolLookupByName(connection.get(), poolName)); there) {
        bool active = virStoragePoolIsActive(there.get()) == 1;
        int done = active ? virStoragePoolRefresh(there.get(), 0) : virStoragePoolCreate(there.get(), 0);
        return done < 0 ? Status(failLibvirt("the storage pool")) : Status{};
    }
    pugi::xml_document document;
    pugi::xml_node pool = element(document, "pool", {{"type", "dir"}});
    textElement(pool, "name", poolName);
    textElement(element(pool, "target"), "path", directory);
    PoolRef made(virStoragePoolDefineXML(connection.get(), writeXml(document).c_str(), 0));
    if (!made || virStoragePoolCreate(made.get(), 0) < 0 || virStoragePoolSetAutostart(made.get(), 1) < 0)
        return failLibvirt("the storage pool");
    return {};
}

} // namespace diptych::machines
