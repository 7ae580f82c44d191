#include "machines/volumes.h"

#include "machines/pool_kinds.h"
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

Result<DiskSource> describeVolume(virStorageVolPtr volume, std::string* base)
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
    if (format == "extended")
        return fail(Code::NotSupported, fmt::format("{} only holds other partitions", path.get()));
    static constexpr std::string_view known[] = {"raw", "qcow2", "qcow", "qed", "vmdk", "vdi", "vpc"};
    bool good = std::find(std::begin(known), std::end(known), format) != std::end(known);
    if (base)
        *base = root.child("backingStore").child_value("path");
    return DiskSource{path.get(), good ? format : "raw", type == "block"};
}

Result<DiskSource> sourceOf(virStorageVolPtr volume)
{
    std::string base;
    DiskSource source = TRY(describeVolume(volume, &base));
    VolumeRef below(base.empty() ? nullptr : virStorageVolLookupByPath(virStorageVolGetConnect(volume), base.c_str()));
    if (!base.empty() && !below)
        return fail(Code::PermissionDenied,
                    fmt::format("{} is an overlay of {}, which is in no storage pool", source.path, base));
    return source;
}

std::string freeName(virStoragePoolPtr pool, const std::string& stem, const std::string& suffix)
{
    const std::string end = holdsFiles(pool) ? "." + suffix : std::string();
    for (int i = 0;; ++i) {
        std::string name = i == 0 ? stem + end : fmt::format("{}-{}{}", stem, i, end);
        if (!VolumeRef(virStorageVolLookupByName(pool, name.c_str())))
            return name;
    }
}

std::string volumeXml(const std::string& name, uint64_t capacity, const std::string& format, const DiskSource* base)
{
    pugi::xml_document document;
    pugi::xml_node volume = element(document, "volume");
    textElement(volume, "name", name);
    textElement(volume, "capacity", std::to_string(capacity), {{"unit", "bytes"}});
    if (!base)
        textElement(volume, "allocation", "0");
    element(element(volume, "target"), "format", {{"type", format}});
    if (base) {
        pugi::xml_node backing = element(volume, "backingStore");
        textElement(backing, "path", base->path);
        element(backing, "format", {{"type", base->format}});
    }
    return writeXml(volume);
}

Result<DiskSource> makeVolume(virStoragePoolPtr pool, const std::string& xml, virStorageVolPtr from, Undo& undo)
{
    std::string fitting = TRY(volumeXmlIn(pool, xml));
    auto* made = from ? virStorageVolCreateXMLFrom(pool, fitting.c_str(), from, 0)
                      : virStorageVolCreateXML(pool, fitting.c_str(), 0);
    if (!made) {
        Error error = libvirtError("make the volume");
        if (typeOf(pool) == "disk") // libvirt forgets what is free on the disk when it could not
            virStoragePoolRefresh(pool, 0);
        return tl::unexpected<Error>(std::move(error));
    }
    std::shared_ptr<virStorageVol> volume(made, Release());
    undo.add([volume] { virStorageVolDelete(volume.get(), 0); });
    return sourceOf(volume.get());
}

ReadAt readerOf(virConnectPtr connection, virStorageVolPtr volume)
{
    return [connection, volume](uint64_t offset, size_t length) -> Result<std::string> {
        virStorageVolInfo info{};
        if (virStorageVolGetInfoFlags(volume, &info, VIR_STORAGE_VOL_GET_PHYSICAL) < 0)
            return failLibvirt("read the volume");
        if (offset >= info.allocation)
            return std::string();
        length = static_cast<size_t>(std::min<uint64_t>(length, info.allocation - offset));
        StreamRef stream(virStreamNew(connection, 0));
        if (!stream || virStorageVolDownload(volume, stream.get(), offset, length, 0) < 0)
            return failLibvirt("read the volume");
        std::string bytes(length, '\0');
        for (size_t done = 0; done < length;) {
            int n = virStreamRecv(stream.get(), bytes.data() + done, length - done);
            if (n < 0)
                return failLibvirt("read the volume");
            done += static_cast<size_t>(n);
            if (n == 0)
                bytes.resize(length = done);
        }
        virStreamFinish(stream.get());
        return bytes;
    };
}

Status uploadVolume(virConnectPtr connection, virStorageVolPtr volume, uint64_t size,
                    const std::function<Result<std::string>()>& data)
{
    StreamRef stream(virStreamNew(connection, 0));
    if (!stream || virStorageVolUpload(volume, stream.get(), 0, size, 0) < 0)
        return failLibvirt("upload");
    uint64_t done = 0;
    while (done < size) {
        auto part = data();
        if (!part || part->empty()) {
            virStreamAbort(stream.get());
            if (!part)
                return tl::unexpected<Error>(std::move(part).error());
            return fail(Code::Failed, fmt::format("the transfer broke off after {} of {} bytes", done, size));
        }
        for (size_t sent = 0; sent < part->size();) {
            int n = virStreamSend(stream.get(), part->data() + sent, part->size() - sent);
            if (n < 0)
                return failLibvirt("upload");
            sent += static_cast<size_t>(n);
        }
        done += part->size();
    }
    if (virStreamFinish(stream.get()) < 0)
        return failLibvirt("upload");
    return {};
}

} // namespace diptych::machines
