#include "dialogs/export_dialog.h"

#include "dialogs/file_field.h"
#include "models/image_reference.h"

#include <QComboBox>
#include <QDir>
#include <QFileInfo>

namespace diptych::dialogs {

using client::ExportFormat;

ExportDialog::ExportDialog(const ImageContext& context, const QString& reference, QWidget* parent)
    : FormDialog(tr("Export %1").arg(reference), tr("Export"), parent),
      m_context(context),
      m_reference(reference),
      m_format(new QComboBox(this)),
      m_file(new FileField(FileField::For::Writing, tr("Archives (*.tar);;All files (*)"), this))
{
    m_format->addItem(tr("OCI archive: podman load, skopeo, buildah"), int(ExportFormat::OciArchive));
    m_format->addItem(tr("Docker archive: docker load, podman load"), int(ExportFormat::DockerArchive));
    addField(tr("F&ormat"), m_format, QStringLiteral("format"));
    addField(tr("&File"), m_file, QStringLiteral("file"));
    addNote(tr("The file is written on this machine, beside its name, and gets the name when it is whole."));
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::suggest);
    connect(m_file, &FileField::changed, this, [this] {
        setHint(QStringLiteral("file"),
                QFileInfo::exists(m_file->path()) ? tr("It is there already and will be replaced.") : QString());
        follow();
    });
    suggest();
}

void ExportDialog::suggest()
{
    if (!m_suggested.isEmpty() && m_file->path() != m_suggested)
        return; // somebody chose another one
    const auto parts = models::ImageReference::parse(m_reference);
    QString name = parts ? parts->repository.section(QLatin1Char('/'), -1) : QStringLiteral("image");
    if (parts && !parts->tag.isEmpty())
        name += QLatin1Char('-') + parts->tag;
    const bool docker = m_format->currentData().toInt() == int(ExportFormat::DockerArchive);
    m_suggested = QDir::home().filePath(name + (docker ? QStringLiteral(".docker.tar") : QStringLiteral(".oci.tar")));
    m_file->setPath(m_suggested);
}

QString ExportDialog::blocker() const
{
    const QString path = m_file->path();
    if (path.isEmpty())
        return tr("Choose a file first.");
    const QFileInfo file(path);
    if (file.isDir())
        return tr("This is a directory: a file's name is needed.");
    return file.dir().exists() ? QString() : tr("There is no directory %1.").arg(file.dir().path());
}

void ExportDialog::send()
{
    clearProblems();
    setBusy(true);
    const QString file = m_file->path();
    m_context.calls().exportImage(m_reference, static_cast<ExportFormat>(m_format->currentData().toInt()), this,
                                  [this, file](const client::Answer<QString>& answer) {
                                      if (!answer) {
                                          refuse(tr("Not exported"), answer.error());
                                          return;
                                      }
                                      m_context.work.fetch(answer.value(), file);
                                      accept();
                                  });
}

} // namespace diptych::dialogs
