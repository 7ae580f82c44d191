// A CD-ROM of a few small files for a guest, made by xorriso.
#pragma once

#include "base/result.h"

#include <map>
#include <string>

namespace diptych::machines {

/// The volume's bytes, with Joliet and Rock Ridge. files: name -> content, names without directories.
Result<std::string> makeIso(const std::string& label, const std::map<std::string, std::string>& files);

} // namespace diptych::machines
