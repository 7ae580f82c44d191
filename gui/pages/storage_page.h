// Storage pools of libvirt on the left, the volumes of the chosen one on the right, with who needs each.
#pragma once

#include "client/machine_types.h"
#include "pages/connection_picker.h"
#include "pages/context.h"

class QLabel;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableWidget;
class QTreeWidget;

namespace diptych::client {
class Transfer;
}
namespace diptych::widgets {
class Banner;
class EmptyState;
} // namespace diptych::widgets

namespace diptych::pages {

class Header;

class StoragePage final : public Page
{
    Q_OBJECT
public:
    explicit StoragePage(const Context& context, QWidget* parent = nullptr);
    ~StoragePage() override;
    [[nodiscard]] QString title() const override { return tr("Storage"); }
    void refresh() override { askPools(); }
    void shown() override { askPools(); }
    [[nodiscard]] QTreeWidget* pools() const { return m_pools; }
    [[nodiscard]] QTableWidget* volumes() const { return m_volumes; }
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

private:
    void build();
    void buildMenus();
    void askPools();
    void askVolumes();
    void fillPools();
    void fillVolumes();
    void follow();
    void followMenus();
    void fillUsers();
    void goTo(const QString& user); ///< of StorageVolume::users: the machine, or the volume
    void makePool();
    void changePool(const QString& change);
    void removePool();
    void destroyPool();
    void openXml(); ///< of the pool
    void makeVolume();
    void growVolume();
    void copyVolume();
    void downloadVolume();
    void deleteVolume();
    void upload();
    void newMachine();
    void tellNothing(const client::Answer<client::Nothing>& answer);
    [[nodiscard]] client::Callback<client::Nothing> teller();
    /// Why not: create upload copy resize delete; empty: it can.
    [[nodiscard]] QString obstacle(const QString& verb) const;
    [[nodiscard]] const client::StoragePool* pool() const;
    [[nodiscard]] const client::StorageVolume* volume() const;

    /// Of the chosen connection.
    [[nodiscard]] client::MachineCalls& calls() const { return client().machineCallsOn(m_place->place()); }

    Header* m_header;
    ConnectionPicker* m_place;
    widgets::Banner* m_banner;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    QSplitter* m_split;
    QTreeWidget* m_pools;
    QTableWidget* m_volumes;
    QLabel* m_note;
    QPushButton* m_poolMenu;
    QPushButton* m_newVolume;
    QPushButton* m_upload;
    QPushButton* m_volumeMenu;
    QMenu* m_users = nullptr;
    QMap<QString, QAction*> m_actions; ///< by what they do
    QList<client::StoragePool> m_allPools;
    QList<client::StorageVolume> m_allVolumes;
    std::unique_ptr<client::Transfer> m_transfer;
    bool m_known = false;
};

} // namespace diptych::pages
