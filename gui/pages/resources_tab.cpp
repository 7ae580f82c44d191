#include "client/wall_calls.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "pages/detail_tabs.h"
#include "pages/parts.h"
#include "pages/resources_panel.h"
#include "widgets/banner.h"

#include <QVBoxLayout>

namespace diptych::pages {

namespace {
constexpr int resourcesInterval = 5000;
}

ResourcesTab::ResourcesTab(const Context& context, QWidget* parent)
    : DetailTab(context, parent), m_banner(new widgets::Banner(this)), m_panel(new ResourcesPanel(this))
{
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 12, 0, 12);
    column->addWidget(m_banner);
    column->addWidget(m_panel);
    column->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scrolling(content, this));
    m_timer.setInterval(resourcesInterval);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible())
            activate();
    });
    m_timer.start();
}

void ResourcesTab::reset()
{
    m_asking = false;
    m_banner->dismiss();
    m_panel->setReports({});
    if (const client::Instance* i = instance())
        m_panel->setColumns({{i->context.name, widgets::toneOf(i->context.kind)}});
}

void ResourcesTab::activate()
{
    const client::Instance* i = instance();
    if (!i || m_asking)
        return;
    m_asking = true;
    client().wallCalls().resources(
        id(), this, [this, asked = id()](const client::Answer<client::ResourceReport>& answer) {
            if (asked != id())
                return;
            m_asking = false;
            m_panel->setVisible(bool(answer));
            if (answer) {
                m_panel->setReports({answer.value()});
                if (answer.value().probeProblem.isEmpty())
                    m_banner->dismiss();
                else
                    m_banner->showMessage(widgets::Banner::Level::Info, tr("The inside could not be asked"),
                                          answer.value().probeProblem);
            } else {
                m_banner->showMessage(widgets::Banner::Level::Info, tr("There is nothing to measure"),
                                      models::errorText(answer.error()));
            }
        });
}

} // namespace diptych::pages
