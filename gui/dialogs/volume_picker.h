// A volume by its pool and name, or a file of this computer that becomes one. Asks for pools and volumes when it is
// made, and for the volumes again with the pool.
#pragma once

#include "client/machine_calls.h"

#include <QWidget>

#include <functional>

class QComboBox;
class QPushButton;

namespace diptych::dialogs {

class VolumeUpload;

class VolumePicker final : public QWidget
{
    Q_OBJECT
public:
    enum class What { Volume, PoolOnly };
    VolumePicker(client::MachineCalls& calls, What what, QWidget* parent);
    [[nodiscard]] client::VolumeName chosen() const;
    [[nodiscard]] qint64 capacity() const;   ///< of the chosen one
    [[nodiscard]] QStringList users() const; ///< of the chosen one, in the helper's words
    [[nodiscard]] qint64 available() const;  ///< in the chosen pool; -1 unknown
    [[nodiscard]] QString problem() const;   ///< why nothing can be chosen; empty when something is
    void prefer(const client::VolumeName& volume);
    /// Which volumes are shown; all without.
    void setFilter(std::function<bool(const client::StorageVolume&)> filter);

    void askPools();

signals:
    void changed();
    void poolMade();

private:
    void makePool();
    void takePools(const client::Answer<QList<client::StoragePool>>& answer);
    void askVolumes();
    void fill();
    client::MachineCalls& m_calls;
    What m_what;
    QComboBox* m_pool;
    QComboBox* m_volume;
    VolumeUpload* m_upload;
    QPushButton* m_make;               ///< the first pool
    QString m_uploaded;                ///< is looked for among the volumes
    QMap<QString, qint64> m_available; ///< of the pools
    QList<client::StorageVolume> m_volumes;
    std::function<bool(const client::StorageVolume&)> m_filter;
    client::VolumeName m_preferred;
    QString m_problem;
};

} // namespace diptych::dialogs
