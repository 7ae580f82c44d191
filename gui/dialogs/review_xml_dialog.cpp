#include "dialogs/review_xml_dialog.h"

#include "models/text_diff.h"
#include "widgets/theme.h"
#include "widgets/tone.h"

#include <QPlainTextEdit>
#include <QTextBlock>

namespace diptych::dialogs {

using models::DiffLine;

ReviewXmlDialog::ReviewXmlDialog(Edit edit, QWidget* parent)
    : FormDialog(tr("Change the XML of %1").arg(edit.name), tr("Save"), parent),
      m_edit(std::move(edit)),
      m_diff(new QPlainTextEdit(this))
{
    setMinimumWidth(780);
    addNote(m_edit.running
                ? tr("This is what it starts with next. What runs now stays as it is until it has been stopped.")
                : tr("This is what it starts with next."));
    m_diff->setReadOnly(true);
    m_diff->setFont(widgets::Theme::instance().monospace());
    m_diff->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_diff->setAccessibleName(tr("What changes, line by line"));
    m_diff->setMinimumHeight(280);
    addWide(m_diff);
    showDiff();
    follow();
}

void ReviewXmlDialog::showDiff()
{
    const QList<DiffLine> lines = models::diffLines(m_edit.before, m_edit.after);
    QTextCursor cursor(m_diff->document());
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const DiffLine& line = lines[i];
        QTextBlockFormat block;
        if (line.kind == DiffLine::Kind::Added)
            block.setBackground(widgets::toneTint(widgets::Tone::Good));
        if (line.kind == DiffLine::Kind::Removed)
            block.setBackground(widgets::toneTint(widgets::Tone::Bad));
        if (i > 0)
            cursor.insertBlock(block);
        else
            cursor.setBlockFormat(block);
        static constexpr std::array signs{"  ", "- ", "+ ", "⋯"};
        cursor.insertText(QString::fromUtf8(signs[size_t(line.kind)]) + line.text);
    }
    m_diff->moveCursor(QTextCursor::Start);
}

void ReviewXmlDialog::send()
{
    clearProblems();
    setBusy(true);
    m_edit.define(this, [this](const client::Answer<client::Nothing>& answer) {
        if (!answer) {
            refuse(tr("Not saved, nothing has changed"), answer.error());
            return;
        }
        emit kept();
        accept();
    });
}

} // namespace diptych::dialogs
