// A new storage pool: a directory, or what is there on a disk or another host, or is made on a disk that nobody uses.
// Types that this libvirt does not offer are grey, with the reason. What would be erased is named, and needs a tick of
// its own.
#pragma once

#include "client/machine_types.h"
#include "dialogs/form_dialog.h"
#include "dialogs/pool_kinds.h"

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace diptych::client {
class MachineCalls;
}

namespace diptych::dialogs {

class SourceField;

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
    void build();
    void take(const QList<client::PoolType>& types);
    void choose();
    /// Which of the fields are shown, and what they say: after each change.
    void arrange();
    void look(SourceField* field, const QString& type);
    [[nodiscard]] const PoolKind& kind() const;
    [[nodiscard]] bool makes() const;   ///< something on the device
    [[nodiscard]] bool device() const;  ///< one is needed
    [[nodiscard]] QString held() const; ///< what is on the device, as far as it is known
    [[nodiscard]] QString hostBlocker() const;
    [[nodiscard]] QString deviceBlocker() const;
    [[nodiscard]] int port() const; ///< 0: the usual one, -1: what stands there is none
    [[nodiscard]] client::NewPool pool() const;

    client::MachineCalls& m_calls;
    QList<PoolKind> m_kinds;
    QComboBox* m_type;
    QLineEdit* m_name;
    QLineEdit* m_host;
    SourceField* m_source;
    QCheckBox* m_make;
    SourceField* m_device;
    QComboBox* m_format;
    QCheckBox* m_erase;
    QLineEdit* m_user;
    QLineEdit* m_password;
    QLineEdit* m_initiator;
    QLineEdit* m_port;
    QComboBox* m_version;
    QLineEdit* m_path;
    QString m_suggested; ///< path
};

} // namespace diptych::dialogs
