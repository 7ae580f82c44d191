#include "machines/clipboard.h"

#include <string_view>

namespace diptych::machines {

bool clipboardPins(virConnectPtr connection)
{
    unsigned long version = 0;
    return virConnectGetVersion(connection, &version) < 0 || version < 10'001'000;
}

bool carriesClipboard(virConnectPtr connection, pugi::xml_node devices)
{
    bool spice = false;
    for (pugi::xml_node value : devices.child("channel").child("enum").children("value")) {
        std::string_view word = value.child_value();
        if (word == "qemu-vdagent")
            return true;
        spice = spice || word == "spicevmc";
    }
    // Older libvirts can do it and do not say so; a QEMU that knows spice's agent knows it for VNC too.
    unsigned long qemu = 0, libvirt = 0;
    return spice && virConnectGetVersion(connection, &qemu) == 0 && qemu >= 6'001'000 &&
           virConnectGetLibVersion(connection, &libvirt) == 0 && libvirt >= 8'004'000;
}

} // namespace diptych::machines
