#include "dialogs/new_machine_dialog.h"

#include "dialogs/appliance_panel.h"
#include "dialogs/name_check.h"
#include "dialogs/volume_picker.h"
#include "models/formatting.h"
#include "models/reasons.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QThread>

namespace diptych::dialogs {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mebi = 1 << 20;
constexpr qint64 gibi = 1 << 30;

bool isMedium(const client::StorageVolume& volume)
{
    return volume.format == u"iso"_s || volume.name.endsWith(u".iso"_s, Qt::CaseInsensitive);
}

} // namespace

NewMachineDialog::NewMachineDialog(client::Client& client, models::InstanceStore& store, const QString& connection,
                                   QWidget* parent)
    : FormDialog(tr("New virtual machine"), tr("Create"), parent),
      m_calls(client.machineCallsOn(connection)),
      m_here(connection.isEmpty() && store.hasHost()),
      m_store(store),
      m_name(new QLineEdit(NameCheck::freeName(u"machine"_s, store, false), this)),
      m_from(new QComboBox(this)),
      m_volume(new VolumePicker(m_calls, VolumePicker::What::Volume, this)),
      m_pool(new VolumePicker(m_calls, VolumePicker::What::PoolOnly, this)),
      m_system(new QComboBox(this)),
      m_size(new QSpinBox(this)),
      m_vcpus(new QSpinBox(this)),
      m_memory(new QSpinBox(this)),
      m_firmware(new QComboBox(this)),
      m_devices(new QComboBox(this)),
      m_tpm(new QCheckBox(tr("A TPM 2.0, emulated"), this)),
      m_network(new QComboBox(this)),
      m_user(new QLineEdit(this)),
      m_password(new QLineEdit(this)),
      m_keys(new QPlainTextEdit(this)),
      m_packages(new QLineEdit(this)),
      m_start(new QCheckBox(tr("Start it"), this))
{
    addWhat();
    addSizes();
    addCloud();
    addUnattended();
    m_start->setChecked(true);
    addWide(m_start);
    connect(m_name, &QLineEdit::textChanged, this, &NewMachineDialog::follow);
    for (QLineEdit* line : {m_user, m_password})
        connect(line, &QLineEdit::textChanged, this, &NewMachineDialog::follow);
    connect(m_keys, &QPlainTextEdit::textChanged, this, &NewMachineDialog::follow);
    connect(m_volume, &VolumePicker::changed, this, &NewMachineDialog::follow);
    connect(m_volume, &VolumePicker::changed, this, &NewMachineDialog::recognise);
    connect(m_volume, &VolumePicker::changed, this, &NewMachineDialog::askUnattended);
    connect(m_pool, &VolumePicker::changed, this, &NewMachineDialog::follow);
    connect(m_pool, &VolumePicker::poolMade, m_volume, &VolumePicker::askPools);
    connect(m_volume, &VolumePicker::poolMade, m_pool, &VolumePicker::askPools);
    for (VolumePicker* picker : {m_pool, m_volume})
        connect(picker, &VolumePicker::changed, this, &NewMachineDialog::showRoom);
    connect(m_from, &QComboBox::currentIndexChanged, this, &NewMachineDialog::showFields);
    connect(m_network, &QComboBox::currentIndexChanged, this, &NewMachineDialog::follow);
    m_calls.networks(this, [this](const client::Answer<QList<client::VirtualNetwork>>& answer) {
        if (answer)
            for (const client::VirtualNetwork& network : answer.value())
                m_network->addItem(network.name, network.name);
        m_network->addItem(tr("none"), QString());
        m_network->setCurrentIndex(std::max(0, m_network->findData(u"default"_s)));
    });
    showUnattended();
    showFields();
    m_applying = false;
    for (QSpinBox* box : {m_size, m_vcpus, m_memory})
        connect(box, &QSpinBox::valueChanged, this, &NewMachineDialog::showRoom);
    connect(&m_store, &models::InstanceStore::swept, this, &NewMachineDialog::showRoom);
}

void NewMachineDialog::addWhat()
{
    m_name->setObjectName(u"name"_s);
    m_from->setObjectName(u"from"_s);
    m_from->addItems({tr("An installation medium (ISO)"), tr("A cloud image, with cloud-init"),
                      tr("A disk that has a system"), tr("The network (PXE)"), tr("Nothing: an empty disk")});
    m_from->addItem(tr("A machine from elsewhere (OVA, OVF)"));
    if (!m_here) {
        auto* item = qobject_cast<QStandardItemModel*>(m_from->model())->item(Appliance);
        item->setEnabled(false);
        item->setToolTip(tr("Archives are imported on this machine's own libvirt only."));
    }
    addField(tr("Name"), m_name, u"spec.name"_s);
    addField(tr("Boots from"), m_from, u"spec.medium"_s);
    addField(tr("Volume"), m_volume, u"spec.disk.volume"_s);
    addAppliance();
    addField(tr("System"), m_system, u"spec.system"_s, tr("Chooses what it recommends below. It may stay unknown."));
    addSystem();
}

