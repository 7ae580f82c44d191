#include "widgets/terminal_p.h"

#include "widgets/terminal_search.h"
#include "widgets/theme.h"

#include <QAccessible>

#include <QScrollBar>

namespace diptych::widgets {

TerminalView::TerminalView(QWidget* parent) : QAbstractScrollArea(parent), d(std::make_unique<Private>(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setAccessibleName(tr("Terminal"));
    viewport()->setCursor(Qt::IBeamCursor);
    setStyleSheet(
        QStringLiteral("QAbstractScrollArea { background: %1; border-radius: 8px; }"
                       "QScrollBar:vertical { background: %1; width: 10px; }"
                       "QScrollBar::handle { background: #3a4552; border-radius: 3px; margin: 2px; min-height: 28px; }"
                       "QScrollBar::handle:hover { background: #667282; }")
            .arg(terminal_colors::background.name()));
    d->create();
    d->updateFont();
    d->telling.setSingleShot(true);
    d->telling.setInterval(100);
    connect(&d->telling, &QTimer::timeout, this, [this] { d->tellAccessible(); });
    connect(&d->slice, &QTimer::timeout, this, [this] { d->pump(); });
    d->frame.setSingleShot(true);
    d->frame.setTimerType(Qt::PreciseTimer);
    connect(&d->frame, &QTimer::timeout, this, [this] { d->showFrame(); });
    d->blink.setInterval(600);
    connect(&d->blink, &QTimer::timeout, this, [this] {
        d->blinkOn = !d->blinkOn || !d->cursorBlinks;
        viewport()->update(d->cursorRect().toAlignedRect().adjusted(-1, -1, 1, 1));
    });
    d->autoScroll.setInterval(40);
    connect(&d->autoScroll, &QTimer::timeout, this, [this] {
        const int step = d->lastMouse.y() < 0 ? -1 : (d->lastMouse.y() > viewport()->height() ? 1 : 0);
        verticalScrollBar()->setValue(verticalScrollBar()->value() + step);
        d->extendSelection(d->lastMouse);
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] { d->updateFont(); });
}

TerminalView::~TerminalView()
{
    if (d->vt)
        vterm_free(d->vt);
}

void TerminalView::feed(const QByteArray& bytes)
{
    if (bytes.isEmpty())
        return;
    d->queue.push_back(bytes);
    d->queued += bytes.size();
    // A key's echo is shown at once; a flood waits for its slices.
    if (!d->slice.isActive() && d->queued <= 8192)
        d->pump();
    if (!d->queue.empty() && !d->slice.isActive())
        d->slice.start(0);
}

void TerminalView::reset()
{
    d->queue.clear();
    d->queueAt = d->queued = 0;
    d->slice.stop();
    d->scrollback.clear();
    d->firstLine = 0;
    d->anchor.reset();
    d->output.clear();
    d->title.clear();
    d->mouseMode = VTERM_PROP_MOUSE_NONE;
    d->alternate = false;
    d->cursor = {0, 0};
    d->create();
    d->output.clear();
    d->allDirty = true;
    d->scheduleFrame();
}

int TerminalView::columns() const
{
    return d->columns;
}
int TerminalView::rows() const
{
    return d->rows;
}
QString TerminalView::title() const
{
    return d->title;
}
qsizetype TerminalView::backlog() const
{
    return d->queued;
}
int TerminalView::scrollbackLines() const
{
    return int(d->scrollback.size());
}
QSize TerminalView::sizeHint() const
{
    return {int(80 * d->cellWidth) + 26, int(24 * d->cellHeight) + 16};
}

QString TerminalView::screenText() const
{
    QStringList lines;
    for (int row = 0; row < d->rows; ++row)
        lines.append(d->lineText(d->screenTop() + row));
    while (!lines.isEmpty() && lines.back().trimmed().isEmpty())
        lines.removeLast();
    return lines.join(QLatin1Char('\n'));
}

void TerminalView::setReadOnly(bool readOnly, const QString& reason)
{
    d->readOnly = readOnly;
    d->reason = reason;
    setAccessibleDescription(reason);
    setAttribute(Qt::WA_InputMethodEnabled, !readOnly);
    viewport()->update();
}

void TerminalView::clear()
{
    d->scrollback.clear();
    d->firstLine = 0;
    d->anchor.reset();
    // As the clear key of a shell does: erase, keep the cursor's line at the top.
    const QString line = d->lineText(d->screenTop() + d->cursor.row);
    const int column = d->cursor.col;
    const QByteArray bytes = "\x1b[H\x1b[2J" + line.toUtf8() + "\x1b[1;" + QByteArray::number(column + 1) + "H";
    d->process(bytes.constData(), bytes.size());
    vterm_screen_flush_damage(d->screen);
    d->allDirty = true;
    d->scheduleFrame();
}

void TerminalView::zoomIn()
{
    d->fontScale = std::min(4.0, d->fontScale * 1.1);
    d->updateFont();
}

void TerminalView::zoomOut()
{
    d->fontScale = std::max(0.5, d->fontScale / 1.1);
    d->updateFont();
}

void TerminalView::zoomReset()
{
    d->fontScale = 1;
    d->updateFont();
}

void TerminalView::resizeEvent(QResizeEvent*)
{
    d->fit();
    if (d->search)
        d->search->place();
}

void TerminalView::scrollContentsBy(int, int)
{
    if (QAccessible::isActive())
        d->telling.start();
    viewport()->update();
}

} // namespace diptych::widgets
