#pragma once

#include "client/client.h"
#include "models/instance_store.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace diptych::widgets {
class Banner;
}

namespace diptych::dialogs {

class RenameDialog final : public QDialog
{
    Q_OBJECT
public:
    RenameDialog(client::Client& client, const models::InstanceStore& store, const QString& id, QWidget* parent);
    /// Shows it and returns; it deletes itself.
    static void ask(client::Client& client, const models::InstanceStore& store, const QString& id, QWidget* parent);

private:
    void validate();
    void send();

    client::Client& m_client;
    const models::InstanceStore& m_store;
    QString m_id;
    QLineEdit* m_name;
    QLabel* m_problem;
    widgets::Banner* m_banner;
    QPushButton* m_ok;
};

} // namespace diptych::dialogs
