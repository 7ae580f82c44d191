#include "pages/folding_columns.h"

#include <QBoxLayout>
#include <QEvent>

namespace diptych::pages {

namespace {
constexpr int leastLeft = 560;
constexpr int normalFont = 16; ///< line height
} // namespace

FoldingColumns::FoldingColumns(QWidget* left, QWidget* right, int rightWidth, QWidget* page)
    : QWidget(page),
      m_page(page),
      m_right(right),
      m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this)),
      m_rightWidth(rightWidth * fontMetrics().height() / normalFont)
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(14);
    m_layout->addWidget(left, 1);
    m_layout->addWidget(right);
    right->setFixedWidth(m_rightWidth);
    page->installEventFilter(this);
}

bool FoldingColumns::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_page && event->type() == QEvent::Resize)
        fold(m_page->width() < m_rightWidth + leastLeft * fontMetrics().height() / normalFont);
    return QWidget::eventFilter(watched, event);
}

void FoldingColumns::fold(bool narrow)
{
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    m_layout->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_layout->setStretch(0, narrow ? 0 : 1);
    m_right->setMinimumWidth(narrow ? 0 : m_rightWidth);
    m_right->setMaximumWidth(narrow ? QWIDGETSIZE_MAX : m_rightWidth);
    emit folded(narrow);
}

} // namespace diptych::pages
