// The keyboard, the input method and the clipboard.
#include "widgets/terminal_p.h"
#include "widgets/terminal_search.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QScrollBar>

namespace diptych::widgets {
namespace {

VTermKey namedKey(int key)
{
    switch (key) {
    case Qt::Key_Up:
        return VTERM_KEY_UP;
    case Qt::Key_Down:
        return VTERM_KEY_DOWN;
    case Qt::Key_Left:
        return VTERM_KEY_LEFT;
    case Qt::Key_Right:
        return VTERM_KEY_RIGHT;
    case Qt::Key_Insert:
        return VTERM_KEY_INS;
    case Qt::Key_Delete:
        return VTERM_KEY_DEL;
    case Qt::Key_Home:
        return VTERM_KEY_HOME;
    case Qt::Key_End:
        return VTERM_KEY_END;
    case Qt::Key_PageUp:
        return VTERM_KEY_PAGEUP;
    case Qt::Key_PageDown:
        return VTERM_KEY_PAGEDOWN;
    default:
        break;
    }
    if (key >= Qt::Key_F1 && key <= Qt::Key_F35)
        return VTermKey(VTERM_KEY_FUNCTION_0 + 1 + key - Qt::Key_F1);
    return VTERM_KEY_NONE;
}

VTermKey keypadKey(int key)
{
    if (key >= Qt::Key_0 && key <= Qt::Key_9)
        return VTermKey(VTERM_KEY_KP_0 + key - Qt::Key_0);
    switch (key) {
    case Qt::Key_Asterisk:
        return VTERM_KEY_KP_MULT;
    case Qt::Key_Plus:
        return VTERM_KEY_KP_PLUS;
    case Qt::Key_Comma:
        return VTERM_KEY_KP_COMMA;
    case Qt::Key_Minus:
        return VTERM_KEY_KP_MINUS;
    case Qt::Key_Period:
        return VTERM_KEY_KP_PERIOD;
    case Qt::Key_Slash:
        return VTERM_KEY_KP_DIVIDE;
    case Qt::Key_Enter:
        return VTERM_KEY_KP_ENTER;
    default:
        return VTERM_KEY_NONE;
    }
}

/// The control character of Ctrl+key, as terminals have had it since teletypes; -1: none.
int controlCharacter(int key)
{
    if (key >= Qt::Key_At && key <= Qt::Key_Underscore) // @ A..Z [ \ ] ^ _
        return key & 0x1f;
    switch (key) {
    case Qt::Key_Space:
    case Qt::Key_2:
        return 0;
    case Qt::Key_Slash:
    case Qt::Key_Minus:
        return 0x1f;
    case Qt::Key_Question:
        return 0x7f;
    default:
        return -1;
    }
}

bool isOurs(const QKeyEvent* event)
{
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier))
        return event->key() == Qt::Key_C || event->key() == Qt::Key_V || event->key() == Qt::Key_A ||
               event->key() == Qt::Key_F || event->key() == Qt::Key_Plus;
    return true;
}

} // namespace

void TerminalView::Private::followCursor()
{
    q->verticalScrollBar()->setValue(q->verticalScrollBar()->maximum());
    blinkOn = true;
    if (blink.isActive())
        blink.start();
}

void TerminalView::Private::send(const QString& text)
{
    for (char32_t c : text.toUcs4())
        vterm_keyboard_unichar(vt, c, VTERM_MOD_NONE);
    flushOutput();
    followCursor();
}

void TerminalView::Private::pasteText(const QString& text)
{
    if (readOnly || text.isEmpty())
        return;
    // Control characters could end a bracketed paste or press keys: only tab and line ends pass.
    QString clean;
    clean.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        if (c == u'\r' && i + 1 < text.size() && text[i + 1] == QLatin1Char('\n'))
            continue;
        if (c == u'\n')
            clean += QLatin1Char('\r');
        else if (c == u'\t' || c == u'\r' || (c >= 0x20 && c != 0x7f && (c < 0x80 || c > 0x9f)))
            clean += text[i];
    }
    vterm_keyboard_start_paste(vt);
    output += clean.toUtf8();
    vterm_keyboard_end_paste(vt);
    flushOutput();
    followCursor();
}

void TerminalView::paste()
{
    d->pasteText(QApplication::clipboard()->text());
}

void TerminalView::pastePrimary()
{
    QClipboard* clipboard = QApplication::clipboard();
    d->pasteText(clipboard->text(clipboard->supportsSelection() ? QClipboard::Selection : QClipboard::Clipboard));
}

bool TerminalView::event(QEvent* event)
{
    // Keys belong to the program inside before any shortcut of the window; Ctrl+Shift+... stays the window's.
    if (event->type() == QEvent::ShortcutOverride && !d->readOnly) {
        auto* key = static_cast<QKeyEvent*>(event);
        const bool leave = key->key() == Qt::Key_Tab && key->modifiers() & Qt::ControlModifier;
        if (isOurs(key) && !leave) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::ScreenChangeInternal)
        d->updateFont();
    return QAbstractScrollArea::event(event);
}

bool TerminalView::focusNextPrevChild(bool next)
{
    // Tab is the shell's; Ctrl+Tab leaves (keyPressEvent), and so does Tab where nothing can be typed.
    const bool searching = d->search && d->search->isAncestorOf(QApplication::focusWidget());
    return d->readOnly || searching ? QAbstractScrollArea::focusNextPrevChild(next) : false;
}

