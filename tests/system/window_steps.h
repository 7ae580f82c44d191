// What tests on the real window do again and again: press a dialog's button, find the one that is shown, run a program.
#pragma once

#include "support/programs.h"

#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QTest>

namespace steps {

inline bool succeeds(const QString& program, const QStringList& arguments)
{
    return diptych::test::runProgram(program, arguments);
}

/// The visible dialog of that class; one that closed is deleted later.
template <typename D>
D* shownIn(const QWidget& window)
{
    for (D* dialog : window.findChildren<D*>())
        if (dialog->isVisible())
            return dialog;
    return nullptr;
}

/// Pressed, and it closes by itself; what stops it is said.
template <typename D>
bool finish(D* dialog, int timeout = 60000)
{
    const QPointer<D> there = dialog;
    if (!QTest::qWaitFor([&] { return dialog->mainButton()->isEnabled(); }, 10000)) {
        qWarning() << "can't be pressed:" << dialog->mainButton()->toolTip();
        return false;
    }
    QTest::mouseClick(dialog->mainButton(), Qt::LeftButton);
    if (QTest::qWaitFor([&] { return !there || !there->isVisible(); }, timeout))
        return true;
    for (QLabel* label : dialog->template findChildren<QLabel*>())
        if (label->isVisible())
            qWarning() << label->text();
    return false;
}

} // namespace steps
