#include "pages/charts_panel.h"
#include "pages/detail_tabs.h"
#include "pages/limits_panel.h"
#include "pages/parts.h"
#include "widgets/card.h"
#include "widgets/limitslider.h"

#include <QHBoxLayout>

namespace diptych::pages {

PerformanceTab::PerformanceTab(const Context& context, QWidget* parent)
    : DetailTab(context, parent),
      m_charts(new ChartsPanel(context, 2, this)),
      m_limits(new LimitsPanel(*context.client, *context.store, this))
{
    auto* card = new widgets::Card(tr("Live limits"), this);
    card->setTitle(tr("Live limits"), tr("take effect at once"));
    card->body()->addWidget(m_limits);
    card->body()->addStretch(1);
    auto* content = new QWidget(this);
    auto* line = new QHBoxLayout(content);
    line->setContentsMargins(0, 12, 0, 12);
    line->setSpacing(14);
    line->addWidget(m_charts, 5);
    line->addWidget(card, 3);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    content->setAccessibleName(tr("Performance"));
    layout->addWidget(scrolling(content, this));
}

void PerformanceTab::reset()
{
    const QStringList ids = id().isEmpty() ? QStringList{} : QStringList{id()};
    m_charts->setIds(ids);
    m_limits->setIds(ids);
}

void PerformanceTab::activate()
{
    if (!id().isEmpty())
        store().fillHistory(id());
}

LimitsTab::LimitsTab(const Context& context, QWidget* parent)
    : DetailTab(context, parent),
      m_limits(new LimitsPanel(*context.client, *context.store, this)),
      m_where(monospaceLabel({}, this))
{
    auto* card = new widgets::Card(tr("Limits"), this);
    card->setTitle(tr("Limits"), tr("at once when it runs, and for every next start"));
    card->body()->addWidget(m_limits);
    card->body()->addWidget(m_where);
    card->setMaximumWidth(820);
    auto* content = new QWidget(this);
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 12, 0, 12);
    inner->addWidget(card);
    inner->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    content->setAccessibleName(tr("Limits"));
    layout->addWidget(scrolling(content, this));
    setFocusProxy(m_limits->cpu());
}

void LimitsTab::reset()
{
    m_limits->setIds(id().isEmpty() ? QStringList{} : QStringList{id()});
    const client::Instance* i = instance();
    m_where->setText(i ? i->runtime.cgroup : QString());
    m_where->setVisible(!m_where->text().isEmpty());
}

} // namespace diptych::pages
