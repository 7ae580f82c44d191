#include "models/wiring_model.h"

#include "models/formatting.h"

#include <QSet>

namespace diptych::models {

using namespace Qt::StringLiterals;
using client::NetworkInterface;
using client::NetworkNamespace;

QString WiringModel::kindText(const QString& kind)
{
    const QHash<QString, QString> names{{u"device"_s, tr("network card")},
                                        {u"loopback"_s, tr("loopback")},
                                        {u"veth"_s, tr("virtual cable (veth)")},
                                        {u"bridge"_s, tr("bridge")},
                                        {u"tun"_s, tr("tap of a program (tun)")},
                                        {u"dummy"_s, tr("dummy")},
                                        {u"vlan"_s, tr("VLAN")}};
    return names.value(kind, kind);
}

QString WiringModel::rateText(const Rate& rate)
{
    constexpr double nothing = 1;
    if (rate.in < nothing && rate.out < nothing)
        return {};
    return u"↓ %1  ↑ %2"_s.arg(models::rate(rate.in), models::rate(rate.out));
}

void WiringModel::takeRates(const client::Wiring& next)
{
    constexpr double second = 1e9;
    const double seconds = double(next.time - m_wiring.time) / second;
    QHash<QString, Rate> rates;
    for (const NetworkInterface& now : next.interfaces) {
        const NetworkInterface* before = find(now.key());
        if (!before || seconds <= 0 || before->name != now.name || now.receivedBytes < before->receivedBytes ||
            now.sentBytes < before->sentBytes)
            continue;
        rates.insert(now.key(), {double(now.receivedBytes - before->receivedBytes) / seconds,
                                 double(now.sentBytes - before->sentBytes) / seconds});
    }
    m_rates = rates;
}

void WiringModel::merge(const client::Wiring& wiring)
{
    takeRates(wiring);
    QSet<QString> there;
    for (const NetworkInterface& one : wiring.interfaces)
        there.insert(one.key());
    for (qsizetype row = m_keys.size() - 1; row >= 0; --row) {
        if (there.contains(m_keys.at(row)))
            continue;
        beginRemoveRows({}, int(row), int(row));
        m_texts.remove(m_keys.takeAt(row));
        endRemoveRows();
    }
    m_wiring = wiring;
    m_places.clear();
    m_networks.clear();
    for (qsizetype i = 0; i < m_wiring.namespaces.size(); ++i)
        m_networks.insert(m_wiring.namespaces.at(i).id, i);
    for (qsizetype i = 0; i < m_wiring.interfaces.size(); ++i)
        m_places.insert(m_wiring.interfaces.at(i).key(), i);
    m_routes.clear();
    for (qsizetype i = 0; i < m_wiring.routes.size(); ++i) {
        const client::Route& route = m_wiring.routes.at(i);
        m_routes[u"%1/%2"_s.arg(route.netns).arg(route.index)].append(i);
    }
    QStringList fresh;
    for (const NetworkInterface& one : m_wiring.interfaces)
        if (!m_texts.contains(one.key())) {
            m_texts.insert(one.key(), textsOf(one));
            fresh.append(one.key());
        }
    if (!fresh.isEmpty()) {
        beginInsertRows({}, int(m_keys.size()), int(m_keys.size() + fresh.size()) - 1);
        m_keys.append(fresh);
        endInsertRows();
    }
    m_rows.clear();
    for (int row = 0; row < m_keys.size(); ++row) {
        m_rows.insert(m_keys.at(row), row);
        const Texts texts = textsOf(*find(m_keys.at(row)));
        Texts& shown = m_texts[m_keys.at(row)];
        if (shown == texts)
            continue;
        shown = texts;
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

const NetworkInterface* WiringModel::find(const QString& key) const
{
    const auto place = m_places.constFind(key);
    return place == m_places.cend() ? nullptr : &m_wiring.interfaces.at(*place);
}

const NetworkNamespace* WiringModel::findNamespace(const QString& id) const
{
    const auto place = m_networks.constFind(id);
    return place == m_networks.cend() ? nullptr : &m_wiring.namespaces.at(*place);
}

QModelIndex WiringModel::indexOf(const QString& key) const
{
    const auto row = m_rows.constFind(key);
    return row == m_rows.cend() ? QModelIndex() : index(int(*row), 0);
}

QString WiringModel::whoOf(const NetworkNamespace& network) const
{
    constexpr qsizetype named = 2;
    if (network.host)
        return tr("this machine");
    QStringList names;
    for (const int owner : network.owners)
        if (names.size() < named && (owner != 0 || names.isEmpty()))
            names.append(owner == 0 ? tr("a process of this machine") : m_wiring.owners.at(owner).name);
    if (names.isEmpty())
        return network.kept.isEmpty() ? tr("nobody") : network.kept;
    const qsizetype more = network.owners.size() - names.size();
    return more > 0 ? tr("%1 and %n more", nullptr, int(more)).arg(names.join(u", "_s)) : names.join(u", "_s);
}

int WiringModel::ownerOf(const NetworkInterface& one) const
{
    for (const NetworkInterface::Opener& opener : one.openers)
        if (opener.owner > 0)
            return opener.owner;
    const NetworkNamespace* network = findNamespace(one.netns);
    return network && !network->host && !network->owners.isEmpty() ? network->owners.first() : 0;
}

QString WiringModel::whoOf(const NetworkInterface& one) const
{
    const NetworkNamespace* network = findNamespace(one.netns);
    return network ? whoOf(*network) : QString();
}

QString WiringModel::otherEndOf(const NetworkInterface& one) const
{
    QStringList parts;
    if (const NetworkInterface* peer = find(one.peerKey()))
        parts.append(peer->netns == one.netns ? peer->name : tr("%1 of %2").arg(peer->name, whoOf(*peer)));
    else if (one.link > 0)
        parts.append(tr("number %1 of a namespace not found").arg(one.link));
    for (const NetworkInterface::Opener& opener : one.openers) {
        const client::NamespaceOwner& owner = m_wiring.owners.at(opener.owner);
        parts.append(opener.owner == 0 ? tr("process %1").arg(opener.pid) : owner.name);
    }
    if (const NetworkInterface* master = find(one.masterKey()))
        parts.append(tr("port of %1").arg(master->name));
    return parts.join(u" · "_s);
}

QList<client::Route> WiringModel::routesOf(const NetworkInterface& one) const
{
    QList<qsizetype> places = m_routes.value(one.key());
    if (one.kind == u"loopback"_s)
        places += m_routes.value(u"%1/0"_s.arg(one.netns));
    QList<client::Route> routes;
    for (const qsizetype place : std::as_const(places))
        routes.append(m_wiring.routes.at(place));
    return routes;
}

QString WiringModel::routeText(const client::Route& route)
{
    const QString where = route.isDefault() ? tr("all else (default)") : route.destination;
    if (route.kind != u"unicast"_s)
        return tr("%1 goes nowhere (%2)").arg(where, route.kind);
    return route.gateway.isEmpty() ? tr("%1 directly").arg(where) : tr("%1 through %2").arg(where, route.gateway);
}

WiringModel::Texts WiringModel::textsOf(const NetworkInterface& one) const
{
    const QString state = !one.up ? tr("switched off") : one.carrier ? QString() : tr("nothing at the other end");
    return {one.name,
            whoOf(one),
            state.isEmpty() ? kindText(one.kind) : u"%1 · %2"_s.arg(kindText(one.kind), state),
            one.addresses.isEmpty() ? none() : one.addresses.join(u", "_s),
            otherEndOf(one),
            rateText(m_rates.value(one.key()))};
}

int WiringModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_keys.size());
}

int WiringModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant WiringModel::data(const QModelIndex& index, int role) const
{
    const NetworkInterface* one = index.isValid() ? find(m_keys.value(index.row())) : nullptr;
    if (!one)
        return {};
    const Texts& texts = *m_texts.constFind(one->key());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return texts.at(size_t(index.column()));
    case KeyRole:
        return one->key();
    case SortRole:
        if (index.column() == RateColumn)
            return m_rates.value(one->key()).in + m_rates.value(one->key()).out;
        return index.column() == WhoColumn ? u"%1 %2"_s.arg(texts.at(WhoColumn), one->name)
                                           : texts.at(size_t(index.column()));
    case SearchRole:
        return QStringList(texts.begin(), texts.end()).join(u' ') + u' ' + one->mac + u' ' + one->netns;
    default:
        return {};
    }
}

QVariant WiringModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const std::array<QString, ColumnCount> names{tr("Interface"), tr("Where"),     tr("What it is"),
                                                 tr("Addresses"), tr("Other end"), tr("Traffic")};
    return names.at(size_t(section));
}

} // namespace diptych::models
