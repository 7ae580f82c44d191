#include "pages/xml_editor.h"

#include "dialogs/review_xml_dialog.h"
#include "models/statements.h"
#include "pages/parts.h"
#include "widgets/banner.h"
#include "widgets/searchfield.h"
#include "widgets/xmlhighlighter.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QXmlStreamReader>

namespace diptych::pages {

using widgets::Banner;

XmlEditor::XmlEditor(QWidget* parent)
    : QWidget(parent),
      m_which(new QComboBox(this)),
      m_note(new ToneLabel({}, widgets::Tone::Muted, this)),
      m_discard(button(tr("Discard"), this, tr("Go back to what libvirt has"))),
      m_review(primaryButton(tr("Review changes…"), this)),
      m_banner(new Banner(this)),
      m_text(new QPlainTextEdit(this))
{
    build();
    m_settle.setSingleShot(true);
    m_settle.setInterval(250);
    connect(&m_settle, &QTimer::timeout, this, &XmlEditor::follow);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_filling)
            m_settle.start();
    });
    connect(m_which, &QComboBox::activated, this, [this](int index) {
        m_draft = text();
        show(Which(index));
    });
    connect(m_discard, &QPushButton::clicked, this, &XmlEditor::discard);
    connect(m_review, &QPushButton::clicked, this, &XmlEditor::review);
    follow();
}

void XmlEditor::build()
{
    m_which->addItems({tr("At next start"), tr("As it is now")});
    m_which->setAccessibleName(tr("Which of the two"));
    m_text->setFont(widgets::Theme::instance().monospace());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setAccessibleName(tr("The XML"));
    m_text->setTabChangesFocus(true);
    m_text->setReadOnly(true);
    new widgets::XmlHighlighter(m_text->document());
    m_review->setObjectName(QStringLiteral("review"));
    auto* search = new widgets::SearchField(tr("Find in the text"), this);
    search->setMaximumWidth(220);
    search->searchIn(m_text);
    auto* line = new QHBoxLayout;
    line->addWidget(m_which);
    line->addWidget(m_note, 1);
    for (QWidget* part : std::initializer_list<QWidget*>{search, m_discard, m_review})
        line->addWidget(part);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(line);
    layout->addWidget(m_banner);
    layout->addWidget(m_text, 1);
    setFocusProxy(m_text);
}

XmlEditor::Source XmlEditor::Source::of(client::MachineCalls& calls, const QString& name, const QString& key, Ask ask,
                                        Define define)
{
    Source source;
    source.name = name;
    source.ask = [on = &calls, key, ask](QObject* guard, client::Callback<client::ObjectXml> done) {
        (on->*ask)(key, guard, std::move(done));
    };
    source.define = [on = &calls, key, define](const QString& xml, const QString& previous, QObject* guard,
                                               client::Callback<client::Nothing> done) {
        (on->*define)(key, xml, previous, guard, std::move(done));
    };
    return source;
}

void XmlEditor::setSource(const Source& source, const Draft& draft)
{
    ++m_object;
    m_source = source;
    m_asking = false;
    m_xml = {{}, draft.from};
    m_draft = draft.text;
    m_banner->dismiss();
    show(Next);
}

void XmlEditor::look()
{
    if (!m_source.ask || m_asking)
        return;
    m_asking = true;
    m_source.ask(this, [this, asked = m_object](const client::Answer<client::ObjectXml>& answer) {
        if (asked == m_object)
            take(answer);
    });
}

QString XmlEditor::text() const
{
    return m_shown == Next && !m_text->isReadOnly() ? m_text->toPlainText() : m_draft;
}

std::optional<XmlEditor::Draft> XmlEditor::draft() const
{
    if (m_xml.next.isEmpty() || !isEdited())
        return {};
    return Draft{text(), m_xml.next};
}

void XmlEditor::take(const client::Answer<client::ObjectXml>& answer)
{
    m_asking = false;
    if (!answer) {
        m_banner->showMessage(Banner::Level::Error, tr("The XML is not known"), models::errorText(answer.error()));
        return;
    }
    const bool first = m_xml.next.isEmpty() && m_xml.live.isEmpty();
    const bool edited = !first && isEdited();
    const bool elsewhere = edited && answer.value().next != m_xml.next;
    m_xml = answer.value();
    if (elsewhere)
        m_banner->showMessage(Banner::Level::Warning, tr("It was changed elsewhere meanwhile"),
                              tr("What you review now is compared with that. Discard shows it."));
    if (!edited)
        m_draft = m_xml.next;
    const auto which = first && m_xml.next.isEmpty() ? Live : m_shown;
    if (which == Live || !edited)
        show(which);
    follow();
}

void XmlEditor::show(Which which)
{
    const QString text = which == Live ? m_xml.live : m_draft;
    m_shown = which;
    m_which->setCurrentIndex(which);
    m_text->setReadOnly(which == Live || m_xml.next.isEmpty());
    if (text != m_text->toPlainText()) {
        m_filling = true;
        const int before = m_text->verticalScrollBar()->value();
        m_text->setPlainText(text);
        m_text->verticalScrollBar()->setValue(before);
        m_filling = false;
    }
    follow();
}

QString XmlEditor::problem() const
{
    QXmlStreamReader reader(text());
    while (!reader.atEnd())
        reader.readNext();
    return reader.hasError() ? tr("Line %1: %2").arg(reader.lineNumber()).arg(reader.errorString()) : QString();
}

void XmlEditor::follow()
{
    const bool edited = !m_xml.next.isEmpty() && isEdited();
    const QString wrong = edited ? problem() : QString();
    m_discard->setVisible(edited);
    m_review->setVisible(edited);
    m_review->setEnabled(wrong.isEmpty());
    m_review->setToolTip(wrong.isEmpty() ? tr("See what changes, then save (checked against libvirt's schema)")
                                         : wrong);
    if (!wrong.isEmpty())
        m_note->setText(wrong);
    else if (m_shown == Live)
        m_note->setText(m_xml.live.isEmpty() ? tr("It is stopped: nothing runs.")
                                             : tr("What there is now; for reading"));
    else if (m_xml.next.isEmpty())
        m_note->setText(m_xml.live.isEmpty() ? QString() : tr("It is gone once it is stopped: it has no next start."));
    else
        m_note->setText(edited ? tr("Edited, not saved") : tr("What libvirt starts it with next; can be edited"));
}

void XmlEditor::discard()
{
    m_banner->dismiss();
    m_draft = m_xml.next;
    show(Next);
}

void XmlEditor::review()
{
    dialogs::ReviewXmlDialog::Edit edit{m_source.name, m_xml.next, text(), !m_xml.live.isEmpty(), {}};
    edit.define = [define = m_source.define, after = edit.after,
                   before = edit.before](QObject* guard, client::Callback<client::Nothing> done) {
        define(after, before, guard, std::move(done));
    };
    auto* dialog = new dialogs::ReviewXmlDialog(std::move(edit), this);
    connect(dialog, &dialogs::ReviewXmlDialog::kept, this, [this, object = m_object] {
        if (object != m_object)
            return;
        m_banner->showMessage(Banner::Level::Success, tr("Saved"),
                              m_xml.live.isEmpty() ? QString() : tr("It applies at the next start."));
        m_draft = m_xml.next; // what libvirt makes of it comes with the answer
        show(Next);
        look();
        emit saved();
    });
    dialog->ask();
}

} // namespace diptych::pages
