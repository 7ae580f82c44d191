// The lines: those that scrolled off are kept here, those of the screen are read from libvterm.
#include "widgets/terminal_p.h"

#include <QScrollBar>

namespace diptych::widgets {
namespace {

TermCell compact(const VTermScreenCell& cell)
{
    TermCell result;
    // The right half of a wide character is marked with -1.
    result.character = cell.chars[0] == uint32_t(-1) ? 0 : cell.chars[0];
    result.foreground = cell.fg;
    result.background = cell.bg;
    result.width = quint8(std::max<int>(1, cell.width));
    result.bold = cell.attrs.bold;
    result.italic = cell.attrs.italic;
    result.underline = cell.attrs.underline != VTERM_UNDERLINE_OFF;
    result.strike = cell.attrs.strike;
    result.reverse = cell.attrs.reverse;
    return result;
}

bool isBlank(const TermCell& cell)
{
    return cell.character == 0 && VTERM_COLOR_IS_DEFAULT_BG(&cell.background) && !cell.reverse && !cell.underline &&
           !cell.strike;
}

void appendCell(TermLine& line, const VTermScreenCell& cell)
{
    line.cells.push_back(compact(cell));
    if (cell.chars[0] == 0 || cell.chars[1] == 0)
        return;
    std::u32string rest;
    for (int i = 1; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; ++i)
        rest.push_back(cell.chars[i]);
    line.combining.emplace_back(int(line.cells.size()) - 1, std::move(rest));
}

void trim(TermLine& line)
{
    while (!line.cells.empty() && isBlank(line.cells.back())) {
        // A wide character's right half is blank and belongs to it.
        const size_t count = line.cells.size();
        if (count > 1 && line.cells[count - 2].width == 2)
            break;
        line.cells.pop_back();
    }
}

} // namespace

void TerminalView::Private::pushLine(int count, const VTermScreenCell* cells)
{
    const bool follow = atBottom();
    TermLine line;
    line.cells.reserve(size_t(count));
    for (int i = 0; i < count; ++i)
        appendCell(line, cells[i]);
    trim(line);
    line.cells.shrink_to_fit();
    scrollback.push_back(std::move(line));
    if (scrollback.size() > size_t(scrollbackLimit)) {
        scrollback.pop_front();
        ++firstLine;
        // Whoever reads further up keeps the lines under their eyes.
        if (!follow) {
            const QSignalBlocker quiet(q->verticalScrollBar());
            q->verticalScrollBar()->setValue(std::max(0, q->verticalScrollBar()->value() - 1));
        }
    }
    allDirty = true;
    if (follow) {
        QScrollBar* bar = q->verticalScrollBar();
        const QSignalBlocker quiet(bar);
        bar->setRange(0, int(scrollback.size()));
        bar->setValue(bar->maximum());
    }
}

bool TerminalView::Private::popLine(int count, VTermScreenCell* cells)
{
    if (scrollback.empty())
        return false;
    const TermLine& line = scrollback.back();
    const VTermState* state = vterm_obtain_state(vt);
    for (int i = 0; i < count; ++i) {
        VTermScreenCell& cell = cells[i];
        cell = VTermScreenCell{};
        cell.width = 1;
        if (size_t(i) < line.cells.size()) {
            const TermCell& kept = line.cells[size_t(i)];
            cell.chars[0] = kept.character;
            cell.width = char(kept.width);
            cell.fg = kept.foreground;
            cell.bg = kept.background;
            cell.attrs.bold = kept.bold;
            cell.attrs.italic = kept.italic;
            cell.attrs.underline = kept.underline ? VTERM_UNDERLINE_SINGLE : VTERM_UNDERLINE_OFF;
            cell.attrs.strike = kept.strike;
            cell.attrs.reverse = kept.reverse;
        } else {
            vterm_state_get_default_colors(state, &cell.fg, &cell.bg);
        }
    }
    for (const auto& [column, rest] : line.combining)
        for (size_t i = 0; column < count && i < rest.size() && i + 1 < VTERM_MAX_CHARS_PER_CELL; ++i)
            cells[column].chars[i + 1] = rest[i];
    scrollback.pop_back();
    allDirty = true;
    return true;
}

TermLine TerminalView::Private::screenLine(int row) const
{
    TermLine line;
    line.cells.reserve(size_t(columns));
    VTermScreenCell cell;
    for (int column = 0; column < columns; ++column) {
        if (!vterm_screen_get_cell(screen, {row, column}, &cell))
            break;
        appendCell(line, cell);
    }
    trim(line);
    return line;
}

const TermLine& TerminalView::Private::line(qint64 absolute, TermLine& buffer) const
{
    const qint64 index = absolute - firstLine;
    if (index >= 0 && index < qint64(scrollback.size()))
        return scrollback[size_t(index)];
    const qint64 row = absolute - screenTop();
    buffer = row >= 0 && row < rows ? screenLine(int(row)) : TermLine();
    return buffer;
}

QString TerminalView::Private::lineText(qint64 absolute, int from, int to) const
{
    TermLine buffer;
    const TermLine& one = line(absolute, buffer);
    const int end = to < 0 ? int(one.cells.size()) : std::min(to, int(one.cells.size()));
    QString text;
    auto combining = one.combining.begin();
    for (int column = 0; column < end; ++column) {
        while (combining != one.combining.end() && combining->first < column)
            ++combining;
        const TermCell& cell = one.cells[size_t(column)];
        const bool rightHalf = column > 0 && cell.character == 0 && one.cells[size_t(column) - 1].width == 2;
        if (column < from || rightHalf)
            continue;
        text += cell.character ? QString::fromUcs4(&cell.character, 1) : QStringLiteral(" ");
        if (combining != one.combining.end() && combining->first == column)
            text += QString::fromUcs4(combining->second.data(), qsizetype(combining->second.size()));
    }
    return text;
}

} // namespace diptych::widgets
