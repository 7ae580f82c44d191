#include "pages/wiring_rows.h"

#include "models/formatting.h"

#include <QCoreApplication>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using client::IsolationReport;
using client::NetworkInterface;
using models::WiringModel;

namespace {

class WiringRows
{
    Q_DECLARE_TR_FUNCTIONS(WiringRows)
public:
    WiringRows(const WiringModel& model, const NetworkInterface& one) : m_model(model), m_one(one)
    {
        const client::NetworkNamespace* network = model.findNamespace(one.netns);
        if (network && !network->host)
            m_enter = u"nsenter --net=%1 "_s.arg(network->path);
    }

    IsolationReport make()
    {
        add(u"what"_s, m_model.data(m_model.indexOf(m_one.key()).siblingAtColumn(WiringModel::WhatColumn)).toString(),
            {{tr("interface"),
              tr("number %1 of %2, MTU %3").arg(QString::number(m_one.index), m_one.netns, QString::number(m_one.mtu)),
              u"rtnetlink RTM_GETLINK"_s, m_enter + u"ip -d link show dev %1"_s.arg(m_one.name)}});
        addWhere();
        if (!m_one.mac.isEmpty() || !m_one.addresses.isEmpty())
            add(u"addresses"_s,
                (m_one.addresses.isEmpty() ? tr("none but the card's own") : m_one.addresses.join(u", "_s)),
                {{tr("address"), m_one.addresses.join(u", "_s), u"rtnetlink RTM_GETADDR"_s,
                  m_enter + u"ip addr show dev %1"_s.arg(m_one.name)},
                 {tr("of the card"), m_one.mac, u"rtnetlink RTM_GETLINK"_s, {}}});
        addOtherEnd();
        addRoutes();
        add(u"traffic"_s,
            tr("%1 received, %2 sent").arg(models::bytes(m_one.receivedBytes), models::bytes(m_one.sentBytes)),
            {{tr("counters"), u"%1 / %2"_s.arg(m_one.receivedBytes).arg(m_one.sentBytes), u"rtnetlink IFLA_STATS64"_s,
              m_enter + u"ip -s link show dev %1"_s.arg(m_one.name)}});
        return m_report;
    }

private:
    void add(const QString& resource, const QString& text, const QList<client::Evidence>& evidence)
    {
        client::IsolationRow row;
        row.resource = resource;
        row.level = client::plainLevel;
        row.text = text;
        for (const client::Evidence& one : evidence)
            if (!one.value.isEmpty())
                row.evidence.append(one);
        m_report.rows.append(row);
    }

    void addWhere()
    {
        const client::NetworkNamespace* network = m_model.findNamespace(m_one.netns);
        if (!network)
            return;
        add(u"where"_s, m_model.whoOf(*network),
            {{tr("network namespace"), m_one.netns, network->path, u"readlink %1"_s.arg(network->path)}});
    }

    void addOtherEnd()
    {
        QList<client::Evidence> evidence;
        if (const NetworkInterface* peer = m_model.find(m_one.peerKey()))
            evidence.append(
                {tr("other end"), tr("%1, number %2 of %3").arg(peer->name, QString::number(peer->index), peer->netns),
                 u"rtnetlink IFLA_LINK, IFLA_LINK_NETNSID, RTM_GETNSID"_s,
                 m_enter + u"ip -d link show dev %1; "_s.arg(m_one.name) + m_enter + u"ip netns list-id"_s});
        for (const NetworkInterface::Opener& opener : m_one.openers)
            evidence.append({tr("opened by process"), QString::number(opener.pid), u"/proc/%1/fdinfo"_s.arg(opener.pid),
                             u"grep -H '^iff:' /proc/%1/fdinfo/*"_s.arg(opener.pid)});
        if (const NetworkInterface* master = m_model.find(m_one.masterKey()))
            evidence.append({tr("port of"), master->name, u"rtnetlink IFLA_MASTER"_s,
                             m_enter + u"ip link show master %1"_s.arg(master->name)});
        const QString words = m_model.otherEndOf(m_one);
        add(u"end"_s, words.isEmpty() ? tr("none") : words, evidence);
    }

    void addRoutes()
    {
        constexpr qsizetype told = 4;
        QStringList words;
        QList<client::Evidence> evidence;
        for (const client::Route& route : m_model.routesOf(m_one)) {
            words.append(WiringModel::routeText(route));
            QStringList value;
            if (route.kind != u"unicast"_s)
                value.append(route.kind);
            if (!route.gateway.isEmpty())
                value.append(u"via "_s + route.gateway);
            value.append(route.index > 0 ? u"dev "_s + m_one.name : QString());
            if (!route.source.isEmpty())
                value.append(u"src "_s + route.source);
            if (route.metric > 0)
                value.append(u"metric %1"_s.arg(route.metric));
            value.removeAll(QString());
            const bool six = route.destination.contains(u':') || route.gateway.contains(u':');
            evidence.append({route.destination, value.join(u' '), u"rtnetlink RTM_GETROUTE"_s,
                             m_enter + u"ip %1route show table main"_s.arg(six ? u"-6 "_s : QString())});
        }
        const client::NetworkNamespace* network = m_model.findNamespace(m_one.netns);
        if (words.isEmpty() && (!network || !network->problem.isEmpty()))
            return;
        const qsizetype more = words.size() - told;
        QString text = words.first(std::min(told, words.size())).join(u"; "_s);
        if (more > 0)
            text = tr("%1; and %n more", nullptr, int(more)).arg(text);
        if (words.isEmpty())
            text = network->moreRoutes ? tr("none among those that were read") : tr("none leads out by it");
        add(u"routes"_s, text, evidence);
    }

    const WiringModel& m_model;
    const NetworkInterface& m_one;
    QString m_enter;
    client::IsolationReport m_report;
};

} // namespace

client::IsolationReport wiringRows(const WiringModel& model, const NetworkInterface& interface)
{
    return WiringRows(model, interface).make();
}

QString wiringRowName(const QString& resource)
{
    const QHash<QString, QString> names{
        {u"what"_s, WiringRows::tr("What it is")},     {u"where"_s, WiringRows::tr("Where")},
        {u"addresses"_s, WiringRows::tr("Addresses")}, {u"end"_s, WiringRows::tr("Other end")},
        {u"routes"_s, WiringRows::tr("Routes")},       {u"traffic"_s, WiringRows::tr("Traffic")}};
    return names.value(resource, resource);
}

} // namespace diptych::pages
