// The colours of both themes (design: style.css) and a few measures. One Theme per application; widgets repaint on
// changed().
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>

namespace diptych::widgets {

struct Colors
{
    QColor background, surface, raised, line, text, muted, faint;
    QColor container, containerTint, containerLine;
    QColor machine, machineTint, machineLine;
    QColor host, hostTint;
    QColor good, warn, bad;
    QColor selection, selectionTint, sidebar;
};

enum class Scheme { System, Light, Dark };

class Theme final : public QObject
{
    Q_OBJECT
public:
    static Theme& instance();
    [[nodiscard]] const Colors& colors() const;
    [[nodiscard]] bool isDark() const;
    /// Applies palette and style sheet to the application.
    void setScheme(Scheme scheme);
    [[nodiscard]] Scheme scheme() const;
    [[nodiscard]] QFont monospace() const;
    [[nodiscard]] QFont small() const; ///< 11/13 of the application's font

signals:
    void changed();

private:
    Theme();
    struct Private;
    Private* d;
};

inline const Colors& colors()
{
    return Theme::instance().colors();
}

} // namespace diptych::widgets
