#include "dialogs/import_dialog.h"

#include "dialogs/file_field.h"
#include "models/image_reference.h"
#include "widgets/theme.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QProcess>
#include <QRegularExpression>
#include <QThreadPool>

namespace diptych::dialogs {

using client::ImportFormat;
using models::ArchiveKind;

namespace {

const std::initializer_list<const char*> rootFields{"command", "environment", "workingDirectory", "exposedPorts"};

/// "my-app.tar.gz" gives "my-app:latest".
QString nameFor(const QString& file)
{
    QString base = QFileInfo(file).fileName().toLower();
    static const QRegularExpression ending(QStringLiteral("\\.(tar|tgz|tzst|txz)(\\.(gz|zst|xz))?$"));
    static const QRegularExpression other(QStringLiteral("[^a-z0-9]+"));
    base.remove(ending).replace(other, QStringLiteral("-"));
    while (base.startsWith(QLatin1Char('-')))
        base.remove(0, 1);
    while (base.endsWith(QLatin1Char('-')))
        base.chop(1);
    return base.isEmpty() ? QString() : base + QStringLiteral(":latest");
}

/// "Debian 12.qcow2" gives "debian-12".
QString diskNameFor(const QString& file)
{
    static const QRegularExpression ending(QStringLiteral("\\.(qcow2|img|raw|vmdk|vdi|vhdx|iso|ova)$"));
    return nameFor(QFileInfo(file).fileName().toLower().remove(ending)).remove(QStringLiteral(":latest"));
}

QStringList portsOf(const QString& text)
{
    static const QRegularExpression between(QStringLiteral("[,;\\s]+"));
    QStringList ports;
    for (const QString& port : text.split(between, Qt::SkipEmptyParts))
        ports.append(port.contains(QLatin1Char('/')) ? port : port + QStringLiteral("/tcp"));
    return ports;
}

} // namespace

ImportDialog::ImportDialog(const ImageContext& context, const QString& file, QWidget* parent)
    : FormDialog(tr("Import an image"), tr("Import"), parent),
      m_context(context),
      m_file(new FileField(
          FileField::For::Reading,
          tr("Archives (*.tar *.tar.gz *.tgz *.tar.zst *.tzst *.tar.xz *.txz);;Disks (*.qcow2 *.img *.raw *.vmdk "
             "*.vdi *.vhdx *.iso *.ova);;All files (*)"),
          this)),
      m_format(new QComboBox(this)),
      m_reference(new QLineEdit(this)),
      m_command(new QLineEdit(this)),
      m_environment(new QPlainTextEdit(this)),
      m_directory(new QLineEdit(this)),
      m_ports(new QLineEdit(this))
{
    m_format->addItem(tr("Find out from the file"), int(ImportFormat::Auto));
    m_format->addItem(tr("Image archive (docker save, podman save, OCI)"), int(ImportFormat::Archive));
    m_format->addItem(tr("Root file system (tar)"), int(ImportFormat::RootFs));
    m_format->addItem(tr("Disk of a virtual machine (qcow2, raw, VMDK, VDI, ISO, OVA)"), int(ImportFormat::Disk));
    m_environment->setPlaceholderText(QStringLiteral("NAME=value"));
    m_environment->setFont(widgets::Theme::instance().monospace());
    m_environment->setTabChangesFocus(true);
    m_environment->setFixedHeight(fontMetrics().height() * 4);
    m_directory->setPlaceholderText(QStringLiteral("/"));
    m_command->setPlaceholderText(QStringLiteral("/bin/sh"));
    m_ports->setPlaceholderText(QStringLiteral("80, 53/udp"));
    addField(tr("&File"), m_file, QStringLiteral("file"));
    addField(tr("&What it is"), m_format, QStringLiteral("format"));
    addField(tr("&Name"), m_reference, QStringLiteral("reference"));
    addField(tr("&Command"), m_command, QStringLiteral("command"));
    addField(tr("&Environment"), m_environment, QStringLiteral("environment"), tr("One NAME=value a line"));
    addField(tr("Working &directory"), m_directory, QStringLiteral("workingDirectory"));
    addField(tr("&Ports"), m_ports, QStringLiteral("exposedPorts"), tr("Those it listens on"));
    connect(m_file, &FileField::changed, this, &ImportDialog::look);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ImportDialog::showForm);
    for (QLineEdit* field : {m_reference, m_command, m_directory, m_ports})
        connect(field, &QLineEdit::textChanged, this, &ImportDialog::follow);
    connect(m_environment, &QPlainTextEdit::textChanged, this, &ImportDialog::follow);
    m_file->setPath(file);
    showForm();
}

