#include "pages/parts.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QTableView>

#include <algorithm>

namespace diptych::pages {

using widgets::Theme;
using widgets::Tone;

namespace {

/// Gives way before anything beside it is squeezed, and says so with an ellipsis.
class ElidingLabel final : public ToneLabel
{
public:
    using ToneLabel::ToneLabel;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, ToneLabel::minimumSizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(text(), Qt::ElideRight, width()));
    }
};

} // namespace

Header::Header(const QString& title, QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(title, this)),
      m_subtitle(new ElidingLabel({}, Tone::Muted, this)),
      m_layout(new QHBoxLayout(this))
{
    m_title->setProperty("role", QStringLiteral("page"));
    m_title->setTextFormat(Qt::PlainText);
    m_layout->setContentsMargins(22, 10, 22, 10);
    m_layout->setSpacing(10);
    m_layout->addWidget(m_title);
    m_layout->addWidget(m_subtitle);
    m_subtitle->hide();
    m_subtitle->setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMinimumHeight(56);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Header::setTitle(const QString& title)
{
    m_title->setText(title);
}

void Header::setSubtitle(const QString& text)
{
    m_subtitle->setText(text);
    m_subtitle->setVisible(!text.isEmpty());
}

void Header::add(QWidget* widget)
{
    m_layout->addWidget(widget, 0, Qt::AlignVCenter);
}

void Header::addStretch()
{
    m_layout->addStretch(1);
}

void Header::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), widgets::colors().surface);
    painter.fillRect(QRectF(0, height() - 1, width(), 1), widgets::colors().line);
}

ToneLabel::ToneLabel(const QString& text, Tone tone, QWidget* parent) : QLabel(text, parent), m_tone(tone)
{
    recolor();
    connect(&Theme::instance(), &Theme::changed, this, &ToneLabel::recolor);
}

void ToneLabel::setTone(Tone tone)
{
    m_tone = tone;
    recolor();
}

void ToneLabel::recolor()
{
    QPalette own = palette();
    own.setColor(QPalette::WindowText, widgets::toneColor(m_tone));
    own.setColor(QPalette::Link, widgets::toneColor(Tone::Selection));
    setPalette(own);
}

QPushButton* button(const QString& text, QWidget* parent, const QString& toolTip)
{
    auto* made = new QPushButton(text, parent);
    made->setToolTip(toolTip);
    made->setAutoDefault(false);
    return made;
}

QPushButton* primaryButton(const QString& text, QWidget* parent, const QString& toolTip)
{
    QPushButton* made = button(text, parent, toolTip);
    made->setProperty("primary", true);
    return made;
}

QPushButton* linkButton(const QString& text, QWidget* parent, const QString& toolTip)
{
    QPushButton* made = button(text, parent, toolTip);
    made->setProperty("link", true);
    made->setCursor(Qt::PointingHandCursor);
    return made;
}

QToolButton* actionButton(QAction* action, QWidget* parent)
{
    auto* made = new QToolButton(parent);
    made->setDefaultAction(action);
    made->setToolButtonStyle(Qt::ToolButtonTextOnly);
    made->setProperty("button", true);
    made->setFocusPolicy(Qt::StrongFocus);
    const auto describe = [made, action] {
        made->setAccessibleName(action->text());
        made->setAccessibleDescription(action->toolTip());
    };
    describe();
    QObject::connect(action, &QAction::changed, made, describe);
    return made;
}

QPushButton* menuButton(const QString& text, QMenu* menu, QWidget* parent, const QString& toolTip)
{
    QPushButton* made = button(text, parent, toolTip);
    made->setProperty("menu", true);
    made->setMenu(menu);
    return made;
}

void greyWithItsMenu(QPushButton* button)
{
    const auto follow = [button, toolTip = button->toolTip()] {
        const QList<QAction*> all = button->menu()->actions();
        button->setEnabled(std::any_of(all.cbegin(), all.cend(), [](QAction* one) { return one->isEnabled(); }));
        button->setToolTip(button->isEnabled() ? toolTip : all.first()->toolTip());
    };
    for (QAction* action : button->menu()->actions())
        QObject::connect(action, &QAction::changed, button, follow);
    follow();
}

QLabel* heading(const QString& text, QWidget* parent)
{
    auto* made = new QLabel(text, parent);
    made->setProperty("role", QStringLiteral("title"));
    made->setTextFormat(Qt::PlainText);
    return made;
}

QLabel* monospaceLabel(const QString& text, QWidget* parent)
{
    auto* made = new ToneLabel(text, Tone::Muted, parent);
    made->setFont(Theme::instance().monospace());
    made->setTextFormat(Qt::PlainText);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    made->setWordWrap(true);
    return made;
}

QScrollArea* scrolling(QWidget* content, QWidget* parent)
{
    auto* area = new QScrollArea(parent);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    area->setWidget(content);
    area->setAccessibleName(content->accessibleName()); // it is focused to be scrolled by keys
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    return area;
}

void dressTable(QTableView* table)
{
    table->setShowGrid(false);
    table->setAlternatingRowColors(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setFrameShape(QFrame::NoFrame);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setSectionsMovable(true);
}

QMenu* columnsMenu(QTableView* table, QWidget* parent)
{
    constexpr int staying = 2;
    auto* menu = new QMenu(QCoreApplication::translate("Columns", "Columns"), parent);
    QObject::connect(menu, &QMenu::aboutToShow, menu, [menu, table] {
        menu->clear();
        for (int column = staying; column < table->model()->columnCount(); ++column) {
            QAction* action = menu->addAction(table->model()->headerData(column, Qt::Horizontal).toString());
            action->setCheckable(true);
            action->setChecked(!table->isColumnHidden(column));
            QObject::connect(action, &QAction::toggled, table,
                             [table, column](bool on) { table->setColumnHidden(column, !on); });
        }
    });
    QHeaderView* header = table->horizontalHeader();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(header, &QHeaderView::customContextMenuRequested, menu,
                     [menu, header](const QPoint& at) { menu->popup(header->mapToGlobal(at)); });
    return menu;
}

int rowHeight(const QWidget* widget, double lines)
{
    return qRound(widget->fontMetrics().height() * lines);
}

void clearLayout(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        } else if (QLayout* inner = item->layout()) {
            clearLayout(inner);
        }
        delete item;
    }
}

int nextLook(const QElapsedTimer& asked, int usual)
{
    return int(std::clamp<qint64>(10 * asked.elapsed(), usual, 60000));
}

} // namespace diptych::pages
