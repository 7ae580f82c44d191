#include "pages/xml_window.h"

#include "dialogs/task_dialog.h"

#include <QVBoxLayout>

namespace diptych::pages {

XmlWindow::XmlWindow(const XmlEditor::Source& source, QWidget* parent) : QDialog(parent), m_editor(new XmlEditor(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("xmlWindow"));
    setWindowTitle(tr("XML of %1").arg(source.name));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 16);
    layout->addWidget(m_editor);
    resize(860, 620);
    connect(m_editor, &XmlEditor::saved, this, &XmlWindow::saved);
    m_editor->setSource(source);
    m_editor->look();
}

void XmlWindow::reject()
{
    if (!m_editor->draft()) {
        QDialog::reject();
        return;
    }
    auto* question = new dialogs::TaskDialog(tr("Close without saving?"), tr("Discard the changes"), this);
    question->setDangerous();
    question->addNote(tr("What you wrote here is lost."));
    question->setTask([this, question] {
        question->accept();
        QDialog::reject();
    });
    question->changed();
    question->ask();
}

} // namespace diptych::pages
