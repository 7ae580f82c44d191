#include "shell/screenshot.h"

#include <QApplication>
#include <QTimer>

#include <cstdio>

namespace diptych::shell {

using namespace Qt::StringLiterals;

namespace {

constexpr int Patience = 30'000; ///< ms

void save(MainWindow& window, const QString& file)
{
    const bool hasData = window.session()->store().isLoaded();
    if (!window.grab().save(file)) {
        std::fputs(qPrintable(u"diptych: could not write %1\n"_s.arg(file)), stderr);
        QApplication::exit(1);
        return;
    }
    if (!hasData)
        std::fputs(qPrintable(u"diptych: no data came: %1\n"_s.arg(window.session()->client().problem())), stderr);
    QApplication::exit(hasData ? 0 : 3);
}

} // namespace

void takeScreenshot(MainWindow& window, const QString& file, int after)
{
    QTimer::singleShot(Patience, &window, [&window, file] { save(window, file); });
    const auto later = [&window, file, after] {
        QTimer::singleShot(after, &window, [&window, file] { save(window, file); });
    };
    if (window.session()->store().isLoaded())
        later();
    else
        QObject::connect(&window.session()->store(), &models::InstanceStore::loadedChanged, &window, later);
}

} // namespace diptych::shell
