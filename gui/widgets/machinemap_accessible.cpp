// The map for screen readers: a list, whose items are the tiles and groups that are in sight, and the hardware;
// pressing one opens it.
#include "widgets/accessible.h"
#include "widgets/machinemap_p.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

namespace diptych::widgets {

class TileAccessible final : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    TileAccessible(MachineMap* map, QString id) : m_map(map), m_id(std::move(id)) {}

    bool isValid() const override { return m_map && place() >= 0; }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_map); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text which) const override
    {
        return which == QAccessible::Name && isValid() ? m_map->d->placeText(m_map->d->place(place())) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect inside = m_map->d->place(place()).rect.toRect();
        return {m_map->mapToGlobal(inside.topLeft()), inside.size()};
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.focused = m_map && m_map->hasFocus() && m_map->d->currentPlace() == place();
        state.invisible = !isValid();
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    void doAction(const QString& name) override
    {
        if (!isValid())
            return;
        m_map->setFocus();
        m_map->setCurrent(m_id);
        if (name == pressAction())
            m_map->activate(place());
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    int place() const { return m_map->d->placeOf(m_id); }

    QPointer<MachineMap> m_map;
    QString m_id;
};

class MapAccessible final : public QAccessibleWidget
{
public:
    explicit MapAccessible(MachineMap* map) : QAccessibleWidget(map, QAccessible::List), m_map(map) {}
    ~MapAccessible() override
    {
        for (QAccessible::Id id : std::as_const(m_items))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return m_map->d->hardware() + 1; }
    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        const QString id = m_map->d->place(index).id;
        const auto known = m_items.constFind(id);
        if (known != m_items.cend())
            return QAccessible::accessibleInterface(*known);
        auto* made = new TileAccessible(m_map, id);
        m_items.insert(id, QAccessible::registerAccessibleInterface(made));
        return made;
    }
    int indexOfChild(const QAccessibleInterface* item) const override
    {
        for (int i = 0; i < childCount(); ++i)
            if (child(i) == item)
                return i;
        return -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override
    {
        return child(m_map->d->placeAt(m_map->mapFromGlobal(QPoint(x, y))));
    }
    QAccessibleInterface* focusChild() const override
    {
        return m_map->hasFocus() ? child(m_map->d->currentPlace()) : nullptr;
    }

private:
    MachineMap* m_map;
    mutable QHash<QString, QAccessible::Id> m_items;
};

QAccessibleInterface* accessibleMap(QObject* object)
{
    auto* map = qobject_cast<MachineMap*>(object);
    return map ? new MapAccessible(map) : nullptr;
}

int MachineMap::Private::placeOf(const QString& id) const
{
    for (int i = 0; i < places.size(); ++i)
        if (places[i].id == id)
            return i;
    return id == mapHardwareId ? hardware() : -1;
}

} // namespace diptych::widgets
