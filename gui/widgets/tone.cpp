#include "widgets/tone.h"

#include <QApplication>

namespace diptych::widgets {

QColor toneColor(Tone tone)
{
    const Colors& c = colors();
    switch (tone) {
    case Tone::Container:
        return c.container;
    case Tone::Machine:
        return c.machine;
    case Tone::Host:
        return c.host;
    case Tone::Good:
        return c.good;
    case Tone::Warn:
        return c.warn;
    case Tone::Bad:
        return c.bad;
    case Tone::Selection:
        return c.selection;
    case Tone::Muted:
        return c.muted;
    case Tone::Text:
        break;
    }
    return c.text;
}

QColor toneTint(Tone tone)
{
    const Colors& c = colors();
    switch (tone) {
    case Tone::Container:
        return c.containerTint;
    case Tone::Machine:
        return c.machineTint;
    case Tone::Selection:
        return c.selectionTint;
    case Tone::Good:
    case Tone::Warn:
    case Tone::Bad:
        return mixed(c.surface, toneColor(tone), 0.12);
    case Tone::Host:
    case Tone::Muted:
    case Tone::Text:
        break;
    }
    return c.hostTint;
}

QColor toneLine(Tone tone)
{
    switch (tone) {
    case Tone::Container:
        return colors().containerLine;
    case Tone::Machine:
        return colors().machineLine;
    default:
        return mixed(colors().surface, toneColor(tone), 0.45);
    }
}

Tone toneOf(client::Kind kind)
{
    return kind == client::Kind::Container ? Tone::Container : Tone::Machine;
}

Tone toneOf(client::State state)
{
    switch (state) {
    case client::State::Running:
        return Tone::Good;
    case client::State::Paused:
        return Tone::Warn;
    case client::State::Creating:
    case client::State::Starting:
    case client::State::Stopping:
        return Tone::Selection;
    case client::State::Broken:
        return Tone::Bad;
    case client::State::Stopped:
        break;
    }
    return Tone::Muted;
}

QColor mixed(const QColor& a, const QColor& b, double part)
{
    const auto channel = [part](int from, int to) { return int(std::lround(from + (to - from) * part)); };
    return {channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())};
}

QColor faded(const QColor& color, double alpha)
{
    QColor result = color;
    result.setAlphaF(float(alpha));
    return result;
}

QFont scaledFont(double part, QFont::Weight weight)
{
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * part);
    font.setWeight(weight);
    return font;
}

} // namespace diptych::widgets
