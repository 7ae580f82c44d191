// The selected instance below the table: its head with the main verbs, and its tabs.
#pragma once

#include "models/actions.h"
#include "pages/detail_pane.h"

#include <QList>

#include <map>

namespace diptych::widgets {
class Pill;
}

namespace diptych::pages {

class DetailTab;
class InstanceActions;

class InstanceDetail final : public DetailPane
{
    Q_OBJECT
public:
    /// actions: the page's; they act on its selection, which is the instance shown here.
    InstanceDetail(const Context& context, InstanceActions& actions, QWidget* parent);
    void setId(const QString& id); ///< empty: none
    [[nodiscard]] const QString& id() const { return m_id; }
    void openTab(const QString& name); ///< "terminal", as in Navigator::openInstanceTab
    [[nodiscard]] QString tab() const;
    void refresh();
    void focusTab(); ///< the keyboard goes into the tab's content

private:
    void showHead();
    void showTabs();    ///< those that its kind has
    void showReasons(); ///< tabs that its connection has nothing for are grey, and say why
    void showTab(int index);
    void followConnections();
    DetailTab* make(int index);
    [[nodiscard]] QString summary(const client::Instance& instance) const;

    QString m_id;
    widgets::Pill* m_kind;
    widgets::Pill* m_state;
    std::map<models::Action, QToolButton*> m_verbs;
    QList<DetailTab*> m_made; ///< by tab; null until it is shown
};

} // namespace diptych::pages
