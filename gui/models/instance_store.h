// The merged truth about one host: its instances, their newest measurements, what is being done to them, and the host
// itself. Follows the client's streams; pages read it and listen. While the helper can't be reached it keeps what it
// last knew, and isLive() is false.
#pragma once

#include "client/client.h"
#include "client/wall_types.h"
#include "models/history.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace diptych::models {

class InstanceStore final : public QObject
{
    Q_OBJECT
public:
    explicit InstanceStore(client::Client& client, QObject* parent = nullptr);
    ~InstanceStore() override;

    /// In order of arrival; a row number of InstanceModel is an index into it.
    [[nodiscard]] const QStringList& ids() const { return m_ids; }
    [[nodiscard]] qsizetype size() const { return m_ids.size(); }
    [[nodiscard]] bool contains(const QString& id) const { return m_entries.contains(id) || m_others.contains(id); }
    [[nodiscard]] int indexOf(const QString& id) const; ///< -1 when unknown
    /// What nobody registered, and the machine itself as "host", as somebody last asked for it: find() knows them as
    /// instances that can be looked at, ids() does not have them.
    void setOthers(const QList<client::Workload>& workloads);
    [[nodiscard]] const QList<client::Workload>& others() const { return m_workloads; }
    [[nodiscard]] bool isOther(const QString& id) const { return m_others.contains(id); }
    /// Null when unknown. Valid until control returns to the event loop.
    [[nodiscard]] const client::Instance* find(const QString& id) const;
    [[nodiscard]] QString idOfName(const QString& name) const; ///< empty when no instance has it
    [[nodiscard]] QString nameOf(const QString& id) const;     ///< the id itself when unknown
    [[nodiscard]] QString twinOf(const QString& id) const;     ///< empty when there is none (any more)
    /// Name and image of the first container and machine that are twins, or {}: what Compare shows first.
    [[nodiscard]] std::optional<std::pair<QString, QString>> firstTwins() const;
    [[nodiscard]] int count(client::Kind kind) const;
    [[nodiscard]] int count(client::State state) const;

    /// The last measurement; null when the last sweep had none (not running).
    [[nodiscard]] const client::Point* point(const QString& id) const;
    [[nodiscard]] const History& history(const QString& id) const; ///< empty when unknown
    /// Asks the helper, once per id, for the minutes before the window came; historyFilled(id) follows.
    void fillHistory(const QString& id);

    /// Libvirt connections that were added, as the helper last told.
    [[nodiscard]] const QList<client::LibvirtConnection>& connections() const { return m_connections; }
    [[nodiscard]] const client::LibvirtConnection* connection(const QString& id) const; ///< null when unknown
    /// Of the connection it is on; null for this machine's own.
    [[nodiscard]] const client::LibvirtConnection* connectionOf(const QString& id) const;
    /// Whether what is shown of it is the present: this helper, and its connection, answer.
    [[nodiscard]] bool isCurrent(const QString& id) const;

    /// What is going on with it now, oldest first.
    [[nodiscard]] QList<client::Operation> operations(const QString& id) const;
    [[nodiscard]] bool isBusy(const QString& id) const;

    [[nodiscard]] const client::Host& host() const { return m_host; } ///< empty hostname until hostChanged()
    [[nodiscard]] const HostHistory& hostHistory() const { return m_hostHistory; }
    void fillHostHistory();
    [[nodiscard]] bool isGranted(const QString& action) const; ///< "org.diptych.lifecycle" without a further question
    [[nodiscard]] bool hasHost() const { return !m_host.hostname.isEmpty(); }

    [[nodiscard]] bool isLoaded() const { return m_loaded; } ///< a snapshot came, at some time
    [[nodiscard]] bool isLive() const { return m_live; }     ///< connected, and the snapshot is of this connection

signals:
    // In this order for one message. Each list is non-empty; indexes of aboutToRemove are those of ids().
    void aboutToRemove(const QStringList& ids);
    void removed(const QStringList& ids);
    void aboutToAdd(int count); ///< appended to ids()
    void added(const QStringList& ids);
    void changed(const QStringList& ids);  ///< context, runtime or operations
    void swept();                          ///< new points of all running instances and of the host
    void historyFilled(const QString& id); ///< empty id: the host's
    void hostChanged();
    void connectionsChanged();
    void othersChanged();
    void loadedChanged();
    void liveChanged(bool live);

private:
    struct Entry
    {
        client::Instance instance;
        History history;
        QList<client::Operation> operations;
        int index = 0;
        bool measured = false;
        bool historyAsked = false;
    };
    void mergeInstances(const QList<client::Instance>& changed, const QStringList& gone, bool snapshot);
    void renameTwin(const QString& id, const QString& before, const QString& after);
    void removeIds(const QStringList& gone);
    void mergeOperations(const QList<client::Operation>& changed, bool snapshot);
    void mergeSweep(const client::Sweep& sweep);
    void setLive(bool live);
    void askHost();

    client::Client& m_client;
    QStringList m_ids;
    QHash<QString, QString> m_named; ///< what some instance calls its twin -> that instance
    QHash<QString, Entry> m_entries;
    QHash<QString, client::Instance> m_others;
    QList<client::Workload> m_workloads;
    QHash<QString, client::Operation> m_operations;
    QList<client::LibvirtConnection> m_connections;
    client::Host m_host;
    HostHistory m_hostHistory;
    bool m_hostHistoryAsked = false;
    bool m_loaded = false;
    bool m_live = false;
};

} // namespace diptych::models
