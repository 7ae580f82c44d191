#include "dialogs/volume_picker.h"

#include "dialogs/volume_upload.h"
#include "models/formatting.h"
#include "models/statements.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace diptych::dialogs {

using namespace Qt::StringLiterals;

VolumePicker::VolumePicker(client::MachineCalls& calls, What what, QWidget* parent)
    : QWidget(parent),
      m_calls(calls),
      m_what(what),
      m_pool(new QComboBox(this)),
      m_volume(new QComboBox(this)),
      m_upload(new VolumeUpload(calls, this)),
      m_make(new QPushButton(tr("Make the usual storage pool"), this)),
      m_problem(tr("Asking for the storage pools …"))
{
    m_pool->setAccessibleName(tr("Storage pool"));
    m_volume->setAccessibleName(tr("Volume"));
    m_pool->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_volume->setVisible(what == What::Volume);
    m_volume->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_volume->setMinimumContentsLength(24);
    m_upload->setVisible(what == What::Volume);
    m_upload->setPool({});
    m_make->setObjectName(u"makePool"_s);
    m_make->setAutoDefault(false);
    m_make->setToolTip(tr("A pool “default” in the directory where libvirt's tools keep images"));
    m_make->hide();
    auto* line = new QHBoxLayout;
    line->addWidget(m_make, 0, Qt::AlignLeft);
    line->addWidget(m_pool);
    line->addWidget(m_volume, 1);
    if (what == What::PoolOnly)
        line->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(line);
    layout->addWidget(m_upload);
    connect(m_upload, &VolumeUpload::changed, this, &VolumePicker::changed);
    connect(m_upload, &VolumeUpload::done, this, [this](const client::VolumeName& volume) {
        m_uploaded = volume.volume;
        prefer(volume);
        if (const int index = m_pool->findData(volume.pool); index != m_pool->currentIndex())
            m_pool->setCurrentIndex(index); // which asks
        else
            askVolumes();
    });
    setFocusProxy(m_pool);
    connect(m_pool, &QComboBox::currentIndexChanged, this, &VolumePicker::askVolumes);
    connect(m_volume, &QComboBox::currentIndexChanged, this, &VolumePicker::changed);
    connect(m_make, &QPushButton::clicked, this, &VolumePicker::makePool);
    askPools();
}

void VolumePicker::askPools()
{
    m_calls.pools(this, [this](const client::Answer<QList<client::StoragePool>>& answer) { takePools(answer); });
}

void VolumePicker::takePools(const client::Answer<QList<client::StoragePool>>& answer)
{
    m_problem = answer ? tr("There is no active storage pool. Make one on the page Storage.")
                       : models::errorText(answer.error());
    m_pool->clear();
    m_available.clear();
    const QList<client::StoragePool> pools = answer ? answer.value() : QList<client::StoragePool>();
    for (const client::StoragePool& pool : pools) {
        m_available[pool.name] = pool.available;
        if (pool.active && !(m_what == What::PoolOnly && pool.lacks.contains(u"create"_s)))
            m_pool->addItem(m_what == What::PoolOnly ? tr("%1 (%2 free)").arg(pool.name, models::bytes(pool.available))
                                                     : pool.name,
                            pool.name);
    }
    if (const int index = m_pool->findData(m_preferred.pool); index >= 0)
        m_pool->setCurrentIndex(index);
    const bool none = answer && pools.isEmpty();
    if (none)
        m_problem = tr("There is no storage pool yet, which disks are kept in.");
    m_make->setVisible(none);
    m_pool->setVisible(!none);
    m_volume->setVisible(!none && m_what == What::Volume);
    m_upload->setVisible(!none && m_what == What::Volume);
    emit changed();
}

void VolumePicker::makePool()
{
    m_make->setEnabled(false);
    m_calls.createPool(u"default"_s, {}, this, [this](const client::Answer<client::Nothing>& answer) {
        m_make->setEnabled(true);
        if (answer) {
            emit poolMade();
            askPools();
            return;
        }
        m_problem = models::errorText(answer.error());
        emit changed();
    });
}

void VolumePicker::prefer(const client::VolumeName& volume)
{
    m_preferred = volume;
}

void VolumePicker::setFilter(std::function<bool(const client::StorageVolume&)> filter)
{
    m_filter = std::move(filter);
    fill();
}

void VolumePicker::askVolumes()
{
    const QString pool = m_pool->currentData().toString();
    m_volumes.clear();
    m_upload->setPool(pool);
    fill();
    if (m_what == What::PoolOnly || pool.isEmpty())
        return;
    m_calls.volumes(pool, this, [this, pool](const client::Answer<QList<client::StorageVolume>>& answer) {
        if (pool != m_pool->currentData().toString())
            return;
        if (answer)
            m_volumes = answer.value();
        else
            m_problem = models::errorText(answer.error());
        fill();
        if (const QString name = std::exchange(m_uploaded, {}); !name.isEmpty() && m_volume->findData(name) < 0)
            m_upload->say(tr("%1 is in the pool, but it is none of those that fit here.").arg(name));
    });
}

void VolumePicker::fill()
{
    m_volume->clear();
    int unused = -1;
    for (const client::StorageVolume& volume : std::as_const(m_volumes)) {
        if (volume.format == QLatin1String("dir") || (m_filter && !m_filter(volume)))
            continue; // a directory is no disk
        if (unused < 0 && volume.users.isEmpty())
            unused = m_volume->count();
        m_volume->addItem(tr("%1 (%2)").arg(volume.name, models::bytes(volume.capacity)), volume.name);
    }
    const int preferred = m_volume->findData(m_preferred.volume);
    if (const int index = preferred >= 0 ? preferred : unused; index >= 0)
        m_volume->setCurrentIndex(index);
    emit changed();
}

client::VolumeName VolumePicker::chosen() const
{
    return {m_pool->currentData().toString(), m_volume->currentData().toString()};
}

qint64 VolumePicker::capacity() const
{
    for (const client::StorageVolume& volume : m_volumes)
        if (volume.name == chosen().volume)
            return volume.capacity;
    return 0;
}

QStringList VolumePicker::users() const
{
    for (const client::StorageVolume& volume : m_volumes)
        if (volume.name == chosen().volume)
            return volume.users;
    return {};
}

qint64 VolumePicker::available() const
{
    return m_available.value(m_pool->currentData().toString(), -1);
}

QString VolumePicker::problem() const
{
    if (m_upload->isRunning())
        return tr("A file is being uploaded: wait for it, or cancel it.");
    if (m_pool->count() == 0)
        return m_problem;
    return m_what == What::Volume && m_volume->count() == 0 ? tr("This pool has nothing that fits.") : QString();
}

} // namespace diptych::dialogs
