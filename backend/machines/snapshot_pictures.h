// The screen of a machine at the moment of a snapshot, as a PNG beside the helper's own state: libvirt keeps none. A
// snapshot is known by its name and the second it was made in, so that a later one of the same name never shows it.
#pragma once

#include "machines/handles.h"
#include "machines/manager.h"

namespace diptych::machines {

constexpr size_t mostPicture = size_t{3} << 20; ///< bytes of a PNG that is kept

/// What it shows now, as a PNG: libvirt's own, else made of its pixmap, at most 640 pixels wide; an error when it shows
/// nothing (off, no video card, another driver).
Result<std::string> takePicture(virConnectPtr connection, virDomainPtr domain);
/// P6 as libvirt gives it; taken from QEMU, which a guest may have taken over: nothing in it is believed.
Result<std::string> pngOfPixmap(std::string_view pixmap, unsigned widest);

Status keepPicture(const Paths& paths, virDomainPtr domain, const std::string& snapshot, const std::string& png);
bool hasPicture(const Paths& paths, const std::string& domain, const std::string& snapshot, int64_t seconds);
/// Those of snapshots that the machine has no more.
void dropPictures(const Paths& paths, virDomainPtr domain);
/// All of a machine.
Status forgetPictures(const Paths& paths, const std::string& domain);

} // namespace diptych::machines
