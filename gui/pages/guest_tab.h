// What the guest agent tells from inside a machine, and what it can be asked to do; without it, what is missing.
#pragma once

#include "client/machine_types.h"
#include "pages/detail_tab.h"

#include <QTimer>

class QGridLayout;
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

class GuestTab final : public DetailTab
{
    Q_OBJECT
public:
    GuestTab(const Context& context, QWidget* parent);

protected:
    void reset() override;
    void activate() override;

private:
    void build();
    QPushButton* makeMenu();
    void take(const client::Answer<client::Guest>& answer);
    void showNothing();
    void showGuest();
    void follow();
    void setClock();
    void askPassword();
    void askFreeze();
    void shutDown(bool restart);
    void addChannel();
    [[nodiscard]] client::Callback<client::Nothing> teller(const QString& done, const QString& refused);
    [[nodiscard]] QString frozenBy() const; ///< the operation that holds its file systems, or empty

    widgets::Banner* m_banner;
    QLabel* m_note;
    QPushButton* m_thaw;
    QPushButton* m_do;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    QGridLayout* m_facts;
    QTableWidget* m_addresses;
    QTableWidget* m_fileSystems;
    QTableWidget* m_users;
    QLabel* m_noUsers;
    QTimer m_timer;
    client::Guest m_guest;
    bool m_asking = false;
};

} // namespace diptych::pages
