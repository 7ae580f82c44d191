// The password of an iSCSI target, which libvirt keeps as a secret of its own for the pool.
#pragma once

#include "machines/handles.h"

namespace diptych::machines {

/// What libvirt calls the password of this pool.
std::string secretName(const std::string& pool);
/// Made anew, with this password, which nobody can read out again.
Status keepSecret(virConnectPtr connection, const std::string& name, const std::string& password);
/// Of a pool that this program made; else empty.
std::string secretOfPool(virStoragePoolPtr pool);
/// Nothing where there is none.
void dropSecret(virConnectPtr connection, const std::string& name);

} // namespace diptych::machines
