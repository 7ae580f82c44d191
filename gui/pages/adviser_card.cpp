#include "pages/adviser_card.h"

#include "pages/parts.h"

#include <QVBoxLayout>

namespace diptych::pages {

AdviserCard::AdviserCard(QWidget* parent) : Card(tr("Which wall do I need?"), parent), m_text(new QLabel(this))
{
    auto* hint = new ToneLabel(tr("Tick what applies; the choice on the left follows."), widgets::Tone::Muted, this);
    hint->setWordWrap(true);
    body()->addWidget(hint);
    const QList<std::pair<QString, bool Needs::*>> questions{
        {tr("I don't trust the code inside"), &Needs::untrusted},
        {tr("Many tenants share this machine"), &Needs::tenants},
        {tr("It needs its own kernel or modules"), &Needs::ownKernel},
        {tr("It must start in milliseconds"), &Needs::startFast},
        {tr("Memory is short"), &Needs::memoryShort},
        {tr("I want to see the difference"), &Needs::seeDifference},
    };
    for (const auto& [text, member] : questions) {
        auto* box = new QCheckBox(text, this);
        box->setToolTip(text);
        connect(box, &QCheckBox::toggled, this, &AdviserCard::advise);
        body()->addWidget(box);
        m_boxes.append({box, member});
    }
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->hide();
    body()->addWidget(m_text);
}

void AdviserCard::advise()
{
    Needs needs;
    bool any = false;
    for (const auto& [box, member] : std::as_const(m_boxes)) {
        needs.*member = box->isChecked();
        any = any || box->isChecked();
    }
    const Advice advice = Adviser::advise(needs);
    m_text->setText(advice.text);
    m_text->setVisible(any);
    if (any)
        emit advised(advice.wall);
}

} // namespace diptych::pages
