// Asks for a virtual machine from a medium or a disk, and shows its screen when it is there.
#pragma once

#include "client/machine_types.h"
#include "pages/context.h"

namespace diptych::pages {

void askNewMachine(const Context& context, QWidget* parent, const client::VolumeName& volume = {}, bool medium = true,
                   const QString& connection = {});

} // namespace diptych::pages
