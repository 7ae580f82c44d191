// NewMachineDialog: a machine that comes from another hypervisor as one file.
#include "dialogs/appliance_panel.h"
#include "dialogs/file_field.h"
#include "dialogs/name_check.h"
#include "dialogs/new_machine_dialog.h"
#include "models/image_work.h"
#include "models/statements.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSpinBox>

#include <algorithm>

namespace diptych::dialogs {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 oneMebi = 1 << 20;

/// Letters, digits and a few signs of what it is called there.
QString plainName(const QString& name)
{
    static const QRegularExpression others(u"[^A-Za-z0-9_+.-]+"_s), beginning(u"^[.-]+"_s);
    QString plain = name;
    plain.replace(others, u"-"_s).remove(beginning);
    while (plain.endsWith(u'-'))
        plain.chop(1);
    return plain.isEmpty() ? u"machine"_s : plain.left(50);
}

} // namespace

void NewMachineDialog::addAppliance()
{
    m_archive =
        new FileField(FileField::For::Reading, tr("Machines of other hypervisors (*.ova *.ovf);;All files (*)"), this);
    m_archive->edit()->setObjectName(u"archive"_s);
    m_appliance = new AppliancePanel(m_calls, this);
    addField(tr("Archive"), m_archive, u"descriptor"_s,
             tr("OVA, or OVF with its disks beside it, as VirtualBox, VMware and oVirt write them."));
    addWide(m_appliance);
    connect(m_archive, &FileField::changed, this, [this] {
        setProblem(u"descriptor"_s, {});
        m_appliance->look(m_archive->path());
    });
    connect(m_appliance, &AppliancePanel::changed, this, &NewMachineDialog::follow);
    connect(m_appliance, &AppliancePanel::read, this, &NewMachineDialog::applyAppliance);
    connect(m_appliance, &AppliancePanel::refused, this, [this](const QString& reason) {
        setProblem(u"descriptor"_s, reason);
        fit();
        follow();
    });
}

void NewMachineDialog::applyAppliance()
{
    const client::Appliance& found = *m_appliance->appliance();
    m_name->setText(NameCheck::freeName(plainName(found.name), m_store, false));
    m_vcpus->setValue(found.vcpus);
    if (found.memory > 0)
        m_memory->setValue(int(std::min<qint64>(found.memory / oneMebi, m_memory->maximum())));
    m_firmware->setCurrentIndex(std::max(0, m_firmware->findData(found.firmware)));
    m_tpm->setChecked(found.tpm);
    // Its own sizes, not what the system would like; and virtio only where it has it or libosinfo says so.
    for (QWidget* box : std::initializer_list<QWidget*>{m_vcpus, m_memory, m_size})
        m_touched.insert(box);
    m_touched.remove(m_devices);
    const bool virtio = std::any_of(found.disks.cbegin(), found.disks.cend(),
                                    [](const client::ApplianceDisk& disk) { return disk.bus == u"virtio"_s; });
    m_devices->setCurrentIndex(m_devices->findData(virtio));
    if (virtio)
        m_touched.insert(m_devices);
    m_found = found.system;
    m_system->setCurrentIndex(found.system.isEmpty() ? 0 : std::max(0, m_system->findData(found.system)));
    setHint(u"spec.system"_s, found.system.isEmpty() ? tr("The archive does not say without a doubt which one it is.")
                                                     : tr("As the archive says."));
    setHint(u"spec.virtio"_s,
            tr("What it is given in place of the controllers that it had. If it does not find its disk, "
               "choose the other."));
    fit();
    follow();
}

void NewMachineDialog::fillAppliance(client::MachineSpec& spec) const
{
    spec.diskKind = u"existing"_s;
    spec.disk = {u"diptych"_s, {}};
    spec.capacity = 0;
    spec.moreNetworks = m_appliance->networks();
    spec.macs = m_appliance->macs();
    spec.network = spec.moreNetworks.isEmpty() ? QString() : spec.moreNetworks.takeFirst();
}

void NewMachineDialog::sendAppliance()
{
    m_work->send(m_calls.importAppliance(m_appliance->pack(), spec()),
                 models::verbProgress(u"importMachine"_s, m_name->text()), this,
                 [this](const client::Answer<QString>& answer) {
                     if (!answer) {
                         refuse(tr("Not imported"), answer.error());
                         return;
                     }
                     emit begun(answer.value());
                     accept();
                 });
}

} // namespace diptych::dialogs
