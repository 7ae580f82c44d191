// A piece of long work on images: how much, how fast, how long yet, each layer on demand, and a button that ends it.
#pragma once

#include "models/image_work.h"

#include <QFrame>

class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QWidget;

namespace diptych::dialogs {

class WorkView final : public QFrame
{
    Q_OBJECT
public:
    WorkView(models::ImageWork& work, QString id, QWidget* parent);
    [[nodiscard]] const QString& id() const { return m_id; }
    void setPartsVisible(bool visible);

private:
    struct PartRow
    {
        QLabel* name = nullptr;
        QProgressBar* bar = nullptr;
        QLabel* amount = nullptr;
    };
    void showItem();
    void showParts(const QList<client::Part>& parts);
    static void setProgress(QProgressBar* bar, double progress);

    models::ImageWork& m_work;
    QString m_id;
    QLabel* m_title;
    QLabel* m_amount;
    QProgressBar* m_progress;
    QPushButton* m_toggle;
    QPushButton* m_cancel;
    QWidget* m_parts;
    QGridLayout* m_grid;
    QList<PartRow> m_rows;
};

} // namespace diptych::dialogs
