// A machine's hardware: as it runs and as it will start, in one list, and what can be changed of the chosen part.
#pragma once

#include "client/machine_types.h"
#include "models/hardware.h"
#include "pages/detail_tab.h"

class QCheckBox;
class QLabel;
class QFormLayout;
class QMenu;
class QPushButton;
class QStackedWidget;
class QTreeWidget;
class QVBoxLayout;

namespace diptych::dialogs {
class TaskDialog;
}
namespace diptych::widgets {
class Banner;
class EmptyState;
} // namespace diptych::widgets

namespace diptych::pages {

class HardwareTab final : public DetailTab
{
    Q_OBJECT
public:
    HardwareTab(const Context& context, QWidget* parent);
    [[nodiscard]] const client::Hardware& hardware() const { return m_hardware; }
    void select(const QString& key); ///< "processors" "memory" "boot", or a device's

protected:
    void reset() override;
    void activate() override;

private:
    void take(const client::Answer<client::Hardware>& answer);
    void fillTree();
    void fillMenu();
    QPushButton* powerMenu();
    void showPart();
    void showNotes();
    [[nodiscard]] bool
    isBeingWritten() const; ///< title or description: what is asked meanwhile does not take them away
    void showProcessors();
    void showModel(QFormLayout* form);
    void showTopology(QVBoxLayout* layout); ///< what the guest sees of them
    void showPins(QVBoxLayout* layout);     ///< which of the host's they run on
    void showMemory();
    void showBoot();
    void showDevice(const models::HardwareRow& row);
    void addDiskTools(const client::Device& device, QVBoxLayout* layout);
    void addRemove(const client::Device& device, QPushButton* apply, QVBoxLayout* layout);
    void add(const QString& type);
    void addCard();                    ///< on a network of libvirt's, or on the host's own
    void addPort(const QString& type); ///< serial, controller: what can be said depends on the kind
    void addClipboard();
    [[nodiscard]] QString noClipboard() const; ///< why it can't be had; empty: it can
    void addShare();
    void addHostDevice(const QString& kind);
    void chooseHostDevice(const QString& kind, const QList<client::HostDevice>& devices);
    [[nodiscard]] client::Callback<client::Applied> added(dialogs::TaskDialog* dialog);
    void grow(const client::Device& device);
    void insert(const client::Device& device);
    void tell(const client::Answer<client::Applied>& answer);
    [[nodiscard]] client::Callback<client::Applied> teller();
    [[nodiscard]] QString current() const;
    [[nodiscard]] const client::HardwareConfig* config() const; ///< what will be, or what is

    widgets::Banner* m_banner;
    QLabel* m_note;
    QCheckBox* m_autostart;
    QPushButton* m_add;
    QMenu* m_menu;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    QTreeWidget* m_tree;
    QWidget* m_panel;
    client::Hardware m_hardware;
    bool m_asking = false;
    bool m_filling = false;
};

} // namespace diptych::pages
