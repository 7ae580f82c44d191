// Import an archive or a root file system from this machine. What such a file system runs can't be read from it: then
// the form asks.
#pragma once

#include "dialogs/form_dialog.h"
#include "dialogs/image_context.h"
#include "models/archive_sniff.h"

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace diptych::dialogs {

class FileField;

class ImportDialog final : public FormDialog
{
    Q_OBJECT
public:
    ImportDialog(const ImageContext& context, const QString& file, QWidget* parent);

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    void look();
    void found(const QString& file, models::ArchiveKind kind);
    void showForm();
    [[nodiscard]] bool isRootFs() const;
    [[nodiscard]] bool isDisk() const;
    [[nodiscard]] client::ImportRequest request() const;

    ImageContext m_context;
    FileField* m_file;
    QComboBox* m_format;
    QLineEdit* m_reference;
    QLineEdit* m_command;
    QPlainTextEdit* m_environment;
    QLineEdit* m_directory;
    QLineEdit* m_ports;
    models::ArchiveKind m_kind = models::ArchiveKind::Unknown;
};

} // namespace diptych::dialogs
