// The clipboard's way between a guest's spice-vdagent and a VNC client: libvirt's <channel type='qemu-vdagent'>
// (formatdomain, "Channel"), which QEMU has since 6.1 and libvirt since 8.4.
#pragma once

#include <libvirt/libvirt.h>
#include <pugixml.hpp>

namespace diptych::machines {

/// QEMU before 10.1 keeps a running machine that has it from being moved, saved and kept with its memory in a snapshot.
bool clipboardPins(virConnectPtr connection);
/// devices: of the domain capabilities.
bool carriesClipboard(virConnectPtr connection, pugi::xml_node devices);

} // namespace diptych::machines
