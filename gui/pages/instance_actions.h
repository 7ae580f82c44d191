// The verbs for a selection, as QActions that say why they can't: one set per page, shared by buttons, menus, keys.
#pragma once

#include "models/actions.h"
#include "pages/context.h"

#include <QAction>

#include <map>

class QMenu;

namespace diptych::pages {

class InstanceActions final : public QObject
{
    Q_OBJECT
public:
    enum class Keys { None, InOwner }; ///< where the actions' shortcuts work: nowhere, or in owner and below it
    InstanceActions(const Context& context, QWidget* owner, Keys keys = Keys::InOwner);
    static QList<std::pair<QString, QString>> shortcuts(); ///< what, keys

    void setIds(const QStringList& ids);
    [[nodiscard]] const QStringList& ids() const { return m_ids; }
    [[nodiscard]] QAction* action(models::Action action) const { return m_actions.at(action); }
    /// All verbs, with the reason of a disabled one as its tool tip.
    void fill(QMenu* menu) const;
    void trigger(models::Action action);

private:
    void update();
    void updateOne(models::Action which);
    void addMachineMenu(QMenu* menu) const;
    void resetMachines() const;
    void saveMachines() const;
    void perform(models::Action which, const models::Availability& availability);

    Context m_context;
    QWidget* m_owner;
    QStringList m_ids;
    std::map<models::Action, QAction*> m_actions;
};

} // namespace diptych::pages
