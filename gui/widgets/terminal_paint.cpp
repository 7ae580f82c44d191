#include "widgets/terminal_p.h"

#include "widgets/tone.h"

#include <QPaintEvent>
#include <QPainter>

#include <cmath>

namespace diptych::widgets {
namespace {

bool sameLook(const TermCell& a, const TermCell& b)
{
    return a.bold == b.bold && a.italic == b.italic && a.underline == b.underline && a.strike == b.strike &&
           a.reverse == b.reverse && vterm_color_is_equal(&a.foreground, &b.foreground) &&
           vterm_color_is_equal(&a.background, &b.background);
}

/// Characters that every monospaced font draws one cell wide; others are placed one by one, so that a font that
/// stands in for them cannot shift the rest of the line.
bool isPlain(const TermCell& cell)
{
    return cell.width == 1 && cell.character < 0x250;
}

} // namespace

void TerminalView::Private::updateFont()
{
    font = Theme::instance().monospace();
    font.setPointSizeF(font.pointSizeF() * 1.05 * fontScale);
    // Without shaping there are no ligatures: "->" stays two cells.
    font.setStyleStrategy(QFont::StyleStrategy(QFont::PreferNoShaping | QFont::PreferAntialias));
    const QFontMetricsF metrics(font);
    const double advance = metrics.horizontalAdvance(QLatin1Char('0'));
    const double ratio = q->devicePixelRatioF();
    cellWidth = std::max(2.0, std::round(advance * ratio) / ratio);
    cellHeight = std::max(4.0, std::ceil(metrics.ascent() + metrics.descent() + 2));
    ascent = std::ceil(metrics.ascent()) + 1;
    font.setLetterSpacing(QFont::AbsoluteSpacing, cellWidth - advance);
    fit();
    q->updateGeometry();
    q->viewport()->update();
}

QColor TerminalView::Private::rgb(VTermColor color) const
{
    vterm_screen_convert_color_to_rgb(screen, &color);
    return {color.rgb.red, color.rgb.green, color.rgb.blue};
}

QRectF TerminalView::Private::cursorRect() const
{
    const double y = margin + double(screenTop() + cursor.row - topLine()) * cellHeight;
    return {margin + cursor.col * cellWidth, y, cellWidth, cellHeight};
}

void TerminalView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), terminal_colors::background);
    const qint64 top = d->topLine();
    const int first = std::max(0, int((event->rect().top() - Private::margin) / d->cellHeight));
    const int last = std::min(d->rows - 1, int((event->rect().bottom() - Private::margin) / d->cellHeight));
    for (int row = first; row <= last; ++row)
        d->paintLine(painter, top + row, Private::margin + row * d->cellHeight);
    d->paintCursor(painter);
    if (!d->reason.isEmpty()) {
        painter.setFont(scaledFont(11.5 / 13, QFont::Medium));
        const double width = painter.fontMetrics().horizontalAdvance(d->reason) + 20;
        const QRectF label(viewport()->width() - width - 10, viewport()->height() - 32, width, 22);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0x252d38));
        painter.drawRoundedRect(label, 11, 11);
        painter.setPen(QColor(0xb3bfcd));
        painter.drawText(label, Qt::AlignCenter, d->reason);
    }
}

void TerminalView::Private::paintLine(QPainter& painter, qint64 absolute, double y) const
{
    TermLine buffer;
    const TermLine& one = line(absolute, buffer);
    const auto range = selection();
    const int count = std::min(columns, int(one.cells.size()));
    for (int from = 0; from < count;) {
        const bool selected = isSelected(absolute, from, range);
        int to = from + 1;
        // The right half of a wide character goes with it.
        while (to < count && isSelected(absolute, to, range) == selected &&
               (sameLook(one.cells[size_t(from)], one.cells[size_t(to)]) || one.cells[size_t(to) - 1].width == 2))
            ++to;
        paintRun(painter, one, from, to, y, selected);
        from = to;
    }
    // What is selected beyond the text shows that the line's end is taken along.
    if (range && range->first.line <= absolute && range->second.line > absolute && count < columns &&
        isSelected(absolute, std::max(count, 0), range))
        painter.fillRect(QRectF(margin + count * cellWidth, y, cellWidth * 0.6, cellHeight),
                         terminal_colors::selection);
}

