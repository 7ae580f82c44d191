// AppArmor profiles and SELinux labels, where the kernel has them.
#pragma once

#include "base/fd.h"
#include "oci/config.h"

namespace diptych::runtime {

/// An error that names the field when the process wants what this kernel has not.
Status checkLabels(const oci::Process& process);
/// Cleared, with a warning, where the kernel has no SELinux: there are no labels that could be missing.
void checkMountLabel(std::string& label);

/// This process's file in /proc for the label of the program it will execute; nothing when no label is wanted.
/// hostProc: /proc is the host's. Else it is the container's, and only used where it is a proc with nothing in the way:
/// written anywhere else, the label would be set in appearance only (CVE-2019-16884, CVE-2025-52881).
Result<UniqueFd> openLabel(const oci::Process& process, bool hostProc);
Status writeLabel(const oci::Process& process, int file);

/// SELinux: keyrings that this process makes from here on, until it executes, belong to the program's label. Without,
/// the program could not use its own session keyring. Needs the host's /proc.
Status labelKeys(const oci::Process& process);

} // namespace diptych::runtime
