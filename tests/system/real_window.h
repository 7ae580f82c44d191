// The real window on the real helper, for tests that go through it as a person does: what each of them has and asks.
#pragma once

#include "client/client.h"
#include "pages/pages.h"
#include "shell/languages.h"
#include "shell/main_window.h"
#include "system/real_helper.h"
#include "system/window_steps.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QStandardPaths>

#include <memory>

/// A base of the test beside QObject; in a class of its own since a macro of QtTest leaves only what it stands in.
class RealWindow
{
protected:
    /// The helper is started and the window has all that it tells; what stops that is said.
    bool openWindow(const QString& language = QStringLiteral("en"))
    {
        QStandardPaths::setTestModeEnabled(true);
        diptych::shell::speak(*qApp, language);
        diptych::widgets::Theme::instance().setScheme(diptych::widgets::Scheme::Light);
        m_helper = std::make_unique<RealHelper>();
        if (!m_helper->start()) {
            qWarning("the helper does not start");
            return false;
        }
        m_window = std::make_unique<diptych::shell::MainWindow>();
        m_window->resize(1440, 900);
        m_window->connectTo(m_helper->address());
        m_window->show();
        if (QTest::qWaitForWindowExposed(m_window.get()) && waitLive(20000))
            return true;
        qWarning("the window has nothing of the helper");
        return false;
    }
    void closeWindow()
    {
        m_window.reset();
        m_helper.reset();
    }
    bool waitLive(int timeout)
    {
        return QTest::qWaitFor([this] { return store().isLive() && store().hasHost(); }, timeout);
    }

    diptych::models::InstanceStore& store() { return m_window->session()->store(); }
    diptych::client::Client& client() { return m_window->session()->client(); }
    QString id(const QString& name) { return store().idOfName(name); }
    const diptych::client::Instance* instance(const QString& name) { return store().find(id(name)); }
    diptych::client::State state(const QString& name)
    {
        const diptych::client::Instance* one = instance(name);
        return one ? one->runtime.state : diptych::client::State::Broken;
    }

    /// Its page of that name, shown.
    template <typename P>
    P* page(const QString& name)
    {
        m_window->showPage(name);
        return qobject_cast<P*>(m_window->page(name));
    }
    diptych::pages::InstancesPage* instances()
    {
        return page<diptych::pages::InstancesPage>(QStringLiteral("instances"));
    }
    /// Of the instance, shown.
    template <typename T>
    T* tab(const QString& key, const QString& name)
    {
        diptych::pages::InstancesPage* all = instances();
        all->open({id(name)}, key);
        return all->findChild<T*>();
    }
    /// The visible dialog of that class.
    template <typename D>
    D* shown()
    {
        return steps::shownIn<D>(*m_window);
    }

    /// A picture in $DIPTYCH_ARTIFACTS.
    static void keep(QWidget& widget, const QString& name)
    {
        const QString folder = qEnvironmentVariable("DIPTYCH_ARTIFACTS", QDir::tempPath());
        QDir().mkpath(folder);
        widget.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
    }
    /// Dark too, as NAME-dark; light afterwards.
    static void keepBoth(QWidget& widget, const QString& name)
    {
        using diptych::widgets::Scheme;
        for (const auto& [scheme, suffix] :
             {std::pair(Scheme::Dark, QStringLiteral("-dark")), std::pair(Scheme::Light, QString())}) {
            diptych::widgets::Theme::instance().setScheme(scheme);
            QTest::qWait(100);
            keep(widget, name + suffix);
        }
    }

    std::unique_ptr<RealHelper> m_helper;
    std::unique_ptr<diptych::shell::MainWindow> m_window;
};
