// A new storage pool: a directory, or what is there already on a disk or another host. Types that this libvirt does not
// offer are grey, with the reason.
#pragma once

#include "client/machine_types.h"
#include "dialogs/form_dialog.h"

class QComboBox;
class QLineEdit;

namespace diptych::client {
class MachineCalls;
}

namespace diptych::dialogs {

class PoolDialog final : public FormDialog
{
    Q_OBJECT
public:
    PoolDialog(client::MachineCalls& calls, QWidget* parent);

signals:
    void made();

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    void take(const QList<client::PoolType>& types);
    void choose();
    [[nodiscard]] client::NewPool pool() const;

    client::MachineCalls& m_calls;
    QComboBox* m_type;
    QLineEdit* m_name;
    QLineEdit* m_host;
    QLineEdit* m_device;
    QLineEdit* m_source;
    QLineEdit* m_path;
    QString m_suggested; ///< path
};

} // namespace diptych::dialogs
