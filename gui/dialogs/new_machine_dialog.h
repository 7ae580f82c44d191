// A virtual machine from a medium, a disk or a cloud image: what it boots, how large, and who may log in.
#pragma once

#include "client/machine_calls.h"
#include "dialogs/form_dialog.h"
#include "models/instance_store.h"

#include <QSet>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace diptych::models {
class ImageWork;
}

namespace diptych::dialogs {

class AppliancePanel;
class FileField;
class VolumePicker;

class NewMachineDialog final : public FormDialog
{
    Q_OBJECT
public:
    /// connection: where it is made, empty for this machine.
    NewMachineDialog(client::Client& client, models::InstanceStore& store, const QString& connection, QWidget* parent);
    void start(const client::VolumeName& volume, bool medium); ///< from this one
    void setWork(models::ImageWork& work) { m_work = &work; }  ///< what is sent goes on without this dialog
    [[nodiscard]] client::MachineSpec spec() const;

signals:
    void begun(const QString& operation);

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    enum From { Medium, CloudImage, Disk, Network, Nothing, Appliance };
    void addAppliance();
    void applyAppliance();
    void fillAppliance(client::MachineSpec& spec) const;
    void sendAppliance();
    void addWhat();
    void addSizes();
    void addCloud();
    void showFields();
    void showRoom();
    void recognise();
    void addSystem();
    void applySystem();
    void fillSystems(const QList<client::OperatingSystem>& systems);
    // new_machine_unattended.cpp
    void addUnattended();
    void askUnattended();
    void showUnattended();
    [[nodiscard]] const client::UnattendedProfile* unattendedProfile() const; ///< the wanted one; null: none
    [[nodiscard]] QString unattendedBlocker() const;
    [[nodiscard]] std::optional<client::Unattended> answers() const;

    /// Of an installation without questions.
    struct Answers
    {
        QCheckBox* wanted = nullptr;
        QLabel* note = nullptr;
        QComboBox *profile = nullptr, *language = nullptr, *timezone = nullptr;
        QLineEdit *user = nullptr, *password = nullptr, *key = nullptr;
        client::UnattendedOffer offer;
        QString asked; ///< of which medium and system
    };

    client::MachineCalls& m_calls;
    bool m_here; ///< on the host that the store knows
    models::InstanceStore& m_store;
    QLineEdit* m_name;
    QComboBox* m_from;
    VolumePicker* m_volume;
    VolumePicker* m_pool;
    models::ImageWork* m_work = nullptr;
    FileField* m_archive = nullptr;
    AppliancePanel* m_appliance = nullptr;
    QComboBox* m_system;
    QSpinBox* m_size;
    QSpinBox* m_vcpus;
    QSpinBox* m_memory;
    QComboBox* m_firmware;
    QComboBox* m_devices;
    QCheckBox* m_tpm;
    QComboBox* m_network;
    QLineEdit* m_user;
    QLineEdit* m_password;
    QPlainTextEdit* m_keys;
    QLineEdit* m_packages;
    QCheckBox* m_start;
    Answers m_answers;
    QList<client::OperatingSystem> m_systems;
    QString m_found;          ///< the system that the medium was recognised to hold
    QString m_asked;          ///< of which medium it was asked
    QSet<QWidget*> m_touched; ///< what the person chose is not changed by a recommendation
    bool m_applying = true;   ///< what changes now is nobody's choice; so while it is put together
};

} // namespace diptych::dialogs
