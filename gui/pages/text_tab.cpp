#include "models/statements.h"
#include "pages/detail_tabs.h"
#include "pages/parts.h"
#include "widgets/searchfield.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollBar>

namespace diptych::pages {

namespace {
constexpr int interval = 2000;
}

TextTab::TextTab(const Context& context, What what, QWidget* parent)
    : DetailTab(context, parent),
      m_what(what),
      m_text(new QPlainTextEdit(this)),
      m_note(new ToneLabel({}, widgets::Tone::Muted, this))
{
    m_text->setReadOnly(true);
    m_text->setFont(widgets::Theme::instance().monospace());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setAccessibleName(what == What::Log ? tr("Log") : tr("Configuration"));
    auto* search = new widgets::SearchField(tr("Find in the text"), this);
    search->setMaximumWidth(260);
    search->searchIn(m_text);
    QPushButton* copy = button(tr("Copy all"), this);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_text->toPlainText()); });
    auto* line = new QHBoxLayout;
    line->addWidget(m_note, 1);
    line->addWidget(search);
    line->addWidget(copy);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 12, 0, 12);
    layout->addLayout(line);
    layout->addWidget(m_text, 1);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible() && m_what == What::Log)
            activate();
    });
    m_timer.start();
    setFocusProxy(m_text);
}

void TextTab::reset()
{
    m_text->clear();
    m_note->clear();
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
        m_note->setText(models::errorText(answer.error()));
        return;
    }
    const QString& text = answer.value();
    if (m_what == What::Log)
        m_note->setText(text.isEmpty() ? tr("It has printed nothing yet.")
                                       : tr("What it printed last, newest at the bottom"));
    else
        m_note->setText(text.startsWith(QLatin1Char('<')) ? tr("The domain's XML, as libvirt has it")
                                                          : tr("config.json, as the runtime reads it"));
    if (text == m_text->toPlainText())
        return;
    QScrollBar* bar = m_text->verticalScrollBar();
    const bool atEnd = m_text->document()->isEmpty() || bar->value() >= bar->maximum() - 1;
    const int before = bar->value();
    m_text->setPlainText(text);
    bar->setValue(m_what == What::Log && atEnd ? bar->maximum() : before);
}

} // namespace diptych::pages
