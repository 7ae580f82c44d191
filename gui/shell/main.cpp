#include "dialogs/settings_dialog.h"
#include "shell/languages.h"
#include "shell/main_window.h"
#include "shell/options.h"
#include "shell/screenshot.h"
#include "shell/watchdog.h"
#include "widgets/icons.h"

#include <QApplication>
#include <QSettings>

#include <algorithm>
#include <string_view>

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

// Asked on a terminal, where there may be no display.
void answerWithoutDisplay(int argc, char** argv)
{
    static constexpr std::string_view questions[] = {"-h", "--help", "--help-all", "-v", "--version"};
    if (!std::any_of(argv + 1, argv + argc, [](std::string_view word) {
            return std::find(std::begin(questions), std::end(questions), word) != std::end(questions);
        }))
        return;
    const QCoreApplication application(argc, argv);
    (void)shell::Options::parse(application);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication::setApplicationName(u"diptych"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(DIPTYCH_VERSION));
    answerWithoutDisplay(argc, argv);
    QApplication application(argc, argv);
    QApplication::setOrganizationName(u"diptych"_s);
    QApplication::setApplicationDisplayName(u"Diptych"_s);
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
