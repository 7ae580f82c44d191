// The kernel proper out of a bzImage (Linux: Documentation/arch/x86/boot.rst).
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace diptych::images {

/// The ELF image, when QEMU can start it directly (it names a PVH entry point); NotSupported when it can't.
Result<std::string> unpackKernel(std::string_view bzImage);

} // namespace diptych::images
