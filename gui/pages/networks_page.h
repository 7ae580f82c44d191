// libvirt's networks: what each is, who is on it, which addresses it has given.
#pragma once

#include "client/machine_types.h"
#include "pages/context.h"

class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;
class QTableWidget;

namespace diptych::widgets {
class Banner;
class EmptyState;
} // namespace diptych::widgets

namespace diptych::pages {

class Header;

class NetworksPage final : public Page
{
    Q_OBJECT
public:
    explicit NetworksPage(const Context& context, QWidget* parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Networks"); }
    void refresh() override { ask(); }
    void shown() override { ask(); }
    [[nodiscard]] QTableWidget* table() const { return m_table; }

private:
    void build();
    void ask();
    void fill();
    void askLeases();
    void follow();
    void make();
    void change(const QString& what);
    void remove();
    [[nodiscard]] const client::VirtualNetwork* network() const;

    Header* m_header;
    widgets::Banner* m_banner;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    QTableWidget* m_table;
    QLabel* m_leasesNote;
    QTableWidget* m_leases;
    QPushButton* m_menu;
    QList<client::VirtualNetwork> m_networks;
    bool m_known = false;
};

} // namespace diptych::pages
