#include "gui/support/window.h"

#include "shell/languages.h"
#include "widgets/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QSet>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>
#include <QTranslator>

namespace diptych::test {

using namespace Qt::StringLiterals;

namespace {
/// Asked before all others, answers nothing, and notes what has no Chinese: lupdate files texts under contexts that it
/// guesses, and a wrong guess is no unfinished entry.
class Listener final : public QTranslator
{
public:
    Listener() { m_known = m_chinese.load(u":/i18n/diptych_zh_CN.qm"_s); }
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char* context, const char* text, const char* note, int n) const override
    {
        const QByteArrayView of(context);
        if (m_known && !of.startsWith('Q') && *text && m_chinese.translate(context, text, note, n).isNull())
            m_missing.insert(QString::fromUtf8(context) + u": "_s + QString::fromUtf8(text));
        return {};
    }
    [[nodiscard]] QStringList missing() const { return {m_missing.begin(), m_missing.end()}; }

private:
    QTranslator m_chinese;
    bool m_known = false;
    mutable QSet<QString> m_missing;
};

Listener* listener = nullptr;
} // namespace

QStringList untranslated()
{
    return listener ? listener->missing() : QStringList(u"prepareApplication was not called"_s);
}

void prepareApplication()
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setOrganizationName(u"diptych-test"_s);
    QApplication::setApplicationName(u"diptych-test-%1"_s.arg(QCoreApplication::applicationPid()));
    static QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    // Another language is for looking at pictures: what tests ask for is English.
    shell::speak(*qApp, qEnvironmentVariable("DIPTYCH_LANGUAGE", u"en_US"_s));
    widgets::Theme::instance().setScheme(widgets::Scheme::Light);
    listener = new Listener;
    listener->setParent(qApp);
    QCoreApplication::installTranslator(listener);
}

void keepScreenshot(QWidget& window, const QString& name)
{
    const QString directory = qEnvironmentVariable("DIPTYCH_SCREENSHOTS");
    if (directory.isEmpty() || !QDir().mkpath(directory))
        return;
    const QDir to(directory);
    QTest::qWait(200); // what was just filled is laid out
    window.grab().save(to.filePath(name + u".png"_s));
    widgets::Theme::instance().setScheme(widgets::Scheme::Dark);
    QTest::qWait(50);
    window.grab().save(to.filePath(name + u"-dark.png"_s));
    widgets::Theme::instance().setScheme(widgets::Scheme::Light);
}

bool WindowOnHelper::open(const QString& page)
{
    if (!helper.start())
        return false;
    window.connectTo(helper.address());
    window.showPage(page);
    window.show();
    return QTest::qWaitForWindowExposed(&window) && waitLive();
}

bool WindowOnHelper::waitLive(bool live)
{
    return QTest::qWaitFor([&] { return store().isLive() == live; }, 10'000);
}

QWidget* childNamed(QWidget& parent, const QString& words)
{
    for (QWidget* child : parent.findChildren<QWidget*>()) {
        if (!child->isVisible())
            continue;
        const auto* button = qobject_cast<QAbstractButton*>(child);
        const auto* label = qobject_cast<QLabel*>(child);
        const QString text = button ? button->text() : label ? label->text() : QString();
        if (child->accessibleName().contains(words) || text.contains(words))
            return child;
    }
    return nullptr;
}

QString visibleText(QWidget& parent)
{
    QStringList all;
    for (QWidget* child : parent.findChildren<QWidget*>()) {
        if (!child->isVisible())
            continue;
        if (const auto* label = qobject_cast<QLabel*>(child))
            all.append(label->text());
        if (const auto* button = qobject_cast<QAbstractButton*>(child))
            all.append(button->text());
    }
    return all.join(u'\n');
}

} // namespace diptych::test