void ImportDialog::look()
{
    const QString file = m_file->path();
    m_kind = ArchiveKind::Unknown;
    setProblem(QStringLiteral("file"), {});
    showForm();
    if (file.isEmpty())
        return;
    QThreadPool::globalInstance()->start([self = QPointer<ImportDialog>(this), file, application = qApp] {
        const ArchiveKind kind = models::sniffArchive(file);
        const bool isFile = QFileInfo(file).isFile();
        QMetaObject::invokeMethod(application, [self, file, kind, isFile] {
            if (!self || self->m_file->path() != file)
                return;
            self->found(file, kind);
            if (!isFile)
                self->setProblem(QStringLiteral("file"), ImportDialog::tr("There is no such file."));
            self->follow();
        });
    });
}

void ImportDialog::found(const QString& file, ArchiveKind kind)
{
    m_kind = kind;
    if (kind == ArchiveKind::NoTar)
        setProblem(QStringLiteral("file"), tr("This is no tar archive."));
    if (m_reference->text().isEmpty() && (isRootFs() || isDisk()))
        m_reference->setText(isDisk() ? diskNameFor(file) : nameFor(file));
    showForm();
}

bool ImportDialog::isRootFs() const
{
    const auto format = static_cast<ImportFormat>(m_format->currentData().toInt());
    return format == ImportFormat::RootFs || (format == ImportFormat::Auto && m_kind == ArchiveKind::RootFs);
}

bool ImportDialog::isDisk() const
{
    const auto format = static_cast<ImportFormat>(m_format->currentData().toInt());
    return format == ImportFormat::Disk || (format == ImportFormat::Auto && m_kind == ArchiveKind::Disk);
}

void ImportDialog::showForm()
{
    const auto format = static_cast<ImportFormat>(m_format->currentData().toInt());
    const bool may = isRootFs() || (format == ImportFormat::Auto && m_kind == ArchiveKind::Unknown);
    const bool hasFile = !m_file->path().isEmpty();
    for (const char* field : rootFields)
        setFieldVisible(QLatin1String(field), may && hasFile);
    setHint(QStringLiteral("reference"), isDisk()     ? tr("How it is called in the storage pool “diptych”.")
                                         : isRootFs() ? tr("A root file system has no name of its own.")
                                                      : tr("Empty: the names that the archive gives its images."));
    setHint(QStringLiteral("command"), isRootFs() ? tr("What runs when it starts")
                                                  : tr("Only for a plain root file system; an image archive has its "
                                                       "own command, environment, directory and ports."));
    setHint(QStringLiteral("format"), format != ImportFormat::Auto || !hasFile ? QString()
                                      : m_kind == ArchiveKind::Image           ? tr("It looks like an image archive.")
                                      : m_kind == ArchiveKind::RootFs          ? tr("It looks like a root file system.")
                                      : m_kind == ArchiveKind::Disk ? tr("It looks like a disk of a virtual machine.")
                                                                    : tr("The helper looks into it."));
    follow();
    fit();
}

QString ImportDialog::blocker() const
{
    if (m_file->path().isEmpty())
        return tr("Choose a file first.");
    if (!problem(QStringLiteral("file")).isEmpty())
        return problem(QStringLiteral("file"));
    const QString name = m_reference->text().trimmed();
    static const QRegularExpression diskName(QStringLiteral("^[A-Za-z0-9_+][A-Za-z0-9_+.-]{0,62}$"));
    if (isDisk())
        return diskName.match(name).hasMatch() ? QString() : tr("A disk needs a name of letters, digits and . _ + -");
    if (name.isEmpty())
        return isRootFs() ? tr("A root file system needs a name.") : QString();
    return models::ImageReference::problem(name);
}

client::ImportRequest ImportDialog::request() const
{
    client::ImportRequest request;
    request.file = m_file->path();
    request.reference = m_reference->text().trimmed();
    request.format = static_cast<ImportFormat>(m_format->currentData().toInt());
    if (isDisk())
        request.format = ImportFormat::Disk;
    if (m_command->isHidden())
        return request;
    request.command = QProcess::splitCommand(m_command->text());
    for (const QString& line : m_environment->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        request.environment.append(line.trimmed());
    request.workingDirectory = m_directory->text().trimmed();
    request.exposedPorts = portsOf(m_ports->text());
    return request;
}

void ImportDialog::send()
{
    clearProblems();
    setBusy(true);
    m_context.work.import(request(), this, [this](const client::Answer<QString>& answer) {
        if (answer)
            accept(); // the page shows how it goes on
        else
            refuse(tr("Not imported"), answer.error());
    });
}

} // namespace diptych::dialogs
