#include "widgets/theme.h"

#include "widgets/accessible.h"
#include "widgets/tone.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleFactory>
#include <QStyleHints>

void initDiptychResources()
{
    Q_INIT_RESOURCE(diptych);
}

namespace diptych::widgets {
namespace {

const Colors light{
    QColor(0xf5f6f8), QColor(0xffffff), QColor(0xfafbfc), QColor(0xe1e5ea), QColor(0x19212d), QColor(0x5f6a79),
    QColor(0x8792a1), QColor(0x0b8388), QColor(0xe2f3f3), QColor(0x8ccbcd), QColor(0xc2610f), QColor(0xfbeee2),
    QColor(0xe9b184), QColor(0x465267), QColor(0xe9ecf1), QColor(0x2b8f55), QColor(0xb98500), QColor(0xc43434),
    QColor(0x2c66cf), QColor(0xe6eefb), QColor(0xeef0f3),
};
const Colors dark{
    QColor(0x12161c), QColor(0x1a2028), QColor(0x1f2630), QColor(0x2b3440), QColor(0xe6eaf0), QColor(0x9aa7b7),
    QColor(0x748092), QColor(0x3cc4c6), QColor(0x12343a), QColor(0x23686d), QColor(0xf09a4e), QColor(0x3a2817),
    QColor(0x7e5227), QColor(0xa3b0c2), QColor(0x252d38), QColor(0x53c27f), QColor(0xe0b040), QColor(0xef6b6b),
    QColor(0x6ea0f5), QColor(0x1d2c45), QColor(0x161b22),
};

bool desktopIsDark(const QPalette& desktop)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (const auto scheme = QGuiApplication::styleHints()->colorScheme(); scheme != Qt::ColorScheme::Unknown)
        return scheme == Qt::ColorScheme::Dark;
#endif
    return desktop.color(QPalette::Window).lightness() < desktop.color(QPalette::WindowText).lightness();
}

QPalette paletteOf(const Colors& c)
{
    QPalette palette(c.text, c.surface, c.line, c.faint, c.muted, c.text, c.text, c.surface, c.background);
    palette.setColor(QPalette::AlternateBase, c.raised);
    palette.setColor(QPalette::ToolTipBase, c.surface);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::PlaceholderText, c.faint);
    palette.setColor(QPalette::Highlight, c.selection);
    palette.setColor(QPalette::HighlightedText, c.surface);
    palette.setColor(QPalette::Link, c.selection);
    palette.setColor(QPalette::LinkVisited, c.selection);
    for (auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.faint);
    return palette;
}

QString px(double part)
{
    return QStringLiteral("%1pt").arg(QApplication::font().pointSizeF() * part, 0, 'f', 2);
}

QString styleSheet(const Colors& c, bool isDark)
{
    QFile file(QStringLiteral(":/diptych/theme.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const QColor onSelection = isDark ? QColor(0x0d1420) : QColor(0xffffff);
    // Longer names first: @selectionTint before @selection.
    const std::pair<const char*, QString> names[] = {
        {"@selectionHover", mixed(c.selection, c.text, 0.15).name()},
        {"@selectionTint", c.selectionTint.name()},
        {"@onSelection", onSelection.name()},
        {"@selection", c.selection.name()},
        {"@background", c.background.name()},
        {"@hostTint", c.hostTint.name()},
        {"@surface", c.surface.name()},
        {"@scroll", mixed(c.line, c.faint, 0.45).name()},
        {"@raised", c.raised.name()},
        {"@check", isDark ? QStringLiteral("dark") : QStringLiteral("light")},
        {"@size17", px(17.0 / 13)},
        {"@size11", px(11.5 / 13)},
        {"@muted", c.muted.name()},
        {"@faint", c.faint.name()},
        {"@edge", mixed(c.line, c.faint, 0.6).name()},
        {"@line", c.line.name()},
        {"@text", c.text.name()},
        {"@warn", c.warn.name()},
        {"@bad", c.bad.name()},
    };
    for (const auto& [name, value] : names)
        sheet.replace(QLatin1String(name), value);
    return sheet;
}

QFont applicationFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    font.setFamilies({QStringLiteral("Inter"), QStringLiteral("Inter Variable"), font.family(),
                      QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans CJK SC"),
                      QStringLiteral("Source Han Sans SC"), QStringLiteral("WenQuanYi Micro Hei"),
                      QStringLiteral("sans-serif")});
    // Where no desktop says a size, Qt falls back to 9.
    font.setPointSizeF(std::max(font.pointSizeF(), 9.75));
    font.setStyleStrategy(QFont::PreferAntialias);
    return font;
}

} // namespace

struct Theme::Private
{
    Scheme scheme = Scheme::System;
    bool isDark = false;
    bool applied = false;
    QPalette desktop;
};

Theme::Theme() : d(new Private)
{
    initDiptychResources();
    installAccessibility();
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
        if (d->applied && d->scheme == Scheme::System)
            setScheme(Scheme::System);
    });
#endif
}

Theme& Theme::instance()
{
    // Never destroyed: widgets may paint until the very end.
    static auto* theme = new Theme;
    return *theme;
}

const Colors& Theme::colors() const
{
    return d->isDark ? dark : light;
}
bool Theme::isDark() const
{
    return d->isDark;
}
Scheme Theme::scheme() const
{
    return d->scheme;
}

void Theme::setScheme(Scheme scheme)
{
    if (!d->applied) {
        d->desktop = QApplication::palette(); // before ours hides it
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        QApplication::setFont(applicationFont());
        d->applied = true;
    }
    d->scheme = scheme;
    d->isDark = scheme == Scheme::Dark || (scheme == Scheme::System && desktopIsDark(d->desktop));
    QApplication::setPalette(paletteOf(colors()));
    qApp->setStyleSheet(styleSheet(colors(), d->isDark));
    emit changed();
}

QFont Theme::monospace() const
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setFamilies({QStringLiteral("JetBrains Mono"), font.family(), QStringLiteral("DejaVu Sans Mono"),
                      QStringLiteral("Noto Sans Mono CJK SC"), QStringLiteral("monospace")});
    font.setPointSizeF(QApplication::font().pointSizeF() * 11.5 / 13);
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    return font;
}

QFont Theme::small() const
{
    return scaledFont(11.0 / 13);
}

} // namespace diptych::widgets
