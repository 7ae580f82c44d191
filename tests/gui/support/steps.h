// What tests on the window do again and again: a machine's tab opened, an entry of a menu chosen.
#pragma once

#include "gui/support/window.h"

#include <QMenu>

namespace diptych::test {

/// A machine "vm", beside a container "web", whose tab is shown.
inline bool openTab(WindowOnHelper& f, const QString& tab, const QString& state = QStringLiteral("running"))
{
    const QString page = QStringLiteral("instances"), vm = QStringLiteral("vm"), web = QStringLiteral("web");
    f.helper.setInstances(
        {FakeHelper::instance(vm, vm, QStringLiteral("machine"), state), FakeHelper::instance(web, web)});
    if (!f.open(page))
        return false;
    f.window.page(page)->open({vm}, tab);
    return true;
}

/// Of the page of instances.
template <typename T>
T* in(WindowOnHelper& f)
{
    return f.window.page(QStringLiteral("instances"))->findChild<T*>();
}

/// An entry of one of its menus.
inline void trigger(QWidget* widget, const QString& text)
{
    for (const QMenu* menu : widget->findChildren<QMenu*>())
        for (QAction* action : menu->actions())
            if (action->text() == text && action->isEnabled())
                action->trigger();
}

} // namespace diptych::test
