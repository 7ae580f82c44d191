#include "models/formatting.h"
#include "models/statements.h"
#include "pages/detail_tabs.h"
#include "pages/parts.h"
#include "pages/traffic_card.h"
#include "widgets/banner.h"
#include "widgets/evidencetable.h"

#include <QHBoxLayout>

namespace diptych::pages {

IsolationTab::IsolationTab(const Context& context, QWidget* parent)
    : DetailTab(context, parent),
      m_table(new widgets::EvidenceTable(this)),
      m_banner(new widgets::Banner(this)),
      m_when(new ToneLabel({}, widgets::Tone::Muted, this)),
      m_traffic(new TrafficCard(context, this))
{
    m_table->setAccessibleName(tr("What is isolated, and how we know"));
    m_table->setResourceText(&models::resourceName);
    m_table->setSentence(&models::statement);
    m_table->setClaimText(&models::claimName);
    QPushButton* again = button(tr("Gather again"), this, tr("Ask inside and outside again (F5)"));
    connect(again, &QPushButton::clicked, this, [this] { activate(); });
    auto* line = new QHBoxLayout;
    line->addWidget(m_when, 1);
    line->addWidget(again);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 12, 0, 12);
    layout->addLayout(line);
    layout->addWidget(m_banner);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_traffic);
    setFocusProxy(m_table);
}

void IsolationTab::reset()
{
    m_banner->dismiss();
    m_when->clear();
    m_table->setReports({});
    m_traffic->setIds(id().isEmpty() ? QStringList() : QStringList{id()});
    if (const client::Instance* i = instance())
        m_table->setColumns({{i->context.name, widgets::toneOf(i->context.kind)}});
}

void IsolationTab::activate()
{
    if (id().isEmpty())
        return;
    m_when->setText(tr("Gathering …"));
    const QString asked = id();
    client().evidence(asked, this, [this, asked](const client::Answer<client::IsolationReport>& answer) {
        if (asked != id())
            return;
        m_banner->dismiss();
        if (!answer) {
            m_when->clear();
            m_banner->showMessage(widgets::Banner::Level::Error, tr("Evidence could not be gathered"),
                                  models::errorText(answer.error()));
            return;
        }
        const client::IsolationReport& report = answer.value();
        m_table->setReports({report});
        m_when->setText(tr("Measured %1. Enter opens how a row is known.").arg(models::timeOfDay(report.measuredAt)));
        if (!report.probeProblem.isEmpty())
            m_banner->showMessage(widgets::Banner::Level::Warning, tr("The inside could not be asked"),
                                  report.probeProblem);
    });
}

} // namespace diptych::pages
