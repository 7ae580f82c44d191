#include "widgets/evidencetable.h"

#include "widgets/icons.h"
#include "widgets/wallglyph.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>

namespace diptych::widgets {
namespace {

constexpr int levelRole = Qt::UserRole;     ///< int, of a row's cell
constexpr int faintRole = Qt::UserRole + 1; ///< QString: how we know, in short
constexpr int copyRole = Qt::UserRole + 2;  ///< QString: what Ctrl+C takes
constexpr int resourceRole = Qt::UserRole + 3;
constexpr int padding = 8;
constexpr int chevron = 16;
constexpr int copySign = 20;

/// Sentence, then the evidence in faint monospace: behind it where both fit in a line, else in lines of its own.
class CellText
{
public:
    CellText(const QString& text, const QString& faint, double width)
    {
        const QFont plain = scaledFont(1);
        const QFont mono = Theme::instance().monospace();
        const QString gap(3, QChar::Nbsp);
        const bool fits =
            QFontMetricsF(plain).horizontalAdvance(text + gap) + QFontMetricsF(mono).horizontalAdvance(faint) < width;
        const QString between = fits ? gap : QString(QChar::LineSeparator);
        m_layout.setFont(plain);
        m_layout.setText(faint.isEmpty() ? text : text + between + faint);
        if (!faint.isEmpty()) {
            QTextLayout::FormatRange range;
            range.start = int(text.size() + between.size());
            range.length = int(faint.size());
            range.format.setFont(mono);
            range.format.setForeground(colors().faint);
            m_layout.setFormats({range});
        }
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        m_layout.setTextOption(option);
        m_layout.beginLayout();
        for (QTextLine line = m_layout.createLine(); line.isValid(); line = m_layout.createLine()) {
            line.setLineWidth(std::max(40.0, width));
            line.setPosition({0, m_height});
            m_height += line.height() + 1;
        }
        m_layout.endLayout();
    }
    [[nodiscard]] double height() const { return m_height; }
    [[nodiscard]] double firstLine() const { return m_layout.lineCount() ? m_layout.lineAt(0).height() : 0; }
    void draw(QPainter& painter, const QPointF& at) const { m_layout.draw(&painter, at); }

private:
    QTextLayout m_layout;
    double m_height = 0;
};

class CellDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->save();
        const bool selected = option.state & QStyle::State_Selected;
        painter->fillRect(option.rect, selected ? colors().selectionTint : colors().surface);
        painter->setPen(colors().line);
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
        const QRectF area = QRectF(option.rect).adjusted(padding, 5, -padding, -6);
        if (index.data(levelRole).isValid())
            paintCell(*painter, area, index);
        else
            paintPlain(*painter, area, index, option.state);
        if ((option.state & QStyle::State_HasFocus) && index.column() == 0) {
            painter->setPen(QPen(colors().selection, 2));
            painter->drawLine(option.rect.topLeft() + QPoint(1, 1), option.rect.bottomLeft() + QPoint(1, -1));
        }
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto* view = qobject_cast<const QTreeView*>(option.widget);
        double width = view ? view->columnWidth(index.column()) - 2 * padding : 200;
        if (index.data(levelRole).isValid())
            width -= glyphRoom(index);
        else if (index.column() == 0)
            width -= chevron;
        else
            width -= copySign; // room for the copy sign
        const double height = textOf(index, width).height();
        return {60, int(std::ceil(height)) + 12};
    }

    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override
    {
        const QRectF area = QRectF(option.rect).adjusted(padding, 5, -padding, -6);
        const bool released = event->type() == QEvent::MouseButtonRelease;
        if (released && index.parent().isValid() && index.column() > 0 &&
            copyRect(area).adjusted(-3, -3, 3, 3).contains(static_cast<QMouseEvent*>(event)->position())) {
            if (auto* table = qobject_cast<EvidenceTable*>(parent()))
                table->copyCurrent();
            return true;
        }
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    }

private:
    static int glyphRoom(const QModelIndex& index)
    {
        return index.data(levelRole).toInt() == client::plainLevel ? 0 : int(wallGlyphSize.width()) + 8;
    }
    static QRectF copyRect(const QRectF& area) { return {area.right() - 13, area.top() + 1, 14, 14}; }
    static CellText textOf(const QModelIndex& index, double width)
    {
        return {index.data(Qt::DisplayRole).toString(), index.data(faintRole).toString(), width};
    }
    static void paintCell(QPainter& painter, const QRectF& area, const QModelIndex& index)
    {
        const int room = glyphRoom(index);
        const CellText text = textOf(index, area.width() - room);
        const int level = index.data(levelRole).toInt();
        if (room > 0)
            paintWallGlyph(painter, area.topLeft() + QPointF(0, (text.firstLine() - wallGlyphSize.height()) / 2),
                           level);
        painter.setPen(level == 0 ? colors().muted : colors().text);
        text.draw(painter, area.topLeft() + QPointF(room, 0));
    }
    static void paintPlain(QPainter& painter, QRectF area, const QModelIndex& index, QStyle::State state)
    {
        const bool child = index.parent().isValid();
        if (index.column() == 0) {
            if (!child && index.model()->hasChildren(index))
                paintIcon(painter, QRectF(area.left() - 4, area.top() + 2, 14, 14),
                          state & QStyle::State_Open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"),
                          colors().muted);
            area.setLeft(area.left() + chevron);
        } else {
            if (!index.data(copyRole).toString().isEmpty())
                paintIcon(painter, copyRect(area), QStringLiteral("copy"),
                          state & QStyle::State_MouseOver ? colors().selection : colors().faint);
            area.setRight(area.right() - copySign);
        }
        painter.setPen(child ? colors().muted : colors().text);
        if (!child) {
            painter.setFont(scaledFont(1, QFont::Weight(560)));
            painter.drawText(area.adjusted(0, 1, 0, 0), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                             index.data().toString());
            return;
        }
        textOf(index, area.width()).draw(painter, area.topLeft());
    }
};

