// NewMachineDialog: the operating system, and what follows from it.
#include "dialogs/new_machine_dialog.h"
#include "dialogs/searchable.h"
#include "dialogs/volume_picker.h"
#include "models/formatting.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>

#include <algorithm>

namespace diptych::dialogs {

using namespace Qt::StringLiterals;

void NewMachineDialog::addSystem()
{
    m_system->setObjectName(u"system"_s);
    makeSearchable(m_system);
    m_system->lineEdit()->setAccessibleName(tr("System"));
    m_system->addItem(tr("unknown"), QString());
    connect(m_system, &QComboBox::currentIndexChanged, this, &NewMachineDialog::applySystem);
    const auto watch = [this](QWidget* widget) {
        if (!m_applying)
            m_touched.insert(widget);
    };
    for (QSpinBox* box : {m_size, m_memory, m_vcpus})
        connect(box, &QSpinBox::valueChanged, this, [watch, box] { watch(box); });
    connect(m_devices, &QComboBox::activated, this, [watch, this] { watch(m_devices); });
    m_calls.systems(this, [this](const client::Answer<QList<client::OperatingSystem>>& answer) {
        if (answer)
            fillSystems(answer.value());
        else
            setFieldVisible(u"spec.system"_s, false); // an older helper, or no database: as it was without
    });
}

void NewMachineDialog::fillSystems(const QList<client::OperatingSystem>& systems)
{
    m_systems = systems;
    for (const client::OperatingSystem& one : systems)
        m_system->addItem(one.supported ? one.name : tr("%1 (no longer supported)").arg(one.name), one.id);
    if (const int found = m_system->findData(m_found); !m_found.isEmpty() && found > 0)
        m_system->setCurrentIndex(found);
}

void NewMachineDialog::recognise()
{
    const client::VolumeName medium = m_volume->chosen();
    const QString key = m_from->currentIndex() == Medium && m_volume->problem().isEmpty()
                            ? u"%1/%2"_s.arg(medium.pool, medium.volume)
                            : QString();
    if (key == m_asked)
        return;
    m_asked = key;
    setHint(u"spec.system"_s, tr("Chooses what it recommends below. It may stay unknown."));
    if (key.isEmpty())
        return;
    m_calls.recognise(medium, this, [this, key](const client::Answer<client::Recognised>& answer) {
        if (key != m_asked || !answer)
            return;
        const client::Recognised& found = answer.value();
        m_found = found.system ? found.system->id : QString();
        m_system->setCurrentIndex(std::max(0, m_system->findData(m_found)));
        setHint(u"spec.system"_s,
                found.system && found.exact ? tr("Recognised by the medium's label, %1.").arg(found.label)
                : found.system ? tr("The release on the medium, %1, is newer than what is known here; this is the "
                                    "nearest before it.")
                                     .arg(found.label)
                : found.label.isEmpty() ? tr("This is no ISO 9660 medium that could be recognised.")
                                        : tr("The label %1 belongs to no system that is known here.").arg(found.label));
        fit();
    });
}

void NewMachineDialog::applySystem()
{
    const auto found = std::find_if(m_systems.cbegin(), m_systems.cend(), [this](const client::OperatingSystem& one) {
        return one.id == m_system->currentData().toString();
    });
    if (found == m_systems.cend())
        return;
    m_applying = true;
    const auto apply = [this](QSpinBox* box, qint64 value) {
        if (value > 0 && !m_touched.contains(box))
            box->setValue(int(std::min<qint64>(value, box->maximum())));
    };
    apply(m_memory, found->memory >> 20);
    apply(m_size, (found->storage + (1 << 30) - 1) >> 30);
    if (m_here)
        apply(m_vcpus, std::min(found->vcpus, m_store.host().cpus));
    if (!m_touched.contains(m_devices))
        m_devices->setCurrentIndex(m_devices->findData(found->virtio));
    m_applying = false;
    follow();
}

} // namespace diptych::dialogs
