#include "widgets/terminal_search.h"

#include "widgets/icons.h"
#include "widgets/terminal_p.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QToolButton>

namespace diptych::widgets {

TerminalSearch::TerminalSearch(TerminalView* view)
    : QFrame(view), m_view(view), m_words(new QLineEdit(this)), m_result(new QLabel(this))
{
    setProperty("card", true);
    setAutoFillBackground(true);
    setAccessibleName(tr("Search in the terminal"));
    m_words->setAccessibleName(tr("Search in the terminal"));
    m_words->setPlaceholderText(tr("Search screen and scrollback"));
    m_words->setMinimumWidth(220);
    m_result->setProperty("muted", true);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(8, 6, 6, 6);
    line->setSpacing(4);
    line->addWidget(m_words);
    line->addWidget(m_result);
    const auto add = [&](const QString& picture, const QString& text, auto act) {
        auto* made = new QToolButton(this);
        made->setIcon(icon(picture, Tone::Muted));
        made->setToolTip(text);
        made->setAccessibleName(text);
        made->setFocusPolicy(Qt::StrongFocus);
        connect(made, &QToolButton::clicked, this, act);
        line->addWidget(made);
    };
    add(QStringLiteral("chevron-up"), tr("Older (Enter)"), [this] { search(TerminalView::Search::Older); });
    add(QStringLiteral("chevron-down"), tr("Newer (Shift+Enter)"), [this] { search(TerminalView::Search::Newer); });
    add(QStringLiteral("close"), tr("Close (Escape)"), [this] { leave(); });
    connect(m_words, &QLineEdit::textEdited, this, [this] { search(TerminalView::Search::Here); });
    hide();
}

void TerminalSearch::open()
{
    const QString selected = m_view->selectedText();
    if (!selected.isEmpty() && !selected.contains(QLatin1Char('\n')))
        m_words->setText(selected);
    m_result->hide();
    place();
    show();
    raise();
    m_words->setFocus(Qt::ShortcutFocusReason);
    m_words->selectAll();
}

void TerminalSearch::place()
{
    adjustSize();
    move(m_view->viewport()->geometry().right() - width() - 8, m_view->viewport()->y() + 8);
}

void TerminalSearch::search(TerminalView::Search direction)
{
    const bool found = m_words->text().isEmpty() || m_view->find(m_words->text(), direction);
    m_result->setText(found ? QString() : tr("not found"));
    m_result->setVisible(!found);
    m_words->setAccessibleDescription(m_result->text());
    place();
}

void TerminalSearch::leave()
{
    hide();
    m_view->setFocus(Qt::OtherFocusReason);
}

void TerminalSearch::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        leave();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        search(event->modifiers() & Qt::ShiftModifier ? TerminalView::Search::Newer : TerminalView::Search::Older);
    event->accept(); // nothing that is pressed here may reach the shell below
}

void TerminalView::openSearch()
{
    if (!d->search)
        d->search = new TerminalSearch(this);
    d->search->open();
}

bool TerminalView::find(const QString& words, Search direction)
{
    const qint64 first = d->firstLine;
    const qint64 count = d->screenTop() + d->rows - first;
    if (words.isEmpty() || count <= 0)
        return false;
    const bool newer = direction == Search::Newer;
    // From what is marked, or from the newest line; once around.
    const auto marked = d->selection();
    TermPosition from = marked ? marked->first : TermPosition{first + count - 1, d->columns};
    if (direction == Search::Here && marked)
        from.column = d->columns; // the same line again, for the words have grown
    for (qint64 step = 0; step <= count; ++step) {
        const qint64 line = first + (((from.line - first + (newer ? step : -step)) % count) + count) % count;
        const QString text = d->lineText(line);
        const int start = int(d->lineText(line, 0, from.column).size());
        qsizetype at = -1;
        if (newer)
            at = text.indexOf(words, step == 0 ? start + 1 : 0, Qt::CaseInsensitive);
        else if (step > 0)
            at = text.lastIndexOf(words, -1, Qt::CaseInsensitive);
        else if (start > 0)
            at = text.lastIndexOf(words, start - 1, Qt::CaseInsensitive);
        if (at < 0)
            continue;
        d->grain = Private::Grain::Character;
        d->anchor = TermPosition{line, d->columnOf(line, int(at))};
        d->head = TermPosition{line, d->columnOf(line, int(at + words.size()))};
        d->reveal(line);
        return true;
    }
    return false;
}

void TerminalView::Private::reveal(qint64 line)
{
    QScrollBar* bar = q->verticalScrollBar();
    if (line < topLine() || line >= topLine() + rows)
        bar->setValue(int(line - firstLine) - rows / 2);
    q->viewport()->update();
}

} // namespace diptych::widgets
