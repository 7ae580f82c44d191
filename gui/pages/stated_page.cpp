#include "pages/stated_page.h"

#include "pages/parts.h"
#include "widgets/emptystate.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace diptych::pages {

using widgets::EmptyState;

StatedPage::StatedPage(const Context& context, const QString& title, Words words, QWidget* parent)
    : Page(context, parent),
      m_name(title),
      m_words(std::move(words)),
      m_header(new Header(title, this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(this))
{
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_stack, 1);
    connect(m_empty, &EmptyState::triggered, this, [this] { emit navigator().newInstance(); });
}

void StatedPage::setContent(QWidget* content)
{
    content->setAccessibleName(m_name);
    m_stack->addWidget(scrolling(content, this));
}

bool StatedPage::showState()
{
    const bool empty = store().size() == 0;
    m_stack->setCurrentIndex(empty ? 0 : 1);
    if (!empty)
        return true;
    if (!store().isLive())
        m_empty->setContent(EmptyState::Look::Disconnected, tr("Not connected"), client().problem());
    else if (!store().isLoaded())
        m_empty->setContent(EmptyState::Look::Loading, m_words.loading);
    else
        m_empty->setContent(EmptyState::Look::Empty, m_words.empty, m_words.emptyText, tr("New instance"),
                            QStringLiteral("twins"));
    return false;
}

} // namespace diptych::pages
