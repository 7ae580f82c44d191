// What changed between two texts, by lines. Pure.
#pragma once

#include <QList>
#include <QString>

namespace diptych::models {

struct DiffLine
{
    enum class Kind { Same, Removed, Added, Gap }; ///< Gap: unchanged lines left out; text is empty
    Kind kind = Kind::Same;
    QString text;
    bool operator==(const DiffLine&) const = default;
};

/// The shortest edit, with context unchanged lines around each change. Empty when nothing changed.
QList<DiffLine> diffLines(const QString& before, const QString& after, int context = 3);

} // namespace diptych::models
