// Moves a machine to another libvirt. What stands against it is asked at each change of the question, and shown; it can
// only be sent when nothing does.
#pragma once

#include "client/machine_types.h"
#include "dialogs/form_dialog.h"
#include "models/instance_store.h"

class QComboBox;
class QLineEdit;

namespace diptych::dialogs {

class MigrateDialog final : public FormDialog
{
    Q_OBJECT
public:
    MigrateDialog(client::Client& client, const models::InstanceStore& store, const QString& id, QWidget* parent);

signals:
    void begun(const QString& operation);

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    void fillTargets();
    void check();
    void take(const client::Answer<client::MigrationCheck>& answer);
    [[nodiscard]] static QString fateOf(const client::DiskMove& disk);
    [[nodiscard]] QString target() const;

    client::Client& m_client;
    const models::InstanceStore& m_store;
    const QString m_id;
    QComboBox* m_to;
    QComboBox* m_disks;
    QLineEdit* m_address;
    QCheckBox* m_encrypted;
    QCheckBox* m_keep;
    QLabel* m_how;
    QLabel* m_problems;
    std::optional<client::MigrationCheck> m_checked;
    QString m_failed; ///< why it could not be checked
    int m_asked = 0;
};

} // namespace diptych::dialogs
