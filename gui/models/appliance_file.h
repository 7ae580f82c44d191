// A machine's archive on this machine: an OVA, or an .ovf with its disks beside it. Only the descriptor is read here;
// what it means, the helper says. Blocks: never on the window's thread.
#pragma once

#include "client/machine_types.h"

namespace diptych::models {

struct ApplianceFile
{
    QString problem; ///< why it can't be used; empty when it can
    QString descriptor;
    QList<client::FileEntry> files; ///< that are in it, or lie beside it
    client::FilePack pack;          ///< what is sent
};

ApplianceFile readApplianceFile(const QString& path);

} // namespace diptych::models
