// What was done on the host, newest first; older entries are fetched as the view scrolls.
#pragma once

#include "client/client.h"

#include <QAbstractTableModel>

namespace diptych::models {

class ActivityModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { TimeColumn, InstanceColumn, WhatColumn, OutcomeColumn, WhoColumn, DurationColumn, ColumnCount };
    enum Role {
        EntryIdRole = Qt::UserRole + 1, ///< qint64
        InstanceRole,                   ///< QString: instance id
        KindRole,                       ///< int of client::Kind, -1 when it is about none
        OutcomeRole,                    ///< QString: "ok" "failed" "denied" "cancelled"
        MessageRole,                    ///< QString: details and errors
        VerbRole,                       ///< QString: "start"
        MomentRole,                     ///< qint64: Unix ms
    };
    static constexpr int PageSize = 100;
    static constexpr int LargestPage = 1000;

    explicit ActivityModel(client::Client& client, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    void fetchAll(QObject* guard, std::function<void()> done); ///< also when an answer says no: with what came
    [[nodiscard]] const QList<client::ActivityEntry>& entries() const { return m_entries; } ///< newest first
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    static QString sentence(const client::ActivityEntry& entry); ///< "started in 6.8 ms"
    static QString who(const client::ActivityEntry& entry);      ///< "root · diptych[812]"

signals:
    void loadedChanged();

private:
    void merge(const QList<client::ActivityEntry>& newestFirst, bool snapshot);
    bool appendOlder(const QList<client::ActivityEntry>& entries); ///< false: there was none
    [[nodiscard]] QVariant text(const client::ActivityEntry& entry, int column) const;

    client::Client& m_client;
    QList<client::ActivityEntry> m_entries;
    bool m_loaded = false;
    bool m_exhausted = false;
    bool m_fetching = false;
};

} // namespace diptych::models
