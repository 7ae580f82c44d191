#include "widgets/terminal_p.h"

#include <QApplication>
#include <QClipboard>

namespace diptych::widgets {
namespace {

bool isWordCharacter(char32_t c)
{
    return c > U' ' && std::u32string_view(U"\"'`()[]{}<>|;,&│").find(c) == std::u32string_view::npos;
}

} // namespace

TermPosition TerminalView::Private::positionAt(const QPointF& point) const
{
    const int row = std::clamp(int((point.y() - margin) / cellHeight), 0, rows - 1);
    const int column =
        std::clamp(int((point.x() - margin) / cellWidth + (grain == Grain::Character ? 0.5 : 0.0)), 0, columns);
    return {topLine() + row, column};
}

std::optional<std::pair<TermPosition, TermPosition>> TerminalView::Private::selection() const
{
    if (!anchor)
        return std::nullopt;
    auto first = std::min(*anchor, head);
    auto last = std::max(*anchor, head);
    if (grain == Grain::Line) {
        first.column = 0;
        last = {last.line + 1, 0};
    } else if (grain == Grain::Word) {
        first.column = wordAt(first.line, first.column).first;
        last.column = wordAt(last.line, last.column).second;
    }
    if (first == last)
        return std::nullopt;
    return std::pair{first, last};
}

bool TerminalView::Private::isSelected(qint64 at, int column,
                                       const std::optional<std::pair<TermPosition, TermPosition>>& range) const
{
    const TermPosition position{at, column};
    return range && position >= range->first && position < range->second;
}

std::pair<int, int> TerminalView::Private::wordAt(qint64 at, int column) const
{
    TermLine buffer;
    const TermLine& one = line(at, buffer);
    const int count = int(one.cells.size());
    if (column >= count)
        return {column, std::min(column + 1, columns)};
    const auto inWord = [&](int c) {
        const TermCell& cell = one.cells[size_t(c)];
        return isWordCharacter(cell.character) || (c > 0 && cell.character == 0 && one.cells[size_t(c) - 1].width == 2);
    };
    int from = column;
    int to = column + 1;
    if (!inWord(column))
        return {from, to};
    while (from > 0 && inWord(from - 1))
        --from;
    while (to < count && inWord(to))
        ++to;
    return {from, to};
}

QString TerminalView::selectedText() const
{
    const auto range = d->selection();
    if (!range)
        return {};
    QStringList lines;
    for (qint64 at = std::max(range->first.line, d->firstLine); at <= range->second.line; ++at) {
        if (at == range->second.line && range->second.column == 0)
            break;
        const int from = at == range->first.line ? range->first.column : 0;
        const int to = at == range->second.line ? range->second.column : -1;
        QString text = d->lineText(at, from, to);
        while (text.endsWith(QLatin1Char(' ')))
            text.chop(1);
        lines.append(text);
    }
    return lines.join(QLatin1Char('\n'));
}

void TerminalView::Private::clearSelection()
{
    if (anchor)
        q->viewport()->update();
    anchor.reset();
    selecting = false;
}

void TerminalView::Private::extendSelection(const QPointF& point)
{
    head = positionAt(point);
    q->viewport()->update();
}

void TerminalView::Private::dropSelectionIn(int top, int bottom)
{
    if (!anchor || selecting)
        return;
    const auto range = selection();
    // What was selected has been overwritten: the mark would lie.
    if (range && range->second.line >= screenTop() + top && range->first.line < screenTop() + bottom)
        clearSelection();
}

void TerminalView::Private::publishSelection() const
{
    QClipboard* clipboard = QApplication::clipboard();
    if (const QString text = q->selectedText(); clipboard->supportsSelection() && !text.isEmpty())
        clipboard->setText(text, QClipboard::Selection);
}

void TerminalView::copy()
{
    if (const QString text = selectedText(); !text.isEmpty())
        QApplication::clipboard()->setText(text);
}

void TerminalView::selectAll()
{
    d->grain = Private::Grain::Character;
    d->anchor = TermPosition{d->firstLine, 0};
    d->head = TermPosition{d->screenTop() + d->rows - 1, d->columns};
    d->publishSelection();
    viewport()->update();
}

} // namespace diptych::widgets
