#include "pages/text_view.h"

#include "pages/parts.h"
#include "widgets/searchfield.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>

namespace diptych::pages {

TextView::TextView(const QString& accessibleName, QWidget* parent)
    : QWidget(parent), m_note(new ToneLabel({}, widgets::Tone::Muted, this)), m_text(new QPlainTextEdit(this))
{
    m_text->setReadOnly(true);
    m_text->setFont(widgets::Theme::instance().monospace());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setAccessibleName(accessibleName);
    m_note->setWordWrap(true);
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
    setFocusProxy(m_text);
}

bool TextView::setText(const QString& text, const QString& note)
{
    m_note->setText(note);
    if (text == m_text->toPlainText())
        return false;
    m_text->setPlainText(text);
    return true;
}

QString TextView::text() const
{
    return m_text->toPlainText();
}

} // namespace diptych::pages
