// libvterm's side: bytes in slices, its callbacks, frames.
#include "widgets/terminal_p.h"

#include <QAccessible>
#include <QScrollBar>

namespace diptych::widgets {
namespace {

constexpr qsizetype pieceSize = 4096;
constexpr int sliceMilliseconds = 8;
constexpr int frameMilliseconds = 16;

// libvterm changed how it hands over strings with 0.2: whole, then in fragments.
template <typename Value>
bool takeString(const Value& value, QByteArray& into)
{
    if constexpr (requires { value.string.len; }) {
        if (value.string.initial)
            into.clear();
        into.append(value.string.str, qsizetype(value.string.len));
        return value.string.final;
    } else {
        into = QByteArray(value.string);
        return true;
    }
}

template <typename Screen>
void enableReflow([[maybe_unused]] Screen* screen)
{
#if VTERM_VERSION_MAJOR > 0 || VTERM_VERSION_MINOR >= 3
    vterm_screen_enable_reflow(screen, true);
#endif
}

} // namespace

void TerminalView::Private::create()
{
    if (vt)
        vterm_free(vt);
    vt = vterm_new(rows, columns);
    vterm_set_utf8(vt, 1);
    vterm_output_set_callback(
        vt,
        [](const char* bytes, size_t size, void* self) {
            static_cast<Private*>(self)->output.append(bytes, qsizetype(size));
        },
        this);
    screen = vterm_obtain_screen(vt);
    static const VTermScreenCallbacks callbacks = [] {
        VTermScreenCallbacks c{};
        c.damage = [](VTermRect rect, void* self) {
            auto* d = static_cast<Private*>(self);
            d->dropSelectionIn(rect.start_row, rect.end_row);
            d->markDirty(rect.start_row, rect.end_row);
            return 1;
        };
        c.moverect = [](VTermRect dest, VTermRect source, void* self) {
            static_cast<Private*>(self)->markDirty(std::min(dest.start_row, source.start_row),
                                                   std::max(dest.end_row, source.end_row));
            return 1;
        };
        c.movecursor = [](VTermPos now, VTermPos before, int, void* self) {
            auto* d = static_cast<Private*>(self);
            d->cursor = now;
            d->markDirty(now.row, now.row + 1);
            d->markDirty(before.row, before.row + 1);
            return 1;
        };
        c.settermprop = [](VTermProp property, VTermValue* value, void* self) {
            return static_cast<Private*>(self)->setProperty(property, *value);
        };
        c.bell = [](void* self) {
            static_cast<Private*>(self)->bellPending = true;
            return 1;
        };
        c.sb_pushline = [](int count, const VTermScreenCell* cells, void* self) {
            static_cast<Private*>(self)->pushLine(count, cells);
            return 1;
        };
        c.sb_popline = [](int count, VTermScreenCell* cells, void* self) {
            return int(static_cast<Private*>(self)->popLine(count, cells));
        };
        return c;
    }();
    vterm_screen_set_callbacks(screen, &callbacks, this);
    vterm_screen_enable_altscreen(screen, 1);
    vterm_screen_set_damage_merge(screen, VTERM_DAMAGE_SCROLL);
    enableReflow(screen);
    applyColors();
    vterm_screen_reset(screen, 1);
}

void TerminalView::Private::applyColors()
{
    static constexpr QRgb palette[16] = {0x1c2530, 0xef6b6b, 0x53c27f, 0xe0b040, 0x6ea0f5, 0xc08bea,
                                         0x3cc4c6, 0xc9d1db, 0x667282, 0xff8f8f, 0x7fdca3, 0xf5cd6b,
                                         0x98bdff, 0xdcb3ff, 0x74e1e2, 0xf5f7fa};
    VTermState* state = vterm_obtain_state(vt);
    VTermColor color;
    for (int i = 0; i < 16; ++i) {
        vterm_color_rgb(&color, quint8(qRed(palette[i])), quint8(qGreen(palette[i])), quint8(qBlue(palette[i])));
        vterm_state_set_palette_color(state, i, &color);
    }
    const QColor& fg = terminal_colors::foreground;
    const QColor& bg = terminal_colors::background;
    VTermColor back;
    vterm_color_rgb(&color, quint8(fg.red()), quint8(fg.green()), quint8(fg.blue()));
    vterm_color_rgb(&back, quint8(bg.red()), quint8(bg.green()), quint8(bg.blue()));
    vterm_state_set_default_colors(state, &color, &back);
}

int TerminalView::Private::setProperty(VTermProp property, const VTermValue& value)
{
    switch (property) {
    case VTERM_PROP_CURSORVISIBLE:
        cursorVisible = value.boolean;
        break;
    case VTERM_PROP_CURSORBLINK:
        cursorBlinks = value.boolean;
        break;
    case VTERM_PROP_CURSORSHAPE:
        cursorShape = value.number;
        break;
    case VTERM_PROP_ALTSCREEN:
        alternate = value.boolean;
        allDirty = true;
        break;
    case VTERM_PROP_MOUSE:
        mouseMode = value.number;
        q->viewport()->setCursor(mouseMode == VTERM_PROP_MOUSE_NONE ? Qt::IBeamCursor : Qt::ArrowCursor);
        break;
    case VTERM_PROP_TITLE:
        if (takeString(value, titleBytes)) {
            title = QString::fromUtf8(titleBytes.left(1024)).simplified().left(200);
            titlePending = true;
        }
        break;
    default:
        return 0;
    }
    markDirty(cursor.row, cursor.row + 1);
    return 1;
}

void TerminalView::Private::process(const char* bytes, qsizetype size)
{
    vterm_input_write(vt, bytes, size_t(size));
}

void TerminalView::Private::pump()
{
    QElapsedTimer clock;
    clock.start();
    while (!queue.empty() && clock.elapsed() < sliceMilliseconds) {
        const QByteArray& piece = queue.front();
        const qsizetype size = std::min(pieceSize, piece.size() - queueAt);
        process(piece.constData() + queueAt, size);
        queueAt += size;
        queued -= size;
        if (queueAt >= piece.size()) {
            queue.pop_front();
            queueAt = 0;
        }
    }
    if (queue.empty())
        slice.stop();
    vterm_screen_flush_damage(screen);
    scheduleFrame();
    flushOutput();
    if (std::exchange(titlePending, false))
        emit q->titleChanged(title);
    if (std::exchange(bellPending, false))
        emit q->bell();
}

void TerminalView::Private::flushOutput()
{
    if (output.isEmpty())
        return;
    const QByteArray bytes = std::exchange(output, {});
    if (!readOnly)
        emit q->typed(bytes);
}

void TerminalView::Private::markDirty(int top, int bottom)
{
    dirtyTop = dirtyBottom < 0 ? top : std::min(dirtyTop, top);
    dirtyBottom = std::max(dirtyBottom, bottom);
}

void TerminalView::Private::scheduleFrame()
{
    if (frame.isActive() || (!allDirty && dirtyBottom < 0))
        return;
    const qint64 since = sinceFrame.isValid() ? sinceFrame.elapsed() : frameMilliseconds;
    frame.start(int(std::clamp<qint64>(frameMilliseconds - since, 0, frameMilliseconds)));
}

void TerminalView::Private::showFrame()
{
    sinceFrame.start();
    if (QAccessible::isActive() && !telling.isActive())
        telling.start();
    if (allDirty) {
        syncScrollBar();
        q->viewport()->update();
    } else if (dirtyBottom >= 0) {
        const double shift = double(screenTop() - topLine()) * cellHeight + margin;
        q->viewport()->update(QRect(0, int(shift + dirtyTop * cellHeight) - 1, q->viewport()->width(),
                                    int((dirtyBottom - dirtyTop) * cellHeight) + 3));
    }
    allDirty = false;
    dirtyBottom = -1;
    dirtyTop = 0;
}

void TerminalView::Private::syncScrollBar()
{
    QScrollBar* bar = q->verticalScrollBar();
    const bool follow = atBottom();
    const QSignalBlocker quiet(bar);
    bar->setRange(0, int(scrollback.size()));
    bar->setPageStep(rows);
    bar->setSingleStep(1);
    if (follow)
        bar->setValue(bar->maximum());
    bar->update();
}

bool TerminalView::Private::atBottom() const
{
    return q->verticalScrollBar()->value() >= q->verticalScrollBar()->maximum();
}

qint64 TerminalView::Private::topLine() const
{
    return firstLine + std::min<qint64>(q->verticalScrollBar()->value(), qint64(scrollback.size()));
}

void TerminalView::Private::fit()
{
    const QSize area = q->viewport()->size() - QSize(2 * margin, 2 * margin);
    const int newColumns = std::clamp(int(area.width() / cellWidth), 2, 1000);
    const int newRows = std::clamp(int(area.height() / cellHeight), 1, 500);
    if (newColumns == columns && newRows == rows)
        return;
    columns = newColumns;
    rows = newRows;
    vterm_set_size(vt, rows, columns);
    vterm_screen_flush_damage(screen);
    allDirty = true;
    scheduleFrame();
    emit q->resized(columns, rows);
}

} // namespace diptych::widgets
