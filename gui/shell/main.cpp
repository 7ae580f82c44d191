#include "dialogs/settings_dialog.h"
#include "shell/languages.h"
#include "shell/main_window.h"
#include "shell/options.h"
#include "shell/screenshot.h"
#include "shell/watchdog.h"
#include "widgets/icons.h"

#include <QApplication>
#include <QSettings>

namespace {

using namespace Qt::StringLiterals;
using namespace diptych;

widgets::Scheme savedScheme()
{
    const QString name = QSettings().value(QLatin1StringView(dialogs::SettingsDialog::themeKey)).toString();
    return name == u"light"_s  ? widgets::Scheme::Light
           : name == u"dark"_s ? widgets::Scheme::Dark
                               : widgets::Scheme::System;
}

QString savedLanguage()
{
    return QSettings().value(QLatin1StringView(dialogs::SettingsDialog::languageKey)).toString();
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setOrganizationName(u"diptych"_s);
    QApplication::setApplicationName(u"diptych"_s);
    QApplication::setApplicationDisplayName(u"Diptych"_s);
    QApplication::setApplicationVersion(QStringLiteral(DIPTYCH_VERSION));
    QGuiApplication::setDesktopFileName(u"org.diptych.Diptych"_s);
    const shell::Options options = shell::Options::parse(application);
    shell::speak(application, options.language.isEmpty() ? savedLanguage() : options.language);
    widgets::Theme::instance().setScheme(options.scheme.value_or(savedScheme()));
    QApplication::setWindowIcon(widgets::applicationIcon());
    shell::Watchdog::fromEnvironment(&application);

    shell::MainWindow window;
    window.connectTo(options.address);
    window.showPage(options.page.isEmpty() ? shell::MainWindow::lastPage() : options.page);
    if (!options.size.isEmpty())
        window.resize(options.size);
    window.show();
    if (!options.screenshot.isEmpty())
        shell::takeScreenshot(window, options.screenshot, options.after);
    return QApplication::exec();
}
