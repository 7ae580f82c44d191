#include "dialogs/file_field.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace diptych::dialogs {

FileField::FileField(For purpose, const QString& filter, QWidget* parent)
    : QWidget(parent), m_for(purpose), m_filter(filter), m_edit(new QLineEdit(this))
{
    auto* button = new QPushButton(tr("Choose…"), this);
    button->setAutoDefault(false);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_edit, 1);
    layout->addWidget(button);
    setFocusProxy(m_edit);
    m_edit->setAccessibleName(tr("File"));
    connect(button, &QPushButton::clicked, this, &FileField::browse);
    connect(m_edit, &QLineEdit::textChanged, this, &FileField::changed);
}

QString FileField::path() const
{
    QString text = m_edit->text().trimmed();
    if (text.startsWith(QLatin1String("~/")))
        text.replace(0, 1, QDir::homePath());
    return text.isEmpty() ? text : QDir::current().absoluteFilePath(text);
}

void FileField::setPath(const QString& path)
{
    m_edit->setText(path);
}

void FileField::browse()
{
    auto* dialog = new QFileDialog(this, m_for == For::Reading ? tr("Choose a file") : tr("Save as"), path(), m_filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(m_for == For::Reading ? QFileDialog::ExistingFile : QFileDialog::AnyFile);
    dialog->setAcceptMode(m_for == For::Reading ? QFileDialog::AcceptOpen : QFileDialog::AcceptSave);
    if (m_for == For::Writing && !path().isEmpty())
        dialog->selectFile(path());
    connect(dialog, &QFileDialog::fileSelected, this, &FileField::setPath);
    dialog->open();
}

} // namespace diptych::dialogs
