// The real window on a fake helper, and what tests do with it.
#pragma once

#include "gui/support/fake_helper.h"
#include "shell/main_window.h"

namespace diptych::test {

/// Settings of their own, the theme, the fonts: before the first window.
void prepareApplication();
/// "context: text" of what the window asked for since then and has no Chinese.
QStringList untranslated();

/// Saves the window as a picture below $DIPTYCH_SCREENSHOTS (else nothing); for people to look at.
void keepScreenshot(QWidget& window, const QString& name);

struct WindowOnHelper
{
    FakeHelper helper;
    shell::MainWindow window;

    /// Shows page and waits until data is there.
    bool open(const QString& page = QStringLiteral("instances"));
    bool waitLive(bool live = true);
    models::InstanceStore& store() { return window.session()->store(); }
};

/// The visible child whose accessible name or text has these words; null when there is none.
QWidget* childNamed(QWidget& parent, const QString& words);
/// All text of the labels and buttons that can be seen, for "does it say so".
QString visibleText(QWidget& parent);

} // namespace diptych::test
