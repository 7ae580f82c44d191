// Push an image to a registry; goes on when the dialog is left.
#pragma once

#include "dialogs/form_dialog.h"
#include "dialogs/image_context.h"

class QLineEdit;

namespace diptych::dialogs {

class PushDialog final : public FormDialog
{
    Q_OBJECT
public:
    PushDialog(const ImageContext& context, const QString& reference, QWidget* parent);

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    void typed();
    void begun(const QString& operation);
    void ended(const client::Operation& operation);

    ImageContext m_context;
    QString m_image;
    QLineEdit* m_destination;
    TlsBox* m_tls;
    QPushButton* m_signIn;
    QWidget* m_view = nullptr;
};

} // namespace diptych::dialogs
