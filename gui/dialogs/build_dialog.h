// Build an image from a template: of this host's own files, or of the distribution's packages.
#pragma once

#include "dialogs/form_dialog.h"
#include "dialogs/image_context.h"

class QButtonGroup;
class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace diptych::dialogs {

class BuildDialog final : public FormDialog
{
    Q_OBJECT
public:
    BuildDialog(const ImageContext& context, QWidget* parent);

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    void showTemplates(const client::Answer<QList<client::ImageTemplate>>& answer);
    void chosen();
    [[nodiscard]] const client::ImageTemplate* current() const;
    [[nodiscard]] bool isDebian() const;
    [[nodiscard]] QStringList packages() const;

    ImageContext m_context;
    QWidget* m_list;
    QVBoxLayout* m_lines;
    QButtonGroup* m_group;
    QList<client::ImageTemplate> m_templates;
    QComboBox* m_suite;
    QLineEdit* m_packages;
    QLineEdit* m_reference;
    bool m_touched = false; ///< the name is somebody's own
    bool m_loaded = false;
};

} // namespace diptych::dialogs
