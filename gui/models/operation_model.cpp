#include "models/operation_model.h"

#include "models/statements.h"

namespace diptych::models {

namespace {

bool goesOn(const client::Operation& operation)
{
    return operation.state == client::OperationState::Waiting || operation.state == client::OperationState::Running;
}

} // namespace

OperationModel::OperationModel(client::Client& client, QObject* parent) : QAbstractListModel(parent), m_client(client)
{
    connect(&client, &client::Client::operationsChanged, this, &OperationModel::merge);
}

int OperationModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_operations.size());
}

int OperationModel::rowOf(const QString& id) const
{
    for (qsizetype row = 0; row < m_operations.size(); ++row)
        if (m_operations.at(row).id == id)
            return int(row);
    return -1;
}

const client::Operation* OperationModel::find(const QString& id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_operations.at(row);
}

QList<client::Operation> OperationModel::running() const
{
    QList<client::Operation> open;
    for (auto operation = m_operations.crbegin(); operation != m_operations.crend(); ++operation)
        if (goesOn(*operation))
            open.append(*operation);
    return open;
}

void OperationModel::cancel(const QString& id)
{
    m_client.cancelOperation(id, this, {});
}

void OperationModel::whenEnded(const QString& id, QObject* guard, std::function<void(const client::Operation&)> done)
{
    if (const client::Operation* operation = find(id); operation && !goesOn(*operation)) {
        done(*operation);
        return;
    }
    m_waiting.append({id, guard, std::move(done)});
}

void OperationModel::merge(const QList<client::Operation>& changed, bool snapshot)
{
    const bool fresh = snapshot && m_operations.isEmpty();
    if (snapshot)
        endForgotten(changed);
    QHash<QString, int> rows;
    for (int row = 0; row < m_operations.size(); ++row)
        rows.insert(m_operations.at(row).id, row);
    QList<client::Operation> unknown;
    QList<client::Operation> over;
    int first = int(m_operations.size());
    int last = -1;
    for (const client::Operation& operation : changed) {
        const int row = rows.value(operation.id, -1);
        const bool news = row < 0 || goesOn(m_operations.at(row));
        if (!goesOn(operation) && news && !fresh)
            over.append(operation);
        if (row < 0) {
            unknown.prepend(operation);
            continue;
        }
        m_operations[row] = operation;
        first = std::min(first, row);
        last = std::max(last, row);
    }
    if (last >= 0)
        emit dataChanged(index(first), index(last));
    insert(unknown);
    for (const client::Operation& operation : std::as_const(over))
        end(operation);
    trim();
    emit runningChanged();
}

// A helper that was started anew no longer knows what the former one was doing: that work has ended with it.
void OperationModel::endForgotten(const QList<client::Operation>& snapshot)
{
    for (int row = 0; row < m_operations.size(); ++row) {
        client::Operation& operation = m_operations[row];
        const bool known =
            std::any_of(snapshot.cbegin(), snapshot.cend(), [&](const auto& one) { return one.id == operation.id; });
        if (!goesOn(operation) || known)
            continue;
        operation.state = client::OperationState::Failed;
        operation.error =
            client::Error{QStringLiteral("org.diptych.Failed"), tr("the helper was stopped meanwhile"), {}};
        emit dataChanged(index(row), index(row));
        end(client::Operation(operation));
    }
}

void OperationModel::insert(const QList<client::Operation>& newestFirst)
{
    if (newestFirst.isEmpty())
        return;
    beginInsertRows({}, 0, int(newestFirst.size()) - 1);
    m_operations = newestFirst + m_operations;
    endInsertRows();
}

void OperationModel::trim()
{
    int ended = 0;
    for (int row = 0; row < m_operations.size(); ++row) {
        if (goesOn(m_operations.at(row)) || ++ended <= KeptEnded)
            continue;
        int last = row; // those that go with it
        while (last + 1 < m_operations.size() && !goesOn(m_operations.at(last + 1)))
            ++last;
        beginRemoveRows({}, row, last);
        m_operations.remove(row, last - row + 1);
        endRemoveRows();
        --row;
    }
}

void OperationModel::end(const client::Operation& operation)
{
    QList<Waiting> due;
    for (const Waiting& waiting : std::as_const(m_waiting))
        if (waiting.id == operation.id)
            due.append(waiting);
    m_waiting.removeIf([&](const Waiting& waiting) { return waiting.id == operation.id || !waiting.guard; });
    emit ended(operation);
    for (const Waiting& waiting : std::as_const(due))
        if (waiting.guard)
            waiting.done(operation);
}

QVariant OperationModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_operations.size())
        return {};
    const client::Operation& operation = m_operations.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return title(operation);
    case Qt::ToolTipRole:
    case DetailRole:
        return detail(operation);
    case IdRole:
        return operation.id;
    case StateRole:
        return int(operation.state);
    case ProgressRole:
        return operation.progress;
    case ErrorRole:
        return operation.error ? errorText(*operation.error) : QString();
    case CancellableRole:
        return operation.cancellable && goesOn(operation);
    case StartedRole:
        return operation.startedAt;
    default:
        return {};
    }
}

} // namespace diptych::models
