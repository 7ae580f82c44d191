// The terminal for screen readers: the lines in sight as text, the cursor as a caret, and what is printed as
// insertions.
#include "widgets/accessible.h"
#include "widgets/terminal_p.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace diptych::widgets {

class TerminalAccessible final : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit TerminalAccessible(TerminalView* view) : QAccessibleWidget(view, QAccessible::Terminal), m_view(view) {}

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TextInterface ? static_cast<QAccessibleTextInterface*>(this)
                                                  : QAccessibleWidget::interface_cast(type);
    }
    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.multiLine = true;
        state.selectableText = true;
        state.readOnly = d().readOnly;
        state.editable = !d().readOnly;
        return state;
    }

    int selectionCount() const override { return m_view->selectedText().isEmpty() ? 0 : 1; }
    void selection(int index, int* start, int* end) const override;
    void addSelection(int start, int end) override { setSelection(0, start, end); }
    void removeSelection(int /*index*/) override { m_view->d->clearSelection(); }
    void setSelection(int index, int start, int end) override;
    int cursorPosition() const override;
    void setCursorPosition(int /*position*/) override {} // the program inside says where it is
    using QAccessibleWidget::text;
    QString text(int start, int end) const override { return shown().mid(start, end < 0 ? -1 : end - start); }
    int characterCount() const override { return int(shown().size()); }
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint& point) const override;
    void scrollToSubstring(int /*start*/, int /*end*/) override {} // all of it is in sight
    QString attributes(int /*offset*/, int* start, int* end) const override
    {
        *start = 0;
        *end = characterCount();
        return {};
    }

private:
    const TerminalView::Private& d() const { return *m_view->d; }
    QString shown() const { return d().accessibleText(); }
    /// Offsets count characters of shown(); positions count lines and cells.
    TermPosition positionOf(int offset) const;
    int offsetOf(const TermPosition& position) const;

    TerminalView* m_view;
};

QAccessibleInterface* accessibleTerminal(QObject* object)
{
    auto* view = qobject_cast<TerminalView*>(object);
    return view ? new TerminalAccessible(view) : nullptr;
}

void TerminalAccessible::selection(int index, int* start, int* end) const
{
    *start = *end = 0;
    const auto range = d().selection();
    if (index != 0 || !range)
        return;
    *start = offsetOf(range->first);
    *end = offsetOf(range->second);
}

void TerminalAccessible::setSelection(int index, int start, int end)
{
    if (index != 0)
        return;
    m_view->d->grain = TerminalView::Private::Grain::Character;
    m_view->d->anchor = positionOf(start);
    m_view->d->head = positionOf(end);
    m_view->viewport()->update();
}

int TerminalAccessible::cursorPosition() const
{
    return offsetOf({d().screenTop() + d().cursor.row, d().cursor.col});
}

TermPosition TerminalAccessible::positionOf(int offset) const
{
    const QStringList lines = shown().split(QLatin1Char('\n'));
    for (int row = 0; row < lines.size(); ++row) {
        if (offset <= lines[row].size())
            return {d().topLine() + row, d().columnOf(d().topLine() + row, offset)};
        offset -= int(lines[row].size()) + 1;
    }
    return {d().topLine() + d().rows - 1, d().columns};
}

int TerminalAccessible::offsetOf(const TermPosition& position) const
{
    const QStringList lines = shown().split(QLatin1Char('\n'));
    const qint64 row = position.line - d().topLine();
    if (row < 0)
        return 0;
    int offset = 0;
    for (int i = 0; i < lines.size() && i < row; ++i)
        offset += int(lines[i].size()) + 1;
    if (row >= lines.size())
        return int(shown().size());
    return offset + std::min(int(d().lineText(position.line, 0, position.column).size()), int(lines[row].size()));
}

QRect TerminalAccessible::characterRect(int offset) const
{
    const TermPosition at = positionOf(offset);
    const QRectF cell(TerminalView::Private::margin + at.column * d().cellWidth,
                      TerminalView::Private::margin + double(at.line - d().topLine()) * d().cellHeight, d().cellWidth,
                      d().cellHeight);
    return {m_view->viewport()->mapToGlobal(cell.topLeft().toPoint()), cell.size().toSize()};
}

int TerminalAccessible::offsetAtPoint(const QPoint& point) const
{
    const QPoint inside = m_view->viewport()->mapFromGlobal(point);
    return m_view->viewport()->rect().contains(inside) ? offsetOf(d().positionAt(inside)) : -1;
}

QString TerminalView::Private::accessibleText() const
{
    QStringList lines;
    for (int row = 0; row < rows; ++row) {
        QString text = lineText(topLine() + row);
        while (text.endsWith(QLatin1Char(' ')) && topLine() + row != screenTop() + cursor.row)
            text.chop(1);
        lines.append(text);
    }
    while (lines.size() > 1 && lines.back().isEmpty() && lines.size() - 1 > screenTop() + cursor.row - topLine())
        lines.removeLast();
    return lines.join(QLatin1Char('\n'));
}

int TerminalView::Private::columnOf(qint64 absolute, int characters) const
{
    int column = 0;
    while (column < columns && lineText(absolute, 0, column).size() < characters)
        ++column;
    return column;
}

/// Tells what changed since the last time: lines that scrolled off are no change of what stays.
void TerminalView::Private::tellAccessible()
{
    if (!QAccessible::isActive())
        return;
    QString before = std::exchange(told, accessibleText());
    for (qint64 gone = topLine() - std::exchange(toldTop, topLine()); gone > 0 && !before.isEmpty(); --gone) {
        const qsizetype end = before.indexOf(QLatin1Char('\n'));
        before = end < 0 ? QString() : before.mid(end + 1);
    }
    if (before != told) {
        const qsizetype most = std::min(before.size(), told.size());
        qsizetype head = 0;
        while (head < most && before[head] == told[head])
            ++head;
        qsizetype tail = 0;
        while (tail < most - head && before[before.size() - 1 - tail] == told[told.size() - 1 - tail])
            ++tail;
        const QString removed = before.mid(head, before.size() - head - tail);
        const QString inserted = told.mid(head, told.size() - head - tail);
        if (!removed.isEmpty()) {
            QAccessibleTextRemoveEvent event(q, int(head), removed);
            QAccessible::updateAccessibility(&event);
        }
        if (!inserted.isEmpty()) {
            QAccessibleTextInsertEvent event(q, int(head), inserted);
            QAccessible::updateAccessibility(&event);
        }
    }
    if (QAccessibleInterface* face = QAccessible::queryAccessibleInterface(q)) {
        QAccessibleTextCursorEvent event(q, face->textInterface()->cursorPosition());
        QAccessible::updateAccessibility(&event);
    }
}

} // namespace diptych::widgets
