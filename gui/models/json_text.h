// A JSON text with line breaks and indents, its members in the order they stand in: for reading, not for parsing.
#pragma once

#include <QString>

namespace diptych::models {

QString indentedJson(const QString& text); ///< as it is when it has line breaks already

} // namespace diptych::models
