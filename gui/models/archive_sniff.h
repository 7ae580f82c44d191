// What kind of archive a file seems to be, from the names at its beginning; so that a form can ask what matters. The
// helper looks for itself.
#pragma once

#include <QString>

namespace diptych::models {

enum class ArchiveKind { Unknown, Image, RootFs, Disk, NoTar };

/// Reads a little; may block: not on the GUI thread.
ArchiveKind sniffArchive(const QString& file);

} // namespace diptych::models
