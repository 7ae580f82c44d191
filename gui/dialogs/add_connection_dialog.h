// A libvirt connection by hypervisor and host, or by any URI.
#pragma once

#include "dialogs/form_dialog.h"

class QComboBox;
class QLineEdit;

namespace diptych::dialogs {

class AddConnectionDialog final : public FormDialog
{
    Q_OBJECT
public:
    AddConnectionDialog(client::Client& client, QWidget* parent);

signals:
    void added(const QString& id);

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    void suggest();

    client::Client& m_client;
    QComboBox* m_kind;
    QLineEdit* m_host;
    QLineEdit* m_uri;
    QLineEdit* m_name;
    bool m_named = false; ///< by the person, not by us
};

} // namespace diptych::dialogs
