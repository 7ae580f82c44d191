#include "pages/findings_card.h"

#include "models/statements.h"
#include "pages/parts.h"
#include "widgets/kind.h"

#include <QApplication>
#include <QGridLayout>

namespace diptych::pages {

using widgets::Tone;

namespace {
constexpr int shownFindings = 8;
constexpr qsizetype lastMinute = 60;
} // namespace

FindingsCard::FindingsCard(const Context& context, QWidget* parent)
    : Card(tr("Needs a look"), parent), m_context(context), m_grid(new QGridLayout)
{
    m_grid->setColumnStretch(1, 1);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(9);
    body()->addLayout(m_grid);
    body()->addStretch(1);
}

QHash<QString, double> FindingsCard::throttled() const
{
    QHash<QString, double> shares;
    for (const QString& id : m_context.store->ids()) {
        const QList<double> values = m_context.store->history(id).series(&client::Point::throttled, lastMinute);
        double sum = 0;
        for (double value : values)
            sum += value;
        // A few seconds say nothing about a minute.
        if (values.size() >= 5)
            shares[id] = sum / double(values.size());
    }
    return shares;
}

void FindingsCard::look()
{
    QList<client::Instance> instances;
    QHash<QString, client::Point> latest;
    for (const QString& id : m_context.store->ids()) {
        instances.append(*m_context.store->find(id));
        if (const client::Point* point = m_context.store->point(id))
            latest[id] = *point;
    }
    QList<Finding> found = Attention::find(instances, latest, throttled(), m_context.store->host());
    const auto more = int(found.size()) - shownFindings;
    found = found.mid(0, shownFindings);
    setTitle(tr("Needs a look"), more > 0 ? tr("and %n more", nullptr, more) : QString());
    if (found == m_findings && m_grid->count() > 0)
        return;
    // A button under the keyboard must not vanish because a percentage changed.
    if (isAncestorOf(QApplication::focusWidget()) && found.size() == m_findings.size())
        return;
    m_findings = found;
    clearLayout(m_grid);
    for (int row = 0; row < found.size(); ++row)
        add(found.at(row), row);
    if (found.isEmpty())
        m_grid->addWidget(new ToneLabel(tr("Nothing. All runs within its limits."), Tone::Muted, this), 0, 0);
}

void FindingsCard::add(const Finding& finding, int row)
{
    const Tone tone = finding.instance.isEmpty() ? Tone::Host : widgets::toneOf(finding.kind);
    const Qt::Alignment side = finding.mend == Mend::None ? Qt::AlignTop : Qt::AlignVCenter;
    m_grid->addWidget(new widgets::Pill(finding.name, tone, this), row, 0, Qt::AlignLeft | side);
    auto* text = new QLabel(finding.text, this);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setToolTip(finding.detail);
    if (finding.mend == Mend::None) {
        addAdvice(finding, text, row);
        return;
    }
    m_grid->addWidget(text, row, 1);
    QPushButton* act = linkButton(finding.mendText, this, finding.detail);
    act->setAccessibleName(tr("%1: %2").arg(finding.name, finding.mendText));
    connect(act, &QPushButton::clicked, this, [this, finding] { mend(finding); });
    m_grid->addWidget(act, row, 2, Qt::AlignRight | Qt::AlignVCenter);
}

void FindingsCard::addAdvice(const Finding& finding, QLabel* text, int row)
{
    auto* both = new QWidget(this);
    auto* lines = new QVBoxLayout(both);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(1);
    lines->addWidget(text);
    if (!finding.mendText.isEmpty()) {
        auto* how = new ToneLabel(finding.mendText, Tone::Muted, both);
        how->setTextFormat(Qt::PlainText);
        how->setWordWrap(true);
        how->setTextInteractionFlags(Qt::TextSelectableByMouse);
        lines->addWidget(how);
    }
    m_grid->addWidget(both, row, 1, 1, 2);
}

void FindingsCard::mend(const Finding& finding)
{
    const client::Instance* i = m_context.store->find(finding.instance);
    if (!i)
        return;
    switch (finding.mend) {
    case Mend::RaiseCpu:
    case Mend::RaiseMemory:
        m_context.client->setLimits(
            finding.instance, Attention::raised(i->context.limits, finding.mend), this,
            [this, name = finding.name](const client::Answer<client::Nothing>& answer) {
                if (answer)
                    emit m_context.navigator->notify(Notice::Good, tr("%1 has a higher limit now.").arg(name));
                else
                    emit m_context.navigator->notify(Notice::Error, tr("The limit of %1 did not change").arg(name),
                                                     models::errorText(answer.error()));
            });
        break;
    case Mend::OpenIsolation:
        emit m_context.navigator->openInstanceTab(finding.instance, QStringLiteral("isolation"));
        break;
    default:
        emit m_context.navigator->openInstance(finding.instance);
    }
}

} // namespace diptych::pages
