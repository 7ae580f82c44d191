// Sign in to a registry. The password goes to the helper, which tries it and keeps it in a file of root's; here it is
// neither kept nor shown.
#pragma once

#include "dialogs/form_dialog.h"
#include "dialogs/image_context.h"

class QLineEdit;

namespace diptych::dialogs {

class LoginDialog final : public FormDialog
{
    Q_OBJECT
public:
    LoginDialog(const ImageContext& context, const QString& registry, QWidget* parent);
    static LoginDialog* ask(const ImageContext& context, const QString& registry, QWidget* parent);

signals:
    void signedIn(const QString& registry);

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    ImageContext m_context;
    QLineEdit* m_registry;
    QLineEdit* m_username;
    QLineEdit* m_password;
    TlsBox* m_tls;
};

} // namespace diptych::dialogs
