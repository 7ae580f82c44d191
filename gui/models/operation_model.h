// Long work of every client, newest first. Ended operations stay for a while, so that a notice can be read.
#pragma once

#include "client/client.h"

#include <QAbstractListModel>
#include <QPointer>

namespace diptych::models {

class InstanceStore;

class OperationModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        StateRole,       ///< int of client::OperationState
        ProgressRole,    ///< double 0 to 1, negative unknown
        DetailRole,      ///< the step in words, and its detail
        ErrorRole,       ///< in words, empty when it did not fail
        CancellableRole, ///< bool
        StartedRole,     ///< Unix ms
    };
    static constexpr int KeptEnded = 100;

    explicit OperationModel(client::Client& client, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override; ///< DisplayRole: "Starting web"

    [[nodiscard]] const client::Operation* find(const QString& id) const;
    [[nodiscard]] QList<client::Operation> running() const; ///< waiting and running, oldest first
    void cancel(const QString& id);
    /// Calls back once, when that operation has ended, at once when it has. Dropped when guard dies.
    void whenEnded(const QString& id, QObject* guard, std::function<void(const client::Operation&)> done);

    static QString title(const client::Operation& operation);  ///< "Starting web", "web: start failed" when it did
    static QString detail(const client::Operation& operation); ///< "Unpacking layer 2 of 3 · 64 %"

signals:
    void runningChanged();
    void
    ended(const diptych::client::Operation& operation); ///< done, failed or cancelled; not for what had ended before

private:
    void merge(const QList<client::Operation>& changed, bool snapshot);
    void end(const client::Operation& operation);
    void endForgotten(const QList<client::Operation>& snapshot);
    void insert(const QList<client::Operation>& newestFirst);
    void trim();
    [[nodiscard]] int rowOf(const QString& id) const;

    client::Client& m_client;
    QList<client::Operation> m_operations;
    struct Waiting
    {
        QString id;
        QPointer<QObject> guard;
        std::function<void(const client::Operation&)> done;
    };
    QList<Waiting> m_waiting;
};

} // namespace diptych::models
