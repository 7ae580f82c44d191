// What stands where nothing is: loading, empty, error and disconnected each look different; an empty page offers the
// next step.
#pragma once

#include "widgets/tone.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QProgressBar;

namespace diptych::widgets {

class EmptyState final : public QWidget
{
    Q_OBJECT
public:
    enum class Look { Empty, Loading, Error, Disconnected };

    explicit EmptyState(QWidget* parent = nullptr);
    void setContent(Look look, const QString& title, const QString& text = {}, const QString& action = {},
                    const QString& iconName = {});

signals:
    void triggered();

protected:
    void changeEvent(QEvent* event) override;

private:
    void repaintIcon();
    void fitText();
    Look m_look = Look::Empty;
    QString m_iconName;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_action;
    QProgressBar* m_progress;
};

} // namespace diptych::widgets
