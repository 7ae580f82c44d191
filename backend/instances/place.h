// <state>/instances/<id>/, which each kind fills with its own files.
#pragma once

#include "base/result.h"
#include "instances/paths.h"

#include <functional>

namespace diptych {

/// Makes the directory with what fill() puts into it: it appears whole, or not at all. Whoever dies on the way leaves
/// nothing in instances/ that nobody knows, only something in the trash. Exists when it is there already.
Status makePlace(const Paths& paths, const std::string& id,
                 const std::function<Status(const std::string& directory)>& fill);

} // namespace diptych
