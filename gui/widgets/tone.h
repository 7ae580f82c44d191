// Colour by meaning rather than by value, so that what is drawn follows the theme.
#pragma once

#include "client/types.h"
#include "widgets/theme.h"

#include <functional>

namespace diptych::widgets {

enum class Tone { Container, Machine, Host, Good, Warn, Bad, Selection, Muted, Text };

[[nodiscard]] QColor toneColor(Tone tone);
[[nodiscard]] QColor toneTint(Tone tone); ///< the light ground that goes with it
[[nodiscard]] QColor toneLine(Tone tone); ///< between tint and colour, for thin borders
[[nodiscard]] Tone toneOf(client::Kind kind);
[[nodiscard]] Tone toneOf(client::State state);

[[nodiscard]] QColor mixed(const QColor& a, const QColor& b, double part); ///< part 0: a, 1: b
[[nodiscard]] QColor faded(const QColor& color, double alpha);
/// The application's font at a part of its size (1 is 13/13), so that text scales with the desktop.
[[nodiscard]] QFont scaledFont(double part, QFont::Weight weight = QFont::Normal);

/// How a number is written for people; the models have them.
using Formatter = std::function<QString(double)>;

} // namespace diptych::widgets
