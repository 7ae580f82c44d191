// Owners of libvirt's reference-counted objects, and its errors as ours.
#pragma once

#include "base/result.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <memory>

namespace diptych::machines {

struct Release
{
    void operator()(virConnectPtr p) const { virConnectClose(p); }
    void operator()(virDomainPtr p) const { virDomainFree(p); }
    void operator()(virNetworkPtr p) const { virNetworkFree(p); }
    void operator()(virStoragePoolPtr p) const { virStoragePoolFree(p); }
    void operator()(virStorageVolPtr p) const { virStorageVolFree(p); }
    void operator()(virDomainSnapshotPtr p) const { virDomainSnapshotFree(p); }
    void operator()(virStreamPtr p) const { virStreamFree(p); }
    void operator()(char* p) const { free(p); }
};
using ConnectRef = std::unique_ptr<virConnect, Release>;
using DomainRef = std::unique_ptr<virDomain, Release>;
using NetworkRef = std::unique_ptr<virNetwork, Release>;
using PoolRef = std::unique_ptr<virStoragePool, Release>;
using VolumeRef = std::unique_ptr<virStorageVol, Release>;
using SnapshotRef = std::unique_ptr<virDomainSnapshot, Release>;
using StreamRef = std::unique_ptr<virStream, Release>;
using CString = std::unique_ptr<char, Release>;

/// The thread's last libvirt error with what was tried in front.
Error libvirtError(std::string_view what);
inline tl::unexpected<Error> failLibvirt(std::string_view what)
{
    return tl::unexpected<Error>(libvirtError(what));
}

/// UUID of a domain as text.
std::string idOf(virDomainPtr domain);
std::string nameOf(virDomainPtr domain);
/// VIR_DOMAIN_XML_* flags.
Result<std::string> xmlOf(virDomainPtr domain, unsigned int flags);

} // namespace diptych::machines
