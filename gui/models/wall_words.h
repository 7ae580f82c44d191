// Names of figures of memory, of bounds, and of what is told of a process: the helper's stable words.
#pragma once

#include "client/wall_types.h"

namespace diptych::models {

QString figureName(const QString& name); ///< "charged": "Charged"; fallback resourceName()

QString workloadMaker(const QString& maker); ///< "podman": "Podman"; "bwrap": "bubblewrap sandboxes"
QString workloadForm(const QString& form);   ///< "container", "sandbox"

} // namespace diptych::models
