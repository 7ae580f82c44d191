#include "pages/evidence_card.h"

#include "models/formatting.h"
#include "models/statements.h"
#include "pages/parts.h"
#include "widgets/evidencetable.h"

#include <QResizeEvent>
#include <QTimer>
#include <QVBoxLayout>

namespace diptych::pages {

EvidenceCard::EvidenceCard(QWidget* parent) : EvidenceCard(tr("What is isolated"), tr("Resource"), parent)
{
    m_table->setAccessibleName(widgets::EvidenceTable::tr("What is isolated, and how we know"));
}

EvidenceCard::EvidenceCard(const QString& title, const QString& head, QWidget* parent)
    : Card(title, parent),
      m_table(new widgets::EvidenceTable(this)),
      m_measured(new ToneLabel({}, widgets::Tone::Muted, this))
{
    m_measured->setFont(widgets::Theme::instance().small());
    addHeaderWidget(m_measured);
    m_table->setAccessibleName(title);
    m_table->setHead(head);
    m_table->setResourceText(&models::resourceName);
    m_table->setSentence(&models::statement);
    m_table->setClaimText(&models::claimName);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->installEventFilter(this);
    for (auto signal : {&QTreeWidget::itemExpanded, &QTreeWidget::itemCollapsed})
        connect(m_table, signal, this, &EvidenceCard::fit);
    body()->addWidget(m_table);
}

void EvidenceCard::setResourceText(std::function<QString(const QString&)> text)
{
    m_table->setResourceText(std::move(text));
}

void EvidenceCard::setColumns(const QList<std::pair<QString, widgets::Tone>>& columns)
{
    m_table->setColumns(columns);
}

void EvidenceCard::setReports(const QList<client::IsolationReport>& reports)
{
    m_table->setReports(reports);
    fit();
    qint64 measured = 0;
    for (const client::IsolationReport& report : reports)
        measured = std::max(measured, report.measuredAt);
    m_measured->setText(
        measured > 0 ? tr("measured %1 · Enter opens how a row is known").arg(models::timeOfDay(measured)) : QString());
}

void EvidenceCard::fit()
{
    // Its rows are laid out first.
    QTimer::singleShot(0, m_table, [this] { m_table->setFixedHeight(m_table->wholeHeight()); });
}

bool EvidenceCard::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::Resize) {
        const auto* resize = static_cast<QResizeEvent*>(event);
        if (resize->size().width() != resize->oldSize().width())
            fit();
    }
    return Card::eventFilter(watched, event);
}

} // namespace diptych::pages
