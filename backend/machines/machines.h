// Virtual machines: instances on libvirt (C API, the QEMU driver). README.md has the ordered steps and their reasons.
#pragma once

#include "images/images.h"
#include "instances/driver.h"
#include "instances/paths.h"
#include "instances/virtualization.h"

#include <memory>

namespace diptych::machines {

/// Works without libvirt too: then its methods answer NotSupported with the mend, until libvirt is there. Connects to
/// paths.libvirtUri in the background and again after libvirtd went. images must outlive the driver.
///
/// Environment: DIPTYCH_ACCELERATION=kvm|tcg overrides what the processor's flags say.
Result<std::unique_ptr<Driver>> makeMachineDriver(const Paths& paths, images::Store& images);

/// What only machines do, and storage pools and networks; of all domains, also those of others. Works without libvirt
/// as the driver does.
std::unique_ptr<Virtualization> makeVirtualization(const Paths& paths);

} // namespace diptych::machines
