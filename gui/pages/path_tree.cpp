#include "pages/path_tree.h"

#include "models/formatting.h"
#include "pages/parts.h"
#include "widgets/emptystate.h"
#include "widgets/searchfield.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTreeView>

namespace diptych::pages {

using client::PathEntry;
using models::PathTreeModel;
using widgets::Tone;

namespace {

constexpr int expandAtMost = 400;
constexpr int nameWidth = 420;

/// Colour and a sign before the name: + added, ~ changed, − deleted; a deleted one is struck through.
class PathDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto mark = static_cast<PathEntry::Mark>(index.data(PathTreeModel::MarkRole).toInt());
        const auto kind = static_cast<PathEntry::Kind>(index.data(PathTreeModel::KindRole).toInt());
        const bool name = index.column() == PathTreeModel::NameColumn;
        if (name && kind == PathEntry::Kind::Directory)
            option->text += QLatin1Char('/');
        if (index.column() == PathTreeModel::ModeColumn)
            option->font = widgets::Theme::instance().monospace();
        Tone tone = name ? Tone::Text : Tone::Muted;
        if (mark == PathEntry::Mark::Added)
            tone = Tone::Good;
        else if (mark == PathEntry::Mark::Changed)
            tone = Tone::Warn;
        else if (mark == PathEntry::Mark::Deleted)
            tone = Tone::Bad;
        if (name && mark != PathEntry::Mark::None)
            option->text.prepend(sign(mark));
        if (name && mark == PathEntry::Mark::Deleted)
            option->font.setStrikeOut(true);
        option->palette.setColor(QPalette::Text, widgets::toneColor(tone));
        option->palette.setColor(QPalette::HighlightedText, widgets::toneColor(tone));
    }

private:
    static QString sign(PathEntry::Mark mark)
    {
        return mark == PathEntry::Mark::Added     ? QStringLiteral("+ ")
               : mark == PathEntry::Mark::Changed ? QStringLiteral("~ ")
                                                  : QStringLiteral("− ");
    }
};

} // namespace

PathTree::PathTree(Of of, QWidget* parent)
    : QWidget(parent),
      m_of(of),
      m_line(new QHBoxLayout),
      m_note(new ToneLabel({}, Tone::Muted, this)),
      m_search(new widgets::SearchField(tr("Find a path"), this)),
      m_stack(new QStackedWidget(this)),
      m_view(new QTreeView(this)),
      m_empty(new widgets::EmptyState(this))
{
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new PathDelegate(m_view));
    m_view->setUniformRowHeights(true);
    m_view->setAccessibleName(of == Of::Layer ? tr("Files of the layer") : tr("Changes"));
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->header()->setStretchLastSection(true);
    m_view->header()->resizeSection(PathTreeModel::NameColumn, nameWidth);
    m_view->header()->resizeSection(PathTreeModel::WhatColumn, nameWidth / 2);
    if (of == Of::Changes) {
        m_view->hideColumn(PathTreeModel::ModeColumn);
        m_view->header()->setStretchLastSection(false);
    }
    m_search->setMaximumWidth(260);
    m_note->setTextFormat(Qt::PlainText);
    m_line->addWidget(m_note, 1);
    m_line->addWidget(m_search);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 12, 0, 12);
    layout->addLayout(m_line);
    layout->addWidget(m_stack, 1);
    setFocusProxy(m_view);
    connect(m_search, &widgets::SearchField::textSettled, this, &PathTree::filter);
}

void PathTree::showLoading(const QString& text)
{
    m_note->clear();
    m_empty->setContent(widgets::EmptyState::Look::Loading, text);
    m_stack->setCurrentWidget(m_empty);
}

void PathTree::showProblem(const QString& title, const QString& text)
{
    m_note->clear();
    m_empty->setContent(widgets::EmptyState::Look::Error, title, text);
    m_stack->setCurrentWidget(m_empty);
}

void PathTree::showNothing(const QString& title, const QString& text)
{
    m_note->clear();
    m_empty->setContent(widgets::EmptyState::Look::Empty, title, text);
    m_stack->setCurrentWidget(m_empty);
}

void PathTree::take(const client::PathPage& page, bool first)
{
    if (first)
        m_model.clear();
    m_more = page.more;
    m_model.append(page.entries);
    m_stack->setCurrentWidget(m_view);
    // Few paths are seen at one look; many begin with what is at the top.
    if (!page.more && m_model.counts().paths <= expandAtMost)
        m_view->expandAll();
    showCounts();
}

void PathTree::filter(const QString& text)
{
    m_model.setFilter(text);
    if (m_model.matching() <= expandAtMost)
        m_view->expandAll();
    showCounts();
}

void PathTree::showCounts()
{
    const PathTreeModel::Counts& counts = m_model.counts();
    QStringList words;
    if (m_of == Of::Changes) {
        words = {tr("%n added", nullptr, counts.added), tr("%n changed", nullptr, counts.changed),
                 tr("%n deleted", nullptr, counts.deleted)};
    } else {
        words = {tr("%n path(s)", nullptr, counts.paths)};
        if (counts.deleted > 0)
            words.append(tr("%n deleted", nullptr, counts.deleted));
    }
    words.append(models::bytes(counts.bytes));
    if (!m_search->text().isEmpty())
        words.append(tr("%n found", nullptr, m_model.matching()));
    if (m_more)
        words.append(m_of == Of::Layer ? tr("more are coming …") : tr("and more"));
    m_note->setText(words.join(QStringLiteral(" · ")));
}

} // namespace diptych::pages
