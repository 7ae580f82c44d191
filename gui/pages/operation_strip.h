// Long work followed where it was begun: what, which step, how far, and how to cancel it. Closing the page leaves it
// be.
#pragma once

#include "models/operation_model.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;

namespace diptych::pages {

class OperationStrip final : public QFrame
{
    Q_OBJECT
public:
    explicit OperationStrip(models::OperationModel& operations, QWidget* parent = nullptr); ///< hidden
    void follow(const QString& operation, std::function<void(const client::Operation&)> ended);

private:
    void showProgress();
    models::OperationModel& m_operations;
    QString m_id;
    QLabel* m_title;
    QLabel* m_detail;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
};

} // namespace diptych::pages
