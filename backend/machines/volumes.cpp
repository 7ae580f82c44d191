#include "machines/volumes.h"

#include "machines/xml.h"

namespace diptych::machines {

Result<PoolRef> findPool(virConnectPtr connection, const std::string& pool)
{
    PoolRef found(virStoragePoolLookupByName(connection, pool.c_str()));
    if (!found)
        return failLibvirt(fmt::format("storage pool {}", pool));
    return found;
}

Result<VolumeRef> findVolume(virConnectPtr connection, const std::string& pool, const std::string& volume)
{
    PoolRef in = TRY(findPool(connection, pool));
    VolumeRef found(virStorageVolLookupByName(in.get(), volume.c_str()));
    if (!found)
        return failLibvirt(fmt::format("volume {}/{}", pool, volume));
    return found;
}

Result<DiskSource> sourceOf(virStorageVolPtr volume)
{
    CString path(virStorageVolGetPath(volume)), text(virStorageVolGetXMLDesc(volume, 0));
    if (!path || !text)
        return failLibvirt("read the volume");
    pugi::xml_document document;
    TRY(parseXml(text.get(), document));
    pugi::xml_node root = document.child("volume");
    std::string_view type = root.attribute("type").value();
    std::string format = root.child("target").child("format").attribute("type").as_string("raw");
    if (type != "file" && type != "block")
        return fail(Code::NotSupported, fmt::format("a volume of type {} can't be a disk here", type));
    static constexpr std::string_view known[] = {"raw", "qcow2", "qcow", "qed", "vmdk", "vdi", "vpc"};
    bool good = std::find(std::begin(known), std::end(known), format) != std::end(known);
    return DiskSource{path.get(), good ? format : "raw", type == "block"};
}

} // namespace diptych::machines
