#include "widgets/displayview.h"
#include "widgets/keysyms.h"
#include "widgets/vncfeed.h"

#include <QFocusEvent>
#include <QKeyEvent>

namespace diptych::widgets {

bool DisplayView::event(QEvent* event)
{
    // The window's shortcuts would take the guest's keys away.
    if (event->type() == QEvent::ShortcutOverride && m_feed) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

bool DisplayView::focusNextPrevChild(bool next)
{
    return m_feed ? false : QWidget::focusNextPrevChild(next); // Tab goes inside
}

void DisplayView::keyPressEvent(QKeyEvent* event)
{
    const Qt::KeyboardModifiers both = Qt::ControlModifier | Qt::AltModifier;
    const bool modifier = event->key() == Qt::Key_Control || event->key() == Qt::Key_Alt;
    const bool other = event->modifiers() & (event->key() == Qt::Key_Control ? Qt::AltModifier : Qt::ControlModifier);
    if (!event->isAutoRepeat())
        m_chord = modifier && other;
    if ((event->modifiers() & both) == both && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        releaseKeys();
        emit leaveFullScreenWanted();
        return;
    }
    key(event, true);
}

void DisplayView::keyReleaseEvent(QKeyEvent* event)
{
    if (event->isAutoRepeat())
        return; // a key that is held is pressed again and again, and let go once
    key(event, false);
    if (std::exchange(m_chord, false)) {
        releaseKeys();
        releaseKeyboard();
        giveBackMouse();
        emit releaseWanted();
    }
}

void DisplayView::key(QKeyEvent* event, bool down)
{
    event->accept();
    const quint32 keysym = keysymOf(*event);
    if (!m_feed || keysym == 0)
        return;
    const quint32 scancode = scancodeOf(*event);
    m_feed->key(keysym, scancode, down);
    if (down)
        m_down.insert({keysym, scancode});
    else
        m_down.remove({keysym, scancode});
}

void DisplayView::releaseKeys()
{
    for (const auto& [keysym, scancode] : std::as_const(m_down))
        if (m_feed)
            m_feed->key(keysym, scancode, false);
    m_down.clear();
}

void DisplayView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (m_grab)
        grabKeyboard();
    update();
}

void DisplayView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    // Else a key that was down when the window lost the focus would stay down inside.
    releaseKeys();
    releaseKeyboard();
    giveBackMouse();
    update();
}

} // namespace diptych::widgets