bool TerminalView::Private::shortcut(QKeyEvent* event)
{
    const int key = event->key();
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    QScrollBar* bar = q->verticalScrollBar();
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier)) {
        if (key == Qt::Key_C)
            q->copy();
        else if (key == Qt::Key_V)
            q->paste();
        else if (key == Qt::Key_A)
            q->selectAll();
        else if (key == Qt::Key_F)
            q->openSearch();
        else if (key == Qt::Key_Plus)
            q->zoomIn();
        else if (key == Qt::Key_Tab || key == Qt::Key_Backtab)
            q->QAbstractScrollArea::focusNextPrevChild(false); // past our own, which keeps Tab
        else
            return false;
        return true;
    }
    if (modifiers == Qt::ControlModifier) {
        if (key == Qt::Key_Plus || key == Qt::Key_Equal)
            q->zoomIn();
        else if (key == Qt::Key_Minus)
            q->zoomOut();
        else if (key == Qt::Key_0)
            q->zoomReset();
        else if (key == Qt::Key_Tab)
            q->QAbstractScrollArea::focusNextPrevChild(true);
        else
            return false;
        return true;
    }
    if (modifiers == Qt::ShiftModifier && !alternate) {
        if (key == Qt::Key_PageUp)
            bar->setValue(bar->value() - bar->pageStep());
        else if (key == Qt::Key_PageDown)
            bar->setValue(bar->value() + bar->pageStep());
        else if (key == Qt::Key_Home)
            bar->setValue(0);
        else if (key == Qt::Key_End)
            bar->setValue(bar->maximum());
        else if (key == Qt::Key_Insert)
            q->pastePrimary();
        else
            return false;
        return true;
    }
    return false;
}

bool TerminalView::Private::sendKey(QKeyEvent* event)
{
    const int key = event->key();
    const VTermModifier modifiers = modifiersOf(event->modifiers());
    const auto alt = VTermModifier(modifiers & VTERM_MOD_ALT);
    // libvterm would write these with modifiers as CSI u, which few programs read.
    if (key == Qt::Key_Return || (key == Qt::Key_Enter && !(event->modifiers() & Qt::KeypadModifier)))
        vterm_keyboard_key(vt, VTERM_KEY_ENTER, alt);
    else if (key == Qt::Key_Backspace && modifiers & VTERM_MOD_CTRL)
        vterm_keyboard_unichar(vt, 0x08, alt);
    else if (key == Qt::Key_Backspace)
        vterm_keyboard_key(vt, VTERM_KEY_BACKSPACE, alt);
    else if (key == Qt::Key_Escape)
        vterm_keyboard_key(vt, VTERM_KEY_ESCAPE, alt);
    else if (key == Qt::Key_Backtab)
        vterm_keyboard_key(vt, VTERM_KEY_TAB, VTERM_MOD_SHIFT);
    else if (key == Qt::Key_Tab)
        vterm_keyboard_key(vt, VTERM_KEY_TAB, alt);
    else if (const VTermKey pad = keypadKey(key); pad != VTERM_KEY_NONE && event->modifiers() & Qt::KeypadModifier)
        vterm_keyboard_key(vt, pad, VTERM_MOD_NONE);
    else if (const VTermKey named = namedKey(key); named != VTERM_KEY_NONE)
        vterm_keyboard_key(vt, named, modifiers);
    else if (modifiers & VTERM_MOD_CTRL && controlCharacter(key) >= 0)
        vterm_keyboard_unichar(vt, uint32_t(controlCharacter(key)), alt);
    else if (modifiers & VTERM_MOD_ALT && key > 0x20 && key < 0x7f)
        vterm_keyboard_unichar(vt, uint32_t(modifiers & VTERM_MOD_SHIFT ? key : QChar(key).toLower().unicode()), alt);
    else if (!event->text().isEmpty())
        for (char32_t c : event->text().toUcs4())
            vterm_keyboard_unichar(vt, c, VTERM_MOD_NONE);
    else
        return false;
    return true;
}

void TerminalView::keyPressEvent(QKeyEvent* event)
{
    if (d->shortcut(event))
        return;
    if (d->readOnly || !d->sendKey(event)) {
        event->ignore();
        return;
    }
    d->flushOutput();
    d->clearSelection();
    d->followCursor();
}

void TerminalView::inputMethodEvent(QInputMethodEvent* event)
{
    if (!d->readOnly && !event->commitString().isEmpty())
        d->send(event->commitString());
    d->preedit = event->preeditString();
    viewport()->update();
    event->accept();
}

QVariant TerminalView::inputMethodQuery(Qt::InputMethodQuery query) const
{
    switch (query) {
    case Qt::ImEnabled:
        return !d->readOnly;
    case Qt::ImCursorRectangle:
        return d->cursorRect();
    case Qt::ImFont:
        return d->font;
    case Qt::ImHints:
        return int(Qt::ImhNoAutoUppercase | Qt::ImhNoPredictiveText);
    default:
        return QAbstractScrollArea::inputMethodQuery(query);
    }
}

void TerminalView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    d->blinkOn = true;
    d->blink.start();
    vterm_state_focus_in(vterm_obtain_state(d->vt));
    d->flushOutput();
    viewport()->update();
}

void TerminalView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    d->blink.stop();
    d->preedit.clear();
    vterm_state_focus_out(vterm_obtain_state(d->vt));
    d->flushOutput();
    viewport()->update();
}

} // namespace diptych::widgets
