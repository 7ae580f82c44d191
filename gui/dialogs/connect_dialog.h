// Which host to look at: this one, or another over ssh with the user's own keys.
#pragma once

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace diptych::dialogs {

class ConnectDialog final : public QDialog
{
    Q_OBJECT
public:
    /// current: the address connected to now.
    explicit ConnectDialog(const QString& current, QWidget* parent = nullptr);
    [[nodiscard]] QString address() const; ///< for client::Client::create
    /// Remembered hosts ("user@host"), newest first.
    static QStringList recentHosts();

signals:
    void chosen(const QString& address);

private:
    void validate();
    void choose();

    QRadioButton* m_local;
    QRadioButton* m_remote;
    QComboBox* m_host;
    QLabel* m_problem;
    QPushButton* m_connect;
};

} // namespace diptych::dialogs
