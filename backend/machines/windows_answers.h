// Windows' answers (autounattend.xml) for UEFI: those of libosinfo divide the disk as a BIOS boots it. Pure.
#pragma once

#include "base/result.h"

#include <string>

namespace diptych::machines {

/// The same with a disk divided for UEFI: the EFI system partition, Microsoft's reserved one, and the system in the
/// third, which takes the rest. Whatever else is answered stays.
Result<std::string> answersForUefi(const std::string& answers);

} // namespace diptych::machines
