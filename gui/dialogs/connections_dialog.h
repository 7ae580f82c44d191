// The libvirt connections that were added: how each is, what its hypervisor lacks; add, open, close, remove.
#pragma once

#include "dialogs/list_dialog.h"
#include "models/instance_store.h"

class QPlainTextEdit;
class QPushButton;
class QTreeWidget;

namespace diptych::dialogs {

class ConnectionsDialog final : public ListDialog
{
    Q_OBJECT
public:
    ConnectionsDialog(client::Client& client, models::InstanceStore& store, QWidget* parent);
    void choose(const QString& id);

private:
    void fill();
    void follow();
    void add();
    void toggle();
    void remove();
    client::Callback<client::Nothing> teller(const QString& title);
    [[nodiscard]] const client::LibvirtConnection* chosen() const;

    client::Client& m_client;
    models::InstanceStore& m_store;
    QTreeWidget* m_list;
    QPlainTextEdit* m_about;
    QPushButton* m_toggle;
    QPushButton* m_remove;
    QString m_wanted; ///< chosen as soon as it is there
    bool m_sure = false;
};

} // namespace diptych::dialogs
