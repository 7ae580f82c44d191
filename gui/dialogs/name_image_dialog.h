// Asks for one image name: a further name for an image, or the name of what an instance becomes.
#pragma once

#include "dialogs/form_dialog.h"
#include "dialogs/image_context.h"

class QLineEdit;

namespace diptych::dialogs {

class TagDialog final : public FormDialog
{
    Q_OBJECT
public:
    TagDialog(const ImageContext& context, const QString& reference, QWidget* parent);

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    ImageContext m_context;
    QString m_reference;
    QLineEdit* m_name;
};

/// instance: a container, or a virtual machine that is off.
class CommitDialog final : public FormDialog
{
    Q_OBJECT
public:
    CommitDialog(const ImageContext& context, const QString& instance, QWidget* parent);

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    ImageContext m_context;
    QString m_instance;
    QLineEdit* m_name;
    QLineEdit* m_comment;
};

} // namespace diptych::dialogs
