// Something that is typed, or chosen among what the helper's machine or another host has: found by a button.
#pragma once

#include "client/machine_types.h"

#include <QWidget>

class QComboBox;
class QPushButton;

namespace diptych::dialogs {

class SourceField final : public QWidget
{
    Q_OBJECT
public:
    explicit SourceField(QWidget* parent);
    [[nodiscard]] QString text() const;
    void setText(const QString& text);
    void setPlaceholder(const QString& text);
    /// Why nothing can be looked for now; empty: it can.
    void setObstacle(const QString& reason);
    void setBusy(bool busy);
    /// What was typed stays.
    void take(const QList<client::FoundSource>& found);
    void clear();
    /// What is known of what stands in the field; null: nothing.
    [[nodiscard]] const client::FoundSource* known() const;

signals:
    void changed();
    void lookWanted();

private:
    void follow();
    QComboBox* m_edit;
    QPushButton* m_look;
    QList<client::FoundSource> m_found;
    QString m_obstacle;
    bool m_busy = false;
};

/// "20 GiB, ext4, mounted at /": all that is known of it, in words.
QString describeSource(const client::FoundSource& source);

} // namespace diptych::dialogs
