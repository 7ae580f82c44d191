// The mouse: for the program inside when it asked for it, else for selecting, scrolling and the menu.
#include "widgets/terminal_p.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>

namespace diptych::widgets {
namespace {

int buttonNumber(Qt::MouseButton button)
{
    return button == Qt::LeftButton ? 1 : (button == Qt::MiddleButton ? 2 : (button == Qt::RightButton ? 3 : 0));
}

} // namespace

bool TerminalView::Private::sendMouse(const QPointF& point, int button, bool pressed, Qt::KeyboardModifiers modifiers)
{
    // With Shift the mouse stays ours, as in every terminal.
    if (mouseMode == VTERM_PROP_MOUSE_NONE || modifiers & Qt::ShiftModifier || readOnly || !atBottom())
        return false;
    const int row = std::clamp(int((point.y() - margin) / cellHeight), 0, rows - 1);
    const int column = std::clamp(int((point.x() - margin) / cellWidth), 0, columns - 1);
    vterm_mouse_move(vt, row, column, modifiersOf(modifiers));
    if (button)
        vterm_mouse_button(vt, button, pressed, modifiersOf(modifiers));
    flushOutput();
    return true;
}

void TerminalView::mousePressEvent(QMouseEvent* event)
{
    if (d->sendMouse(event->position(), buttonNumber(event->button()), true, event->modifiers()))
        return;
    if (event->button() == Qt::MiddleButton) {
        pastePrimary();
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    const bool third =
        d->sinceDoubleClick.isValid() && d->sinceDoubleClick.elapsed() < QApplication::doubleClickInterval();
    const bool extend = event->modifiers() & Qt::ShiftModifier && d->anchor;
    d->grain = third ? Private::Grain::Line : (extend ? d->grain : Private::Grain::Character);
    d->head = d->positionAt(event->position());
    if (!extend)
        d->anchor = d->head;
    d->selecting = true;
    viewport()->update();
}

void TerminalView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (d->sendMouse(event->position(), buttonNumber(event->button()), true, event->modifiers()))
        return;
    if (event->button() != Qt::LeftButton)
        return;
    d->grain = Private::Grain::Word;
    d->head = d->positionAt(event->position());
    d->anchor = d->head;
    d->selecting = true;
    d->sinceDoubleClick.start();
    viewport()->update();
}

void TerminalView::mouseMoveEvent(QMouseEvent* event)
{
    if (!d->selecting) {
        d->sendMouse(event->position(), 0, false, event->modifiers());
        return;
    }
    d->lastMouse = event->position();
    const bool outside = event->position().y() < 0 || event->position().y() > viewport()->height();
    if (outside && !d->autoScroll.isActive())
        d->autoScroll.start();
    else if (!outside)
        d->autoScroll.stop();
    d->extendSelection(event->position());
}

void TerminalView::mouseReleaseEvent(QMouseEvent* event)
{
    d->autoScroll.stop();
    if (d->selecting) {
        d->selecting = false;
        d->publishSelection();
        if (!d->selection())
            d->clearSelection();
        return;
    }
    d->sendMouse(event->position(), buttonNumber(event->button()), false, event->modifiers());
}

void TerminalView::wheelEvent(QWheelEvent* event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        event->angleDelta().y() > 0 ? zoomIn() : zoomOut();
        return;
    }
    const bool up = event->angleDelta().y() > 0;
    if (event->angleDelta().y() == 0)
        return;
    if (d->sendMouse(event->position(), up ? 4 : 5, true, event->modifiers()))
        return;
    if (d->alternate && !d->readOnly) {
        // A pager without mouse support still scrolls.
        for (int i = 0; i < 3; ++i)
            vterm_keyboard_key(d->vt, up ? VTERM_KEY_UP : VTERM_KEY_DOWN, VTERM_MOD_NONE);
        d->flushOutput();
        return;
    }
    const int lines = std::max(1, std::abs(event->angleDelta().y()) / 40);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + (up ? -lines : lines));
}

void TerminalView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool reported = d->mouseMode != VTERM_PROP_MOUSE_NONE && event->reason() == QContextMenuEvent::Mouse &&
                          !(event->modifiers() & Qt::ShiftModifier) && !d->readOnly;
    if (reported)
        return; // the program inside got the click
    QMenu menu(this);
    const auto add = [&](const QString& text, const QKeySequence& keys, auto slot, bool enabled = true) {
        QAction* action = menu.addAction(text, this, slot);
        action->setShortcut(keys);
        action->setEnabled(enabled);
    };
    add(tr("Copy"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), &TerminalView::copy, !selectedText().isEmpty());
    add(tr("Paste"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V), &TerminalView::paste, !d->readOnly);
    add(tr("Select all"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A), &TerminalView::selectAll);
    menu.addSeparator();
    add(tr("Search…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), &TerminalView::openSearch);
    add(tr("Clear"), {}, &TerminalView::clear);
    menu.addSeparator();
    add(tr("Larger text"), QKeySequence(Qt::CTRL | Qt::Key_Plus), &TerminalView::zoomIn);
    add(tr("Smaller text"), QKeySequence(Qt::CTRL | Qt::Key_Minus), &TerminalView::zoomOut);
    add(tr("Normal text"), QKeySequence(Qt::CTRL | Qt::Key_0), &TerminalView::zoomReset);
    menu.exec(event->globalPos());
}

} // namespace diptych::widgets
