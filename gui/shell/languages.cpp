#include "shell/languages.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

// Outside of namespaces, as Q_INIT_RESOURCE asks.
static void initTranslations()
{
    Q_INIT_RESOURCE(diptych_translations);
}

namespace diptych::shell {

using namespace Qt::StringLiterals;

void speak(QApplication& application, const QString& wanted)
{
    initTranslations();
    const QLocale locale = wanted.isEmpty() ? QLocale::system() : QLocale(wanted);
    QLocale::setDefault(locale);
    const bool chinese = locale.language() == QLocale::Chinese;
    auto* ours = new QTranslator(&application);
    // English too has texts of its own: singular and plural of what is counted.
    if (ours->load(chinese ? u":/i18n/diptych_zh_CN.qm"_s : u":/i18n/diptych_en.qm"_s))
        QCoreApplication::installTranslator(ours);
    auto* buttons = new QTranslator(&application);
    if (chinese && buttons->load(u"qtbase_zh_CN"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(buttons);
}

} // namespace diptych::shell
