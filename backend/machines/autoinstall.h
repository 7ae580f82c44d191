// Ubuntu's own installer (subiquity), which libosinfo has no answers for: they are a document "autoinstall" that
// cloud-init brings in, from a CD-ROM named CIDATA. Its reference:
// https://canonical-subiquity.readthedocs-hosted.com/en/latest/reference/autoinstall-reference.html. Pure.
#pragma once

#include "machines/install_scripts.h"

namespace diptych::machines {

/// Null: this is none of the media with that installer, or system is not Ubuntu. Told by the label, for libosinfo knows
/// such media but no way to install from them, and their names are all that releases after it are known by.
std::optional<InstallOffer> autoinstallOffer(const std::string& system, const IsoLabel& label);
/// Errors name the fields "unattended.user" ... The password is hashed, so it may be any text of one line.
Status checkAutoinstall(const InstallAnswers& answers);
/// keyboard: X11's layout.
Result<InstallFiles> autoinstallFiles(const InstallAnswers& answers, const std::string& keyboard);

} // namespace diptych::machines
