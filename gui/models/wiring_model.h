// The machine's network interfaces, a row each, with who is at each end. Merged: rows stay the rows they were; rates
// come from two listings.
#pragma once

#include "client/wiring_types.h"

#include <QAbstractTableModel>
#include <QHash>

#include <array>

namespace diptych::models {

class WiringModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, WhoColumn, WhatColumn, AddressColumn, OtherEndColumn, RateColumn, ColumnCount };
    enum Role {
        KeyRole = Qt::UserRole + 1, ///< QString: NetworkInterface::key()
        SortRole,
        SearchRole,
    };
    struct Rate
    {
        double in = 0, out = 0; ///< bytes a second
    };
    explicit WiringModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    void merge(const client::Wiring& wiring);
    [[nodiscard]] const client::Wiring& wiring() const { return m_wiring; }
    [[nodiscard]] const client::NetworkInterface* find(const QString& key) const;
    [[nodiscard]] const client::NetworkNamespace* findNamespace(const QString& id) const;
    [[nodiscard]] QModelIndex indexOf(const QString& key) const;
    [[nodiscard]] Rate rateOf(const QString& key) const { return m_rates.value(key); }
    /// Whose a network namespace is: "web", "web and 2 more", "this machine", "/run/netns/lab".
    [[nodiscard]] QString whoOf(const client::NetworkNamespace& network) const;
    /// Of the interface's namespace, or of who opened it.
    [[nodiscard]] QString whoOf(const client::NetworkInterface& one) const;
    /// Into wiring().owners: the first that is no host; 0 for the host's.
    [[nodiscard]] int ownerOf(const client::NetworkInterface& one) const;
    [[nodiscard]] QString otherEndOf(const client::NetworkInterface& one) const;
    /// Those that go out by it; a loopback has those that go nowhere too.
    [[nodiscard]] QList<client::Route> routesOf(const client::NetworkInterface& one) const;
    static QString routeText(const client::Route& route); ///< "default through 10.77.0.1", "10.77.0.0/24 directly"

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    static QString kindText(const QString& kind); ///< "veth": "virtual cable (veth)"
    static QString rateText(const Rate& rate);    ///< "↓ 12 KiB/s ↑ 1 KiB/s"; empty for none

private:
    using Texts = std::array<QString, ColumnCount>;
    [[nodiscard]] Texts textsOf(const client::NetworkInterface& one) const;
    void takeRates(const client::Wiring& next);

    client::Wiring m_wiring;
    QStringList m_keys; ///< of the rows
    QHash<QString, qsizetype> m_places, m_rows, m_networks;
    QHash<QString, QList<qsizetype>> m_routes; ///< by the interface's key; of none: index 0
    QHash<QString, Rate> m_rates;
    QHash<QString, Texts> m_texts;
};

} // namespace diptych::models
