// What this host's libvirt and processor offer to machines.
#pragma once

#include "machines/handles.h"

#include <cstdint>
#include <string>
#include <sys/types.h>

namespace diptych::machines {

/// Who QEMU processes run as: the DAC security label of libvirt's capabilities (qemu.conf's user and group).
struct QemuUser
{
    uid_t uid = 0;
    gid_t gid = 0;
    [[nodiscard]] std::string label() const { return fmt::format("+{}:+{}", uid, gid); } ///< numeric DAC label
};
Result<QemuUser> qemuUser(virConnectPtr connection);
/// The same from the XML of virConnectGetCapabilities().
Result<QemuUser> qemuUserFrom(const std::string& capabilities);

/// "kvm" where the processor has vmx or svm and /dev/kvm opens, else "tcg": a /dev/kvm alone can be there and not able
/// to run a stock kernel. DIPTYCH_ACCELERATION overrides.
std::string acceleration();
std::string accelerationFrom(const std::string& cpuinfo, bool kvmOpens, const char* override);

/// Processors online.
unsigned hostCpus();
/// /proc/sys/kernel/arch or uname: "x86_64", "aarch64".
std::string hostArchitecture();

} // namespace diptych::machines
