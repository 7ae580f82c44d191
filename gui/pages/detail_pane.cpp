#include "pages/detail_pane.h"

#include "pages/parts.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>

namespace diptych::pages {

DetailPane::DetailPane(const Context& context, const QString& about, const QStringList& tabs, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_name(new QLabel(this)),
      m_text(new ToneLabel({}, widgets::Tone::Muted, this)),
      m_head(new QHBoxLayout),
      m_tabs(new QTabBar(this)),
      m_stack(new QStackedWidget(this))
{
    m_name->setFont(widgets::scaledFont(15.0 / 13, QFont::DemiBold));
    for (QLabel* label : {m_name, m_text})
        label->setTextFormat(Qt::PlainText);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_head->setSpacing(10);
    m_head->addWidget(m_name);
    m_head->addWidget(m_text, 1);
    for (const QString& text : tabs)
        m_tabs->addTab(text);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(about);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(22, 10, 22, 0);
    layout->setSpacing(6);
    layout->addLayout(m_head);
    layout->addWidget(m_tabs);
    layout->addWidget(m_stack, 1);
}

QToolButton* DetailPane::addVerb(QAction* action)
{
    QToolButton* made = actionButton(action, this);
    made->setFocusPolicy(Qt::TabFocus);
    m_head->addWidget(made);
    return made;
}

} // namespace diptych::pages
