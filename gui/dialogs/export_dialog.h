// Export an image as an archive that podman and docker load, to a file on this machine.
#pragma once

#include "dialogs/form_dialog.h"
#include "dialogs/image_context.h"

class QComboBox;

namespace diptych::dialogs {

class FileField;

class ExportDialog final : public FormDialog
{
    Q_OBJECT
public:
    ExportDialog(const ImageContext& context, const QString& reference, QWidget* parent);

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    void suggest();
    ImageContext m_context;
    QString m_reference;
    QComboBox* m_format;
    FileField* m_file;
    QString m_suggested;
};

} // namespace diptych::dialogs