constexpr qsizetype bareValue = 6; ///< "4" or "eth0" says nothing alone

} // namespace

EvidenceTable::EvidenceTable(QWidget* parent) : QTreeWidget(parent)
{
    setItemDelegate(new CellDelegate(this));
    setRootIsDecorated(false); // the delegate draws them, at the height of the first line
    setIndentation(0);
    setMouseTracking(true);
    setUniformRowHeights(false);
    setWordWrap(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setExpandsOnDoubleClick(false);
    setAnimated(false);
    header()->setSectionsMovable(false);
    header()->setStretchLastSection(true);
    setAccessibleName(tr("What is isolated, and how we know"));
    connect(this, &QTreeWidget::itemClicked, this, [](QTreeWidgetItem* item) {
        if (!item->parent())
            item->setExpanded(!item->isExpanded());
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        for (int i = 0; i < m_columns.size() && i + 1 < columnCount(); ++i)
            headerItem()->setForeground(i + 1, toneColor(m_columns[i].second));
    });
}

void EvidenceTable::setHead(const QString& text)
{
    m_head = text;
    rebuild();
}

void EvidenceTable::setColumns(const QList<std::pair<QString, Tone>>& columns)
{
    m_columns = columns;
    rebuild();
}

void EvidenceTable::setReports(const QList<client::IsolationReport>& reports)
{
    m_reports = reports;
    rebuild();
}

void EvidenceTable::setResourceText(std::function<QString(const QString&)> text)
{
    m_resourceText = std::move(text);
    rebuild();
}

void EvidenceTable::setSentence(std::function<QString(const client::IsolationRow&)> sentence)
{
    m_sentence = std::move(sentence);
    rebuild();
}

void EvidenceTable::setClaimText(std::function<QString(const QString&)> text)
{
    m_claimText = std::move(text);
    rebuild();
}

void EvidenceTable::rebuild()
{
    QSet<QString> open;
    const QString current = currentItem() ? currentItem()->data(0, resourceRole).toString() : QString();
    for (int i = 0; i < topLevelItemCount(); ++i)
        if (topLevelItem(i)->isExpanded())
            open.insert(topLevelItem(i)->data(0, resourceRole).toString());
    const QSignalBlocker quiet(this);
    clear();
    setColumnCount(1 + int(m_columns.size()));
    headerItem()->setText(0, m_head.isEmpty() ? tr("Resource") : m_head);
    for (int i = 0; i < m_columns.size(); ++i) {
        headerItem()->setText(i + 1, m_columns[i].first);
        headerItem()->setForeground(i + 1, toneColor(m_columns[i].second));
    }
    QStringList resources;
    for (const client::IsolationReport& report : std::as_const(m_reports))
        for (const client::IsolationRow& row : report.rows)
            if (!resources.contains(row.resource))
                resources.append(row.resource);
    for (const QString& resource : std::as_const(resources)) {
        auto* item = new QTreeWidgetItem(this);
        item->setText(0, m_resourceText ? m_resourceText(resource) : resource);
        item->setData(0, resourceRole, resource);
        QList<const client::IsolationRow*> rows;
        for (int i = 0; i < m_columns.size(); ++i) {
            const client::IsolationRow* found = nullptr;
            if (i < m_reports.size())
                for (const client::IsolationRow& row : m_reports[i].rows)
                    found = row.resource == resource ? &row : found;
            rows.append(found);
            fillRow(item, i + 1, found);
        }
        const bool plain = std::any_of(rows.cbegin(), rows.cend(),
                                       [](const auto* row) { return row && row->level == client::plainLevel; });
        for (int i = 0; plain && i < m_columns.size(); ++i)
            if (!rows[i]) { // a figure that only the other one has
                item->setText(i + 1, QStringLiteral("–"));
                item->setData(i + 1, levelRole, client::plainLevel);
            }
        fillEvidence(item, rows);
        item->setExpanded(open.contains(resource));
        if (resource == current)
            setCurrentItem(item);
    }
    updateGeometry();
}

void EvidenceTable::fillRow(QTreeWidgetItem* item, int column, const client::IsolationRow* row)
{
    item->setData(column, levelRole, row ? row->level : 0);
    if (!row) {
        item->setText(column, tr("not measured"));
        return;
    }
    const bool plain = row->level == client::plainLevel;
    const QString sentence = m_sentence ? m_sentence(*row) : row->text;
    item->setText(column, sentence);
    if (!row->evidence.isEmpty()) {
        const client::Evidence& first = row->evidence.front();
        const bool bare = first.value.size() <= bareValue;
        const QString claim = m_claimText ? m_claimText(first.claim) : first.claim;
        item->setData(column, faintRole, bare ? QStringLiteral("%1: %2").arg(claim, first.value) : first.value);
    }
    if (!plain) {
        item->setToolTip(column, wallText(row->level));
        item->setData(column, Qt::AccessibleDescriptionRole, wallText(row->level));
    }
    item->setData(column, copyRole, sentence);
}

void EvidenceTable::fillEvidence(QTreeWidgetItem* item, const QList<const client::IsolationRow*>& rows)
{
    qsizetype lines = 0;
    for (const client::IsolationRow* row : rows)
        lines = row ? std::max(lines, row->evidence.size()) : lines;
    for (qsizetype line = 0; line < lines; ++line) {
        auto* child = new QTreeWidgetItem(item);
        child->setText(0, line == 0 ? tr("how we know") : QString());
        for (int i = 0; i < rows.size(); ++i) {
            if (!rows[i] || line >= rows[i]->evidence.size())
                continue;
            const client::Evidence& evidence = rows[i]->evidence[line];
            const QString claim = m_claimText ? m_claimText(evidence.claim) : evidence.claim;
            child->setText(i + 1, QStringLiteral("%1: %2").arg(claim, evidence.value));
            child->setData(i + 1, faintRole, evidence.command.isEmpty() ? evidence.source : evidence.command);
            child->setData(i + 1, copyRole, evidence.command.isEmpty() ? evidence.value : evidence.command);
            child->setToolTip(
                i + 1,
                tr("Source: %1").arg(evidence.source) +
                    (evidence.command.isEmpty() ? QString() : QLatin1Char('\n') + tr("Ctrl+C copies the command")));
        }
    }
}

static QString cellWords(const QTreeWidgetItem& item, int column)
{
    const int level = item.data(column, levelRole).toInt();
    return level == client::plainLevel ? u'\t' + item.text(column)
                                       : QStringLiteral("\t%1 (%2)").arg(item.text(column), wallText(level));
}

QString EvidenceTable::tableText() const
{
    QString text = headerItem()->text(0);
    for (const auto& column : m_columns)
        text += QLatin1Char('\t') + column.first;
    text += QLatin1Char('\n');
    for (int i = 0; i < topLevelItemCount(); ++i) {
        text += topLevelItem(i)->text(0);
        for (int column = 1; column <= m_columns.size(); ++column)
            text += cellWords(*topLevelItem(i), column);
        text += QLatin1Char('\n');
    }
    return text;
}

void EvidenceTable::copyCurrent()
{
    if (!currentItem())
        return;
    QString text = currentItem()->data(currentColumn(), copyRole).toString();
    for (int column = 1; text.isEmpty() && column < columnCount(); ++column)
        text = currentItem()->data(column, copyRole).toString();
    if (text.isEmpty())
        return;
    QApplication::clipboard()->setText(text);
    emit copied(text);
}

int EvidenceTable::wholeHeight() const
{
    QTreeWidgetItem* last = topLevelItem(topLevelItemCount() - 1);
    while (last && last->isExpanded() && last->childCount() > 0)
        last = last->child(last->childCount() - 1);
    const int rows = last ? visualItemRect(last).bottom() + 2 : fontMetrics().height() * 4;
    return header()->height() + rows;
}

QSize EvidenceTable::sizeHint() const
{
    return {640, 420};
}

void EvidenceTable::contextMenuEvent(QContextMenuEvent* event)
{
    if (QTreeWidgetItem* item = itemAt(event->pos()); item && event->reason() == QContextMenuEvent::Mouse)
        setCurrentItem(item, columnAt(event->x()));
    QMenu menu(this);
    const bool command = currentItem() && currentItem()->parent();
    menu.addAction(icon(QStringLiteral("copy")), command ? tr("Copy the command") : tr("Copy the sentence"), this,
                   &EvidenceTable::copyCurrent);
    menu.addAction(tr("Copy the table"), this, [this] { QApplication::clipboard()->setText(tableText()); });
    menu.addSeparator();
    menu.addAction(tr("Show all evidence"), this, &QTreeView::expandAll);
    menu.addAction(tr("Hide all evidence"), this, &QTreeView::collapseAll);
    menu.exec(event->globalPos());
}

void EvidenceTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyCurrent();
        return;
    }
    const bool toggles =
        event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (toggles && currentItem()) {
        QTreeWidgetItem* row = currentItem()->parent() ? currentItem()->parent() : currentItem();
        row->setExpanded(!row->isExpanded());
        return;
    }
    QTreeWidget::keyPressEvent(event);
}

void EvidenceTable::resizeEvent(QResizeEvent* event)
{
    QTreeWidget::resizeEvent(event);
    if (m_columns.isEmpty())
        return;
    const int first = std::clamp(viewport()->width() / 6, 110, 170);
    header()->resizeSection(0, first);
    for (int i = 1; i <= m_columns.size(); ++i)
        header()->resizeSection(i, (viewport()->width() - first) / int(m_columns.size()));
    scheduleDelayedItemsLayout();
}

} // namespace diptych::widgets