void NewMachineDialog::addSizes()
{
    m_size->setRange(1, 1 << 20);
    m_size->setValue(20);
    m_size->setSuffix(tr(" GiB"));
    m_vcpus->setRange(1, 1024);
    m_vcpus->setValue(m_here ? std::clamp(m_store.host().cpus, 1, 2) : 2);
    m_memory->setRange(64, 64 << 20);
    m_memory->setSingleStep(256);
    m_memory->setValue(2048);
    m_memory->setSuffix(tr(" MiB"));
    m_firmware->addItem(tr("BIOS"), u"bios"_s);
    m_firmware->addItem(tr("UEFI"), u"uefi"_s);
    m_firmware->addItem(tr("UEFI with Secure Boot"), u"secureUefi"_s);
    m_devices->addItem(tr("virtio: fast, for Linux and BSD"), true);
    m_devices->addItem(tr("SATA, e1000e, VGA: for systems without virtio drivers"), false);
    addField(tr("Disk in"), m_pool, u"spec.disk.pool"_s);
    addField(tr("Disk size"), m_size, u"spec.disk.capacity"_s);
    addField(tr("vCPUs"), m_vcpus, u"spec.vcpus"_s,
             m_here ? tr("This host has %n processor(s).", nullptr, m_store.host().cpus) : QString());
    addField(tr("Memory"), m_memory, u"spec.memory"_s);
    addField(tr("Firmware"), m_firmware, u"spec.firmware"_s,
             tr("With this libvirt snapshots of UEFI machines are files of their own; BIOS machines can also keep them "
                "in their disks."));
    addField(tr("Devices"), m_devices, u"spec.virtio"_s);
    addField(tr("Network"), m_network, u"spec.network"_s, {});
    addWide(m_tpm);
}

void NewMachineDialog::addCloud()
{
    m_user->setObjectName(u"user"_s);
    m_password->setObjectName(u"password"_s);
    m_password->setEchoMode(QLineEdit::Password);
    m_keys->setMaximumHeight(60);
    m_keys->setTabChangesFocus(true);
    addField(tr("User"), m_user, u"cloudInit.user"_s, tr("Made at the first start, may become root by sudo"));
    addField(tr("Password"), m_password, u"cloudInit.password"_s, tr("Kept as a hash only; may be empty with a key"));
    addField(tr("SSH keys"), m_keys, u"cloudInit.keys"_s, tr("One a line, as in authorized_keys"));
    addField(tr("Packages"), m_packages, u"cloudInit.packages"_s,
             tr("Installed at the first start, with spaces between"));
}

/// What the host and the pool have left, and what is more than that: allowed, for neither takes it at once.
void NewMachineDialog::showRoom()
{
    if (m_here) {
        const qint64 all = m_store.host().memory, wanted = m_memory->value() * mebi;
        const models::HostHistory& past = m_store.hostHistory();
        const qint64 left = past.isEmpty() ? -1 : past.last().memoryTotal - past.last().memoryUsed;
        setHint(u"spec.memory"_s,
                left < 0 ? tr("This host has %1.").arg(models::bytes(all))
                         : tr("This host has %1, %2 of it free now.").arg(models::bytes(all), models::bytes(left)));
        setProblem(u"spec.memory"_s, left >= 0 && wanted > left
                                         ? tr("More than is free: the host may have to end something for it.")
                                         : QString());
        setProblem(u"spec.vcpus"_s, m_vcpus->value() > m_store.host().cpus
                                        ? tr("More than the host has: they wait for each other.")
                                        : QString());
    }
    const QStringList users = m_from->currentIndex() == Disk ? m_volume->users() : QStringList();
    setProblem(u"spec.disk.volume"_s, users.isEmpty() ? QString()
                                                      : tr("Already used: %1. Two machines that write to one disk "
                                                           "destroy what is on it.")
                                                            .arg(models::diskUserTexts(users)));
    const bool copies = m_from->currentIndex() == CloudImage;
    const qint64 left = copies ? m_volume->available() : m_pool->available();
    setHint(u"spec.disk.capacity"_s, copies && left >= 0 ? tr("%1 free there").arg(models::bytes(left)) : QString());
    setProblem(u"spec.disk.capacity"_s, left >= 0 && m_size->value() * gibi > left
                                            ? tr("More than is free: it begins small, and stops once the pool is full.")
                                            : QString());
}

