#include "dialogs/name_image_dialog.h"

#include "models/image_reference.h"

#include <QLineEdit>

namespace diptych::dialogs {

using models::ImageReference;

namespace {

QString taken(const ImageContext& context, const QString& name)
{
    return context.images.find(name)
               ? QCoreApplication::translate("ImageName", "There is one of this name: the name moves to the new one.")
               : QString();
}

} // namespace

TagDialog::TagDialog(const ImageContext& context, const QString& reference, QWidget* parent)
    : FormDialog(tr("A further name for %1").arg(reference), tr("Add name"), parent),
      m_context(context),
      m_reference(reference),
      m_name(new QLineEdit(reference, this))
{
    addField(tr("&New name"), m_name, QStringLiteral("newReference"));
    addNote(tr("Both names mean the same image; it is stored once."));
    connect(m_name, &QLineEdit::textChanged, this, [this](const QString& text) {
        setProblem(QStringLiteral("newReference"),
                   text.isEmpty() ? QString() : ImageReference::problem(text.trimmed()));
        setHint(QStringLiteral("newReference"),
                text.trimmed() == m_reference ? QString() : taken(m_context, text.trimmed()));
        follow();
    });
    m_name->selectAll();
}

QString TagDialog::blocker() const
{
    const QString name = m_name->text().trimmed();
    return name == m_reference ? tr("That is its name already.") : ImageReference::problem(name);
}

void TagDialog::send()
{
    clearProblems();
    setBusy(true);
    m_context.calls().tag(m_reference, m_name->text().trimmed(), this,
                          [this](const client::Answer<client::Nothing>& answer) {
                              if (answer)
                                  accept();
                              else
                                  refuse(tr("Not named"), answer.error());
                          });
}

CommitDialog::CommitDialog(const ImageContext& context, const QString& instance, QWidget* parent)
    : FormDialog(tr("Commit %1 as an image").arg(context.store.nameOf(instance)), tr("Commit"), parent),
      m_context(context),
      m_instance(instance),
      m_name(new QLineEdit(this)),
      m_comment(new QLineEdit(this))
{
    // Names of instances may have capitals, those of images may not.
    m_name->setText(context.store.nameOf(instance).toLower() + QStringLiteral(":latest"));
    addField(tr("&Name"), m_name, QStringLiteral("reference"));
    addField(tr("&Comment"), m_comment, QStringLiteral("comment"), tr("Stands in the image's history"));
    const client::Instance* from = context.store.find(instance);
    if (from && from->context.kind == client::Kind::Machine)
        addNote(tr(
            "The image is the whole file system on its disk, as one layer. A small virtual machine reads it, so that "
            "no kernel of this host has to trust it. It can be ext2, ext3 or ext4, on the whole disk or a "
            "partition."));
    else
        addNote(tr("The image is what the container was made of, and a layer with what was changed in it since."));
    if (from && from->runtime.state == client::State::Running)
        addNote(tr("It is running: it stands still while its changes are read."));
    connect(m_name, &QLineEdit::textChanged, this, [this](const QString& text) {
        setProblem(QStringLiteral("reference"), text.isEmpty() ? QString() : ImageReference::problem(text.trimmed()));
        setHint(QStringLiteral("reference"), taken(m_context, text.trimmed()));
        follow();
    });
    m_name->selectAll();
}

QString CommitDialog::blocker() const
{
    return ImageReference::problem(m_name->text().trimmed());
}

void CommitDialog::send()
{
    clearProblems();
    setBusy(true);
    m_context.calls().commit(m_instance, m_name->text().trimmed(), m_comment->text().trimmed(), this,
                             [this](const client::Answer<QString>& answer) {
                                 if (answer)
                                     accept();
                                 else
                                     refuse(tr("Not committed"), answer.error());
                             });
}

} // namespace diptych::dialogs