void TerminalView::Private::paintRun(QPainter& painter, const TermLine& one, int from, int to, double y,
                                     bool selected) const
{
    const TermCell& look = one.cells[size_t(from)];
    QColor fore = rgb(look.foreground);
    QColor back = rgb(look.background);
    if (look.reverse)
        std::swap(fore, back);
    if (selected)
        back = terminal_colors::selection;
    const double x = margin + from * cellWidth;
    if (selected || look.reverse || !VTERM_COLOR_IS_DEFAULT_BG(&look.background))
        painter.fillRect(QRectF(x, y, (to - from) * cellWidth, cellHeight), back);
    QFont runFont = font;
    runFont.setBold(look.bold);
    runFont.setItalic(look.italic);
    runFont.setUnderline(look.underline);
    runFont.setStrikeOut(look.strike);
    painter.setFont(runFont);
    painter.setPen(fore);

    QString text;
    int textFrom = from;
    const auto flush = [&] {
        if (!text.trimmed().isEmpty() || ((look.underline || look.strike) && !text.isEmpty()))
            painter.drawText(QPointF(margin + textFrom * cellWidth, y + ascent), text);
        text.clear();
    };
    for (int column = from; column < to; ++column) {
        const TermCell& cell = one.cells[size_t(column)];
        const auto combining = std::find_if(one.combining.begin(), one.combining.end(),
                                            [column](const auto& entry) { return entry.first == column; });
        if (isPlain(cell) && combining == one.combining.end()) {
            if (text.isEmpty())
                textFrom = column;
            text += cell.character ? QChar(char16_t(cell.character)) : QLatin1Char(' ');
            continue;
        }
        flush();
        QString single = QString::fromUcs4(&cell.character, 1);
        if (combining != one.combining.end())
            single += QString::fromUcs4(combining->second.data(), qsizetype(combining->second.size()));
        QFont alone = runFont;
        alone.setLetterSpacing(QFont::AbsoluteSpacing, 0);
        alone.setStyleStrategy(QFont::PreferAntialias); // shaping, for marks that combine
        painter.setFont(alone);
        painter.drawText(QPointF(margin + column * cellWidth, y + ascent), single);
        painter.setFont(runFont);
        if (cell.width == 2)
            ++column;
        textFrom = column + 1;
    }
    flush();
}

void TerminalView::Private::paintCursor(QPainter& painter) const
{
    QRectF rect = cursorRect();
    if (!preedit.isEmpty()) {
        const double width = QFontMetricsF(font).horizontalAdvance(preedit);
        painter.fillRect(QRectF(rect.left(), rect.top(), width, cellHeight), QColor(0x252d38));
        QFont underlined = font;
        underlined.setUnderline(true);
        painter.setFont(underlined);
        painter.setPen(terminal_colors::foreground);
        painter.drawText(QPointF(rect.left(), rect.top() + ascent), preedit);
        return;
    }
    if (!cursorVisible || readOnly || rect.top() > q->viewport()->height())
        return;
    VTermScreenCell cell;
    const bool known = vterm_screen_get_cell(screen, cursor, &cell) != 0;
    if (known && cell.width == 2)
        rect.setWidth(2 * cellWidth);
    const QColor color(0xd6dce4);
    if (!q->hasFocus()) {
        painter.setPen(QPen(color, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
        return;
    }
    if (!blinkOn)
        return;
    if (cursorShape == VTERM_PROP_CURSORSHAPE_UNDERLINE) {
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), color);
    } else if (cursorShape == VTERM_PROP_CURSORSHAPE_BAR_LEFT) {
        painter.fillRect(QRectF(rect.left(), rect.top(), 2, rect.height()), color);
    } else {
        painter.fillRect(rect, color);
        if (known && cell.chars[0] && cell.chars[0] != uint32_t(-1)) {
            const char32_t character = cell.chars[0];
            painter.setFont(font);
            painter.setPen(terminal_colors::background);
            painter.drawText(QPointF(rect.left(), rect.top() + ascent), QString::fromUcs4(&character, 1));
        }
    }
}

} // namespace diptych::widgets
