// A file of this computer on its way into a storage pool: a button, and while it goes its progress and a way to end it.
#pragma once

#include "client/machine_calls.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace diptych::dialogs {

class VolumeUpload final : public QWidget
{
    Q_OBJECT
public:
    VolumeUpload(client::MachineCalls& calls, QWidget* parent);
    ~VolumeUpload() override;
    void setPool(const QString& pool); ///< where the next one goes; empty: there is none
    void upload(const QString& file);
    void say(const QString& problem);
    [[nodiscard]] bool isRunning() const { return m_running; }

signals:
    void changed();
    void done(const diptych::client::VolumeName& volume);

private:
    void choose();
    void showProgress();
    void sent(const std::optional<client::Error>& error);
    void end(const std::optional<client::Error>& error);

    client::MachineCalls& m_calls;
    QString m_pool;
    client::VolumeName m_volume; ///< that is being made
    std::unique_ptr<client::Transfer> m_transfer;
    bool m_running = false;
    QPushButton* m_button;
    QProgressBar* m_progress;
    QLabel* m_amount;
    QPushButton* m_cancel;
    QLabel* m_problem;
};

} // namespace diptych::dialogs
