#include "models/statements.h"
#include "pages/detail_tabs.h"
#include "pages/text_view.h"

#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

namespace diptych::pages {

namespace {
constexpr int interval = 2000;
}

TextTab::TextTab(const Context& context, What what, QWidget* parent)
    : DetailTab(context, parent),
      m_what(what),
      m_view(new TextView(what == What::Log ? tr("Log") : tr("Configuration"), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible() && m_what == What::Log)
            activate();
    });
    m_timer.start();
    setFocusProxy(m_view);
}

void TextTab::reset()
{
    m_view->setText({}, {});
    m_asking = false;
}

void TextTab::activate()
{
    if (id().isEmpty() || m_asking)
        return;
    m_asking = true;
    const QString asked = id();
    const auto done = [this, asked](const client::Answer<QString>& answer) {
        if (asked == id())
            showText(answer);
    };
    if (m_what == What::Log)
        client().log(asked, this, done);
    else
        client().configuration(asked, this, done);
}

void TextTab::showText(const client::Answer<QString>& answer)
{
    m_asking = false;
    if (!answer) {
        m_view->setText(m_view->text(), models::errorText(answer.error()));
        return;
    }
    const QString& text = answer.value();
    const QString note = m_what == What::Log                 ? text.isEmpty() ? tr("It has printed nothing yet.")
                                                                              : tr("What it printed last, newest at the bottom")
                                         : text.startsWith(QLatin1Char('<')) ? tr("The domain's XML, as libvirt has it")
                                                             : tr("config.json, as the runtime reads it");
    const QPlainTextEdit* shown = m_view->editor();
    QScrollBar* bar = shown->verticalScrollBar();
    const bool atEnd = shown->document()->isEmpty() || bar->value() >= bar->maximum() - 1;
    const int before = bar->value();
    if (m_view->setText(text, note))
        bar->setValue(m_what == What::Log && atEnd ? bar->maximum() : before);
}

} // namespace diptych::pages
