// Lists what deleting would delete and what stays, for every selected instance, before anything is done. Disks of
// domains that others made are never ticked beforehand; killing what still runs has to be ticked too.
#pragma once

#include "client/client.h"
#include "models/instance_store.h"

#include <QDialog>
#include <QMap>

class QCheckBox;
class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace diptych::widgets {
class Banner;
}

namespace diptych::dialogs {

class DeleteDialog final : public QDialog
{
    Q_OBJECT
public:
    DeleteDialog(client::Client& client, const models::InstanceStore& store, const QStringList& ids, QWidget* parent);
    /// Shows it and returns; it deletes itself.
    static void ask(client::Client& client, const models::InstanceStore& store, const QStringList& ids,
                    QWidget* parent);

private:
    void askPlans();
    void showPlan(const QString& id, const client::Answer<client::Client::RemovalPlan>& answer);
    void follow();
    void send();
    [[nodiscard]] QStringList running() const;
    [[nodiscard]] bool hasForeign() const;

    client::Client& m_client;
    const models::InstanceStore& m_store;
    QStringList m_ids;
    QTreeWidget* m_tree;
    QMap<QString, QTreeWidgetItem*> m_items;
    int m_open = 0; ///< plans that have not come yet
    bool m_planFailed = false;
    QCheckBox* m_force;
    QCheckBox* m_disks;
    QLabel* m_reason;
    widgets::Banner* m_banner;
    QPushButton* m_delete;
};

} // namespace diptych::dialogs
