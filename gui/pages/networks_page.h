// libvirt's networks: what each is, who is on it, which addresses it has given. And how everything on this machine is
// wired, drawn.
#pragma once

#include "client/machine_types.h"
#include "pages/connection_picker.h"
#include "pages/context.h"

class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QTableWidget;

namespace diptych::widgets {
class Banner;
class EmptyState;
class SearchField;
} // namespace diptych::widgets

namespace diptych::pages {

class Header;
class WiringPanel;

class NetworksPage final : public Page
{
    Q_OBJECT
public:
    explicit NetworksPage(const Context& context, QWidget* parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Networks"); }
    void refresh() override;
    void focusSearch() override;
    void shown() override;
    /// ids empty; tab "wiring": the drawing.
    void open(const QStringList& ids, const QString& tab = {}) override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;
    [[nodiscard]] QTableWidget* table() const { return m_table; }
    static QString modeText(const QString& mode);
    static QString dhcpText(const client::VirtualNetwork& network); ///< of IPv4 and of IPv6
    [[nodiscard]] QTabBar* tabs() const { return m_tabs; }

private:
    void build();
    void buildTabs();
    void showTab(int index);
    void addWiring();
    void ask();
    void fill();
    void askLeases();
    void follow();
    QLayout* buildHosts(QWidget* content);
    void fillHosts();
    void addHost();
    void removeHost();
    void make();
    void change(const QString& what);
    void remove();
    void openXml();
    [[nodiscard]] const client::VirtualNetwork* network() const;

    /// Of the chosen connection.
    [[nodiscard]] client::MachineCalls& calls() const { return client().machineCallsOn(m_place->place()); }

    Header* m_header;
    ConnectionPicker* m_place;
    QTabBar* m_tabs;
    widgets::SearchField* m_search;
    QPushButton* m_create;
    QStackedWidget* m_views;
    WiringPanel* m_wiring = nullptr; ///< made when first looked at
    QByteArray m_wiringState;
    widgets::Banner* m_banner;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    QTableWidget* m_table;
    QLabel* m_leasesNote;
    QTableWidget* m_leases;
    QTableWidget* m_hosts;
    QPushButton* m_keep;
    QPushButton* m_let;
    QPushButton* m_menu;
    QList<client::VirtualNetwork> m_networks;
    bool m_known = false;
};

} // namespace diptych::pages
