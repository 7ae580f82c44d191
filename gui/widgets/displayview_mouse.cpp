// DisplayView: the mouse, as a place in the picture, or as movements for a machine that has no tablet.
#include "widgets/displayview.h"
#include "widgets/vncfeed.h"

#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace diptych::widgets {

namespace {

constexpr int wheelStep = 120;
constexpr double farthest = 65535; ///< of a place in an RFB message
constexpr double roam = 80;        ///< so far from the middle before the mouse is put back there

int maskOf(Qt::MouseButtons buttons)
{
    return (buttons & Qt::LeftButton ? 1 : 0) | (buttons & Qt::MiddleButton ? 2 : 0) |
           (buttons & Qt::RightButton ? 4 : 0);
}

} // namespace

void DisplayView::setRelative(bool relative)
{
    if (!relative)
        giveBackMouse();
    m_relative = relative;
}

void DisplayView::takeMouse()
{
    m_hasMouse = true;
    m_before = cursor();
    setCursor(Qt::BlankCursor);
    grabMouse();
    m_last = rect().center();
    QCursor::setPos(mapToGlobal(m_last.toPoint()));
    m_last = mapFromGlobal(QCursor::pos()); // where the desktop puts no cursor anywhere, it stays
    if (m_virtual.isNull())
        m_virtual = {farthest / 2, farthest / 2};
    m_feed->pointer(m_virtual.toPoint(), 0);
    emit mouseTaken(true);
}

void DisplayView::giveBackMouse()
{
    if (!std::exchange(m_hasMouse, false))
        return;
    releaseMouse();
    setCursor(m_before);
    m_buttons = 0;
    emit mouseTaken(false);
}

void DisplayView::moveBy(const QPointF& position)
{
    const QPointF step = position - m_last;
    m_last = position;
    if (step.isNull())
        return;
    m_virtual = {std::clamp(m_virtual.x() + step.x(), 0.0, farthest),
                 std::clamp(m_virtual.y() + step.y(), 0.0, farthest)};
    m_feed->pointer(m_virtual.toPoint(), m_buttons);
    const QPoint middle = rect().center();
    if (std::hypot(position.x() - middle.x(), position.y() - middle.y()) < roam)
        return;
    QCursor::setPos(mapToGlobal(middle));
    m_last = mapFromGlobal(QCursor::pos());
}

bool DisplayView::waitsForClick(const QMouseEvent& event)
{
    if (!m_feed || !m_relative || m_hasMouse)
        return false;
    if (event.type() == QEvent::MouseButtonPress && !pictureSize().isEmpty())
        takeMouse();
    return true;
}

void DisplayView::pointer(const QPointF& position)
{
    if (!m_feed || pictureSize().isEmpty())
        return;
    if (m_hasMouse)
        m_feed->pointer(m_virtual.toPoint(), m_buttons);
    else
        m_feed->pointer(inGuest(position), m_buttons);
}

void DisplayView::mousePressEvent(QMouseEvent* event)
{
    if (waitsForClick(*event))
        return;
    m_buttons = maskOf(event->buttons());
    pointer(event->position());
}

void DisplayView::mouseReleaseEvent(QMouseEvent* event)
{
    if (waitsForClick(*event))
        return;
    m_buttons = maskOf(event->buttons());
    pointer(event->position());
}

void DisplayView::mouseMoveEvent(QMouseEvent* event)
{
    if (waitsForClick(*event))
        return;
    if (m_hasMouse)
        moveBy(event->position());
    else
        pointer(event->position());
}

void DisplayView::wheelEvent(QWheelEvent* event)
{
    event->accept();
    if (!m_feed || (m_relative && !m_hasMouse))
        return;
    m_wheel += event->angleDelta().y();
    const QPoint at = m_hasMouse ? m_virtual.toPoint() : inGuest(event->position());
    for (; std::abs(m_wheel) >= wheelStep; m_wheel -= m_wheel > 0 ? wheelStep : -wheelStep) {
        const int button = m_wheel > 0 ? 8 : 16;
        m_feed->pointer(at, m_buttons | button);
        m_feed->pointer(at, m_buttons);
    }
}

} // namespace diptych::widgets
