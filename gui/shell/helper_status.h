// The foot of the navigation: is the helper there, and what is it doing.
#pragma once

#include "client/client.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace diptych::models {
class OperationModel;
}

namespace diptych::shell {

class HelperStatus final : public QWidget
{
    Q_OBJECT
public:
    explicit HelperStatus(QWidget* parent = nullptr);
    void showState(client::ConnectionState state, const QString& problem);
    void showOperations(models::OperationModel& operations);

signals:
    void cancelWanted(const QString& operation);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* m_state;
    QLabel* m_work;
    QProgressBar* m_progress;
    QToolButton* m_cancel;
    QString m_operation;
    client::ConnectionState m_shown = client::ConnectionState::Disconnected;
};

} // namespace diptych::shell
