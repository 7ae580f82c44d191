#include "pages/wiring_scene.h"

#include "pages/namespace_boxes.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using client::NetworkInterface;
using client::NetworkNamespace;
using models::WiringModel;
using widgets::Cabling;
using CablingPort = Cabling::Port;
using CablingScene = Cabling::Scene;
using widgets::Tone;

namespace {

constexpr qsizetype mostLeft = 60;

class WiringScene
{
    Q_DECLARE_TR_FUNCTIONS(WiringScene)
public:
    WiringScene(const WiringModel& model, const QSet<QString>& shown) : m_model(model), m_shown(shown)
    {
        for (const NetworkNamespace& one : model.wiring().namespaces)
            if (one.host)
                m_host = one.id;
    }

    CablingScene make()
    {
        sortOut();
        std::stable_sort(m_left.begin(), m_left.end(), [](const Left& a, const Left& b) {
            return std::pair(a.order, a.box.title) < std::pair(b.order, b.box.title);
        });
        Cabling::Scene scene;
        for (Left& left : m_left) {
            if (scene.left.size() == mostLeft) {
                scene.more = tr("and %n more: search, or see the list below", nullptr, int(m_left.size() - mostLeft));
                break;
            }
            scene.left.append(left.box);
            scene.cables.append(left.cables);
        }
        addMachine(scene);
        return scene;
    }

private:
    struct Left
    {
        Cabling::Box box;
        QList<Cabling::Cable> cables;
        int order = 0; ///< of the bridge it is on, so that cables don't cross
    };

    [[nodiscard]] bool isBar(const NetworkInterface& one) const
    {
        return one.kind == u"bridge"_s && one.netns == m_host;
    }

    [[nodiscard]] CablingPort portOf(const NetworkInterface& one) const
    {
        constexpr qsizetype routesTold = 8;
        QString words = one.addresses.join(u"  "_s);
        QStringList tip{u"%1 · %2"_s.arg(one.name, WiringModel::kindText(one.kind)), one.mac, one.addresses.join(u'\n'),
                        m_model.otherEndOf(one)};
        for (const client::Route& route : m_model.routesOf(one)) {
            if (route.isDefault() && !route.gateway.isEmpty())
                words += (words.isEmpty() ? QString() : u"  "_s) + tr("→ out through %1").arg(route.gateway);
            if (tip.size() < 4 + routesTold)
                tip.append(WiringModel::routeText(route));
        }
        if (const NetworkInterface* bridge = m_model.find(one.masterKey()); bridge && one.netns != m_host)
            words += (words.isEmpty() ? QString() : u"  "_s) + tr("on %1").arg(bridge->name);
        if (!one.up)
            words = tr("switched off");
        tip.removeAll(QString());
        return {one.key(), one.name, words, WiringModel::rateText(m_model.rateOf(one.key())), tip.join(u'\n'), one.up};
    }

    [[nodiscard]] bool isBusy(const NetworkInterface& one) const
    {
        const WiringModel::Rate rate = m_model.rateOf(one.key());
        return rate.in + rate.out >= 1;
    }

    void sortOut()
    {
        QHash<QString, QList<const NetworkInterface*>> inside;
        for (const NetworkInterface& one : m_model.wiring().interfaces) {
            if (one.netns != m_host)
                inside[one.netns].append(&one);
            else if (isBar(one))
                m_order.insert(one.key(), int(m_order.size()) + 1);
        }
        for (const NetworkNamespace& one : m_model.wiring().namespaces)
            if (!one.host)
                addNamespace(one, inside.value(one.id));
        for (const NetworkInterface& one : m_model.wiring().interfaces)
            if (one.netns == m_host && m_model.ownerOf(one) > 0)
                addOpened(one);
    }

    [[nodiscard]] bool isShown(const QList<const NetworkInterface*>& all) const
    {
        return std::any_of(all.cbegin(), all.cend(),
                           [this](const NetworkInterface* one) { return m_shown.contains(one->key()); });
    }