void NewMachineDialog::start(const client::VolumeName& volume, bool medium)
{
    m_volume->prefer(volume);
    m_pool->prefer({volume.pool, {}});
    m_from->setCurrentIndex(medium ? Medium : Disk);
    showFields();
}

void NewMachineDialog::showFields()
{
    const int from = m_from->currentIndex();
    m_volume->setFilter(from == Medium ? std::function<bool(const client::StorageVolume&)>(isMedium)
                                       : [](const client::StorageVolume& volume) { return !isMedium(volume); });
    const bool archive = from == Appliance;
    setFieldVisible(u"spec.disk.volume"_s, from != Nothing && from != Network && !archive);
    setFieldVisible(u"spec.disk.pool"_s, from != CloudImage && from != Disk && !archive);
    setFieldVisible(u"spec.disk.capacity"_s, from != Disk && !archive);
    setFieldVisible(u"spec.network"_s, !archive);
    setFieldVisible(u"descriptor"_s, archive);
    m_appliance->setVisible(archive && m_appliance->appliance());
    for (const QString& field :
         {u"cloudInit.user"_s, u"cloudInit.password"_s, u"cloudInit.keys"_s, u"cloudInit.packages"_s})
        setFieldVisible(field, from == CloudImage);
    setHint(u"spec.disk.volume"_s, from == CloudImage ? tr("It is copied; the image itself stays as it is.")
                                   : from == Disk     ? tr("The machine gets this very disk and writes to it.")
                                                      : QString());
    setHint(u"spec.network"_s,
            from == Network ? tr("Something has to answer there: DHCP with a boot server. Its disk is tried first.")
                            : QString());
    recognise();
    askUnattended();
    showRoom();
    fit();
    follow();
}

QString NewMachineDialog::blocker() const
{
    if (const QString wrong = NameCheck::problem(m_name->text(), m_store); !wrong.isEmpty())
        return wrong;
    const int from = m_from->currentIndex();
    if (from == Appliance)
        return m_appliance->problem();
    const bool makesDisk = from == Medium || from == Network || from == Nothing;
    if (from != Nothing && from != Network && !m_volume->problem().isEmpty())
        return m_volume->problem();
    if (makesDisk && !m_pool->problem().isEmpty())
        return m_pool->problem();
    if (from == Network && m_network->currentData().toString().isEmpty())
        return tr("To boot from the network it needs one.");
    if (from == CloudImage && m_user->text().isEmpty())
        return tr("Who shall be able to log in? Name a user.");
    if (from == CloudImage && m_password->text().isEmpty() && m_keys->toPlainText().trimmed().isEmpty())
        return tr("Without a password and without a key nobody could log in.");
    return unattendedBlocker();
}

client::MachineSpec NewMachineDialog::spec() const
{
    client::MachineSpec spec;
    spec.name = m_name->text();
    spec.vcpus = m_vcpus->value();
    spec.memory = m_memory->value() * mebi;
    spec.firmware = m_firmware->currentData().toString();
    spec.virtio = m_devices->currentData().toBool();
    spec.tpm = m_tpm->isChecked();
    spec.network = m_network->currentData().toString();
    spec.start = m_start->isChecked();
    spec.capacity = m_size->value() * gibi;
    spec.system = m_system->currentData().toString();
    switch (m_from->currentIndex()) {
    case Medium:
        spec.medium = m_volume->chosen();
        spec.unattended = answers();
        [[fallthrough]];
    case Network:
    case Nothing:
        spec.networkBoot = m_from->currentIndex() == Network;
        spec.diskKind = u"new"_s;
        spec.disk = {m_pool->chosen().pool, {}};
        break;
    case CloudImage:
        spec.diskKind = u"copy"_s;
        spec.disk = m_volume->chosen();
        spec.cloudInit = client::CloudInit{
            m_user->text(), m_password->text(), m_keys->toPlainText().split(u'\n', Qt::SkipEmptyParts),
            m_packages->text().split(QRegularExpression(u"[\\s,]+"_s), Qt::SkipEmptyParts)};
        break;
    case Appliance:
        fillAppliance(spec);
        break;
    default:
        spec.diskKind = u"existing"_s;
        spec.disk = m_volume->chosen();
        spec.capacity = 0;
        break;
    }
    return spec;
}

void NewMachineDialog::send()
{
    clearProblems();
    setBusy(true);
    if (m_from->currentIndex() == Appliance) {
        sendAppliance();
        return;
    }
    m_calls.createMachine(spec(), this, [this](const client::Answer<QString>& answer) {
        if (!answer) {
            refuse(tr("Not created"), answer.error());
            return;
        }
        emit begun(answer.value());
        accept();
    });
}

} // namespace diptych::dialogs
