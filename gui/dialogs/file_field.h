// A path on this machine: written, dropped, or chosen with the desktop's dialog.
#pragma once

#include <QWidget>

class QLineEdit;

namespace diptych::dialogs {

class FileField final : public QWidget
{
    Q_OBJECT
public:
    enum class For { Reading, Writing };
    FileField(For purpose, const QString& filter, QWidget* parent);
    [[nodiscard]] QString path() const;
    void setPath(const QString& path);
    [[nodiscard]] QLineEdit* edit() const { return m_edit; }

signals:
    void changed();

private:
    void browse();
    For m_for;
    QString m_filter;
    QLineEdit* m_edit;
};

} // namespace diptych::dialogs
