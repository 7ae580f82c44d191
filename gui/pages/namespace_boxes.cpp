#include "pages/namespace_boxes.h"

#include "models/formatting.h"

#include <QCoreApplication>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using client::Namespace;
using models::NamespaceModel;
using widgets::NestedBoxes;
using widgets::Tone;

namespace {

constexpr qsizetype mostBoxes = 36, mostChips = 40;

class NamespaceBoxes
{
    Q_DECLARE_TR_FUNCTIONS(NamespaceBoxes)
public:
    NamespaceBoxes(const NamespaceModel& model, const QSet<QString>& shown) : m_model(model), m_shown(shown)
    {
        for (const Namespace& one : model.listing().namespaces)
            if (one.kind == u"user"_s)
                m_users[one.owner].append(&one);
            else
                m_owned[one.owner].append(&one);
    }

    QList<NestedBoxes::Box> make()
    {
        QList<NestedBoxes::Box> boxes;
        for (const Namespace* root : m_users.value(QString()))
            if (auto box = boxOf(*root))
                boxes.append(*box);
        // What nobody could open: whose it is can't be learnt.
        NestedBoxes::Box unknown;
        unknown.title = tr("Owner not known");
        unknown.text = tr("kept where the helper does not reach into");
        unknown.tone = Tone::Muted;
        unknown.outlined = true;
        addOwned(unknown, QString(), -1);
        if (!unknown.chips.isEmpty() || !unknown.boxes.isEmpty())
            boxes.append(unknown);
        return boxes;
    }

private:
    /// The only owner, and the host for none: -1 where several share it.
    [[nodiscard]] int soleOwner(const QString& id) const
    {
        const QList<int>& owners = m_model.ownersOf(id);
        return owners.isEmpty() ? 0 : owners.size() == 1 ? owners.first() : -1;
    }
    [[nodiscard]] Tone toneOf(const Namespace& one) const
    {
        const QList<int>& owners = m_model.ownersOf(one.id);
        return one.host || owners.isEmpty() ? Tone::Host : toneOfOwner(m_model.listing().owners.at(owners.first()));
    }
    [[nodiscard]] QString toolTip(const Namespace& one) const
    {
        return u"%1\n%2\n%3"_s.arg(one.id, m_model.whoOf(one.id), m_model.heldOf(one.id));
    }

    [[nodiscard]] NestedBoxes::Chip chipOf(const Namespace& one, bool named) const
    {
        NestedBoxes::Chip chip;
        chip.id = one.id;
        chip.toolTip = toolTip(one);
        chip.tone = toneOf(one);
        chip.outlined = one.processes == 0;
        QString who = m_model.whoOf(one.id);
        for (const client::NamespaceHolder& holder : one.holders)
            if (one.processes == 0 && holder.how == u"mount"_s)
                who = holder.path.section(u'/', -1);
        chip.text = named ? u"%1 · %2"_s.arg(one.kind, who) : one.kind;
        return chip;
    }

    [[nodiscard]] std::optional<NestedBoxes::Box> boxOf(const Namespace& user)
    {
        NestedBoxes::Box box;
        box.id = user.id;
        box.title = m_model.whoOf(user.id);
        box.tone = toneOf(user);
        box.text = user.uidMap.isEmpty() ? tr("users not mapped") : NamespaceModel::mapText(user.uidMap);
        if (user.host) {
            box.title = tr("This machine");
            // Virtual machines, say: QEMU is a process like any other.
            if (m_model.ownersOf(user.id).size() > 1)
                box.text += u" · "_s + tr("in it: %1").arg(m_model.whoOf(user.id));
        }
        box.toolTip = u"%1\nuid %2\ngid %3"_s.arg(toolTip(user), NamespaceModel::mapText(user.uidMap),
                                                  NamespaceModel::mapText(user.gidMap));
        addOwned(box, user.id, user.host ? 0 : soleOwner(user.id));
        for (const Namespace* below : m_users.value(user.id))
            if (auto inner = boxOf(*below))
                box.boxes.append(*inner);
        gather(box);
        if (!m_shown.contains(user.id) && box.chips.isEmpty() && box.boxes.isEmpty())
            return std::nullopt;
        return box;
    }

    /// who: of the box itself; what is another's alone gets a box of its own inside.
    void addOwned(NestedBoxes::Box& box, const QString& user, int who)
    {
        QMap<int, QList<const Namespace*>> others;
        for (const Namespace* one : m_owned.value(user)) {
            if (!m_shown.contains(one->id))
                continue;
            const int sole = soleOwner(one->id);
            if (one->host || (sole == who && who > 0))
                box.chips.append(chipOf(*one, false));
            else if (sole > 0)
                others[sole].append(one);
            else
                box.chips.append(chipOf(*one, true));
        }
        for (auto other = others.cbegin(); other != others.cend(); ++other) {
            const client::NamespaceOwner& owner = m_model.listing().owners.at(other.key());
            NestedBoxes::Box inner;
            inner.title = owner.name;
            inner.text = tr("belongs to the users around it");
            inner.toolTip = tr("Its namespaces belong to the user namespace around it: uid 0 in it is uid 0 there.");
            inner.tone = toneOfOwner(owner);
            inner.outlined = true;
            for (const Namespace* one : other.value())
                inner.chips.append(chipOf(*one, false));
            box.boxes.append(inner);
        }
    }

    static void gather(NestedBoxes::Box& box)
    {
        if (const qsizetype more = box.chips.size() - mostChips; more > 1) {
            box.chips.resize(mostChips);
            NestedBoxes::Chip rest;
            rest.text = tr("and %n more", nullptr, int(more));
            box.chips.append(rest);
        }
        if (const qsizetype more = box.boxes.size() - mostBoxes; more > 1) {
            box.boxes.resize(mostBoxes);
            NestedBoxes::Box rest;
            rest.title = tr("and %n more", nullptr, int(more));
            rest.text = tr("Search, or see the list below");
            rest.tone = Tone::Muted;
            rest.outlined = true;
            box.boxes.append(rest);
        }
    }

    const NamespaceModel& m_model;
    const QSet<QString>& m_shown;
    QHash<QString, QList<const Namespace*>> m_users, m_owned; ///< by owner
};

} // namespace

Tone toneOfOwner(const client::NamespaceOwner& owner)
{
    if (owner.form == u"host"_s)
        return Tone::Host;
    return owner.form == u"machine"_s ? Tone::Machine : Tone::Container;
}

QList<NestedBoxes::Box> namespaceBoxes(const NamespaceModel& model, const QSet<QString>& shown)
{
    return NamespaceBoxes(model, shown).make();
}

} // namespace diptych::pages
