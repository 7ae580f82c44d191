#include "pages/preview_card.h"

#include "models/statements.h"
#include "pages/parts.h"

#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTabBar>
#include <QVBoxLayout>

namespace diptych::pages {

using client::Kind;

namespace {
constexpr int settleTime = 250;
}

PreviewCard::PreviewCard(client::Client& client, QWidget* parent)
    : Card(tr("What will be written"), parent),
      m_client(client),
      m_kinds(new QTabBar(this)),
      m_text(new QPlainTextEdit(this))
{
    m_kinds->addTab(tr("container"));
    m_kinds->addTab(tr("virtual machine"));
    m_kinds->setDrawBase(false);
    m_kinds->setExpanding(false);
    m_kinds->setAccessibleName(tr("Whose configuration"));
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setStyleSheet(QStringLiteral("QPlainTextEdit { border: 0; }"));
    m_text->setFont(widgets::Theme::instance().monospace());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setAccessibleName(tr("What will be written"));
    m_text->setTabChangesFocus(true);
    m_text->setMinimumHeight(220);
    body()->addWidget(m_kinds);
    body()->addWidget(m_text, 1);
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    connect(&m_settle, &QTimer::timeout, this, &PreviewCard::ask);
    connect(m_kinds, &QTabBar::currentChanged, this, &PreviewCard::ask);
}

void PreviewCard::setSpec(const client::Context& spec, bool twins)
{
    m_spec = spec;
    m_twins = twins;
    m_kinds->setVisible(twins);
    m_settle.start();
}

void PreviewCard::ask()
{
    client::Context spec = m_spec;
    if (m_twins)
        spec.kind = m_kinds->currentIndex() == 0 ? Kind::Container : Kind::Machine;
    // As the helper makes the machine of twins: a name and an address of its own, ports lead into the container.
    if (m_twins && spec.kind == Kind::Machine) {
        spec.name += QStringLiteral("-vm");
        spec.networkMode = client::NetworkMode::Nat;
        spec.ports.clear();
    }
    setTitle(tr("What will be written"),
             spec.kind == Kind::Container ? QStringLiteral("config.json") : tr("domain XML"));
    if (spec.image.isEmpty()) {
        m_text->setPlainText(tr("Choose an image first."));
        return;
    }
    m_client.preview(spec, this, [this, asked = ++m_asked](const client::Answer<QString>& answer) {
        if (asked != m_asked)
            return;
        if (!answer) {
            m_text->setPlainText(models::errorText(answer.error()));
            emit refused(answer.error());
            return;
        }
        emit accepted();
        if (answer.value() == m_text->toPlainText())
            return;
        const int at = m_text->verticalScrollBar()->value();
        m_text->setPlainText(answer.value());
        m_text->verticalScrollBar()->setValue(at);
    });
}

} // namespace diptych::pages
