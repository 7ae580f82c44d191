#include "pages/xml_tab.h"

#include "client/machine_calls.h"
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

XmlTab::XmlTab(const Context& context, QWidget* parent)
    : DetailTab(context, parent),
      m_which(new QComboBox(this)),
      m_note(new ToneLabel({}, widgets::Tone::Muted, this)),
      m_discard(button(tr("Discard"), this, tr("Go back to what libvirt has"))),
      m_review(primaryButton(tr("Review changes…"), this)),
      m_banner(new Banner(this)),
      m_text(new QPlainTextEdit(this))
{
    m_which->addItems({tr("At next start"), tr("As it runs now")});
    m_which->setAccessibleName(tr("Which of the two"));
    m_text->setFont(widgets::Theme::instance().monospace());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setAccessibleName(tr("The domain's XML"));
    m_text->setTabChangesFocus(true);
    new widgets::XmlHighlighter(m_text->document());
    m_review->setObjectName(QStringLiteral("review"));
    auto* search = new widgets::SearchField(tr("Find in the text"), this);
    search->setMaximumWidth(220);
    auto* line = new QHBoxLayout;
    line->addWidget(m_which);
    line->addWidget(m_note, 1);
    for (QWidget* part : std::initializer_list<QWidget*>{search, m_discard, m_review})
        line->addWidget(part);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 12, 0, 12);
    layout->addLayout(line);
    layout->addWidget(m_banner);
    layout->addWidget(m_text, 1);
    setFocusProxy(m_text);
    m_settle.setSingleShot(true);
    m_settle.setInterval(250);
    connect(&m_settle, &QTimer::timeout, this, &XmlTab::follow);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_filling)
            m_settle.start();
    });
    connect(search, &widgets::SearchField::textSettled, this, [this](const QString& text) { find(text, false); });
    connect(search, &QLineEdit::returnPressed, this, [this, search] { find(search->text(), true); });
    connect(m_which, &QComboBox::activated, this, [this](int index) {
        if (!m_text->isReadOnly())
            m_draft = m_text->toPlainText();
        show(Which(index));
    });
    connect(m_discard, &QPushButton::clicked, this, &XmlTab::discard);
    connect(m_review, &QPushButton::clicked, this, &XmlTab::review);
    connect(&store(), &models::InstanceStore::changed, this, [this](const QStringList& ids) {
        if (isVisible() && ids.contains(id()))
            activate();
    });
}

void XmlTab::reset()
{
    m_asking = false;
    m_xml = {};
    m_draft.clear();
    m_banner->dismiss();
    show(Next);
}

void XmlTab::activate()
{
    if (id().isEmpty() || m_asking)
        return;
    m_asking = true;
    client().machineCalls().xml(id(), this, [this, asked = id()](const client::Answer<client::DomainXml>& answer) {
        if (asked == id())
            take(answer);
    });
}

bool XmlTab::isEdited() const
{
    const QString text = m_which->currentIndex() == Next ? m_text->toPlainText() : m_draft;
    return text != m_xml.next;
}

void XmlTab::take(const client::Answer<client::DomainXml>& answer)
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
    const auto which = first && m_xml.next.isEmpty() ? Live : Which(m_which->currentIndex());
    if (which == Live || !edited)
        show(which);
    follow();
}

void XmlTab::show(Which which)
{
    const QString text = which == Live ? m_xml.live : m_draft;
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

QString XmlTab::problem() const
{
    QXmlStreamReader reader(m_which->currentIndex() == Next ? m_text->toPlainText() : m_draft);
    while (!reader.atEnd())
        reader.readNext();
    return reader.hasError() ? tr("Line %1: %2").arg(reader.lineNumber()).arg(reader.errorString()) : QString();
}

void XmlTab::follow()
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
    else if (m_which->currentIndex() == Live)
        m_note->setText(m_xml.live.isEmpty() ? tr("It is off: nothing runs.")
                                             : tr("What QEMU runs with now; for reading"));
    else if (m_xml.next.isEmpty())
        m_note->setText(m_xml.live.isEmpty() ? QString() : tr("It is gone once it is off: it has no next start."));
    else
        m_note->setText(edited ? tr("Edited, not saved") : tr("What libvirt starts it with next; can be edited"));
}

void XmlTab::discard()
{
    m_banner->dismiss();
    m_draft = m_xml.next;
    show(Next);
}

void XmlTab::review()
{
    const client::Instance* i = instance();
    if (!i)
        return;
    const QString after = m_which->currentIndex() == Next ? m_text->toPlainText() : m_draft;
    auto* dialog =
        new dialogs::ReviewXmlDialog(client(), {id(), i->context.name, m_xml.next, after, !m_xml.live.isEmpty()}, this);
    connect(dialog, &dialogs::ReviewXmlDialog::kept, this, [this] {
        m_banner->showMessage(Banner::Level::Success, tr("Saved"),
                              m_xml.live.isEmpty() ? QString() : tr("It applies at the next start."));
        m_draft = m_xml.next; // what libvirt makes of it comes with the answer
        show(Next);
        activate();
    });
    dialog->ask();
}

void XmlTab::find(const QString& text, bool again)
{
    if (text.isEmpty())
        return;
    if (!again)
        m_text->moveCursor(QTextCursor::Start);
    if (!m_text->find(text)) {
        m_text->moveCursor(QTextCursor::Start);
        m_text->find(text);
    }
}

} // namespace diptych::pages