    void addNamespace(const NetworkNamespace& network, const QList<const NetworkInterface*>& all)
    {
        if (!network.problem.isEmpty() && all.isEmpty()) {
            if (m_shown.isEmpty())
                return;
        } else if (!isShown(all)) {
            return;
        }
        Left left;
        left.box.title = m_model.whoOf(network);
        left.box.outlined = network.processes == 0;
        left.box.tone =
            network.owners.isEmpty() ? Tone::Host : toneOfOwner(m_model.wiring().owners.at(network.owners.first()));
        left.order = int(m_order.size()) + 2;
        const bool alone = std::all_of(all.cbegin(), all.cend(),
                                       [](const NetworkInterface* one) { return one->kind == u"loopback"_s; });
        for (const NetworkInterface* one : all) {
            if (one->kind == u"loopback"_s && !alone)
                continue;
            left.box.ports.append(portOf(*one));
            if (const NetworkInterface* peer = m_model.find(one->peerKey()))
                connect(left, *one, *peer);
        }
        left.box.text = !network.problem.isEmpty() ? tr("could not be entered") : alone ? tr("no cable") : QString();
        m_left.append(left);
    }

    void connect(Left& left, const NetworkInterface& one, const NetworkInterface& peer)
    {
        Cabling::Cable cable{{}, one.key(), peer.key(), {}, left.box.tone, isBusy(one), one.kind != u"veth"_s};
        if (peer.netns == m_host) {
            m_ends.insert(peer.key());
            if (const NetworkInterface* bridge = m_model.find(peer.masterKey()); bridge && isBar(*bridge)) {
                cable.id = peer.key();
                cable.to = bridge->key();
                cable.label = peer.name;
                left.order = std::min(left.order, m_order.value(bridge->key()));
            } else {
                m_onMachine.insert(peer.key());
            }
        } else if (peer.netns == one.netns || peer.key() < one.key()) {
            return; // drawn once
        }
        left.cables.append(cable);
    }

    /// A tap: its other end is in who opened it.
    void addOpened(const NetworkInterface& tap)
    {
        m_ends.insert(tap.key());
        if (!m_shown.contains(tap.key()))
            return;
        const client::NamespaceOwner& owner = m_model.wiring().owners.at(m_model.ownerOf(tap));
        Left left;
        left.box.title = owner.name;
        left.box.tone = toneOfOwner(owner);
        left.order = int(m_order.size()) + 1;
        Cabling::Port port = portOf(tap);
        port.id = u"inside "_s + tap.key();
        port.name = tr("its network card");
        port.text = tr("a kernel of its own: addresses are told inside");
        left.box.ports.append(port);
        Cabling::Cable cable{tap.key(), port.id, tap.key(), tap.name, left.box.tone, isBusy(tap), false};
        if (const NetworkInterface* bridge = m_model.find(tap.masterKey()); bridge && isBar(*bridge)) {
            cable.to = bridge->key();
            left.order = m_order.value(bridge->key());
        } else {
            cable.id.clear();
            cable.label.clear();
            m_onMachine.insert(tap.key());
        }
        left.cables.append(cable);
        m_left.append(left);
    }

    void addMachine(Cabling::Scene& scene) const
    {
        scene.right.title = tr("This machine");
        scene.right.tone = Tone::Host;
        for (const NetworkInterface& one : m_model.wiring().interfaces) {
            if (one.netns != m_host)
                continue;
            if (isBar(one)) {
                scene.bars.append({one.key(), one.name, one.addresses.value(0),
                                   WiringModel::rateText(m_model.rateOf(one.key())), portOf(one).toolTip});
                continue;
            }
            if (m_ends.contains(one.key()) && !m_onMachine.contains(one.key()))
                continue;
            scene.right.ports.append(portOf(one));
            const NetworkInterface* bridge = m_model.find(one.masterKey());
            if (bridge && isBar(*bridge))
                scene.cables.append({{}, one.key(), bridge->key(), {}, Tone::Host, isBusy(one), false});
        }
        // The machine itself stands on a bridge whose address it has.
        for (const Cabling::Bar& bar : std::as_const(scene.bars)) {
            if (bar.text.isEmpty())
                continue;
            const QString port = u"stands "_s + bar.id;
            scene.right.ports.append(
                {port, tr("on %1").arg(bar.title), bar.text, {}, tr("The machine's own address on this bridge"), true});
            scene.cables.append({{}, port, bar.id, {}, Tone::Host, false, true});
        }
    }

    const WiringModel& m_model;
    const QSet<QString>& m_shown;
    QString m_host;
    QHash<QString, int> m_order; ///< of bridges
    QList<Left> m_left;
    QSet<QString> m_ends, m_onMachine; ///< interfaces of the host that a cable has as its label; that it ends at
};

} // namespace

Cabling::Scene wiringScene(const WiringModel& model, const QSet<QString>& shown)
{
    return WiringScene(model, shown).make();
}

} // namespace diptych::pages
