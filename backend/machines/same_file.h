// Whether two libvirts see the same file at a path, proved and not guessed: a machine that went on with another file of
// the same name would lose what it wrote.
#pragma once

#include "machines/handles.h"

namespace diptych::machines {

/// written: a machine writes to it meanwhile. Both pools are looked at again; nothing stays of what is made for it.
bool isSameFile(virStorageVolPtr here, virStorageVolPtr there, bool written);
/// A device and no file.
bool isDevice(virStorageVolPtr volume);

} // namespace diptych::machines
