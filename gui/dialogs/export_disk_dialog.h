// Saves a virtual machine, a container or an imported disk as a file for other programs.
#pragma once

#include "dialogs/form_dialog.h"
#include "dialogs/image_context.h"

class QComboBox;

namespace diptych::dialogs {

class FileField;

class ExportDiskDialog final : public FormDialog
{
    Q_OBJECT
public:
    static ExportDiskDialog* ofInstance(const ImageContext& context, const QString& id, QWidget* parent);
    static ExportDiskDialog* ofDisk(const ImageContext& context, const QString& name, QWidget* parent);

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    enum class Of { Machine, Container, Disk };
    ExportDiskDialog(const ImageContext& context, Of what, const QString& id, const QString& name, QWidget* parent);
    [[nodiscard]] client::DiskFormat format() const;
    void suggest();

    ImageContext m_context;
    Of m_what;
    QString m_id;
    QString m_name;
    QComboBox* m_format;
    FileField* m_file;
    QString m_suggested;
};

} // namespace diptych::dialogs
