#include "models/activity_model.h"

#include "models/formatting.h"
#include "models/reasons.h"
#include "models/statements.h"

#include <QRegularExpression>

namespace diptych::models {

using namespace Qt::StringLiterals;

namespace {

QString userText(int user)
{
    return user < 0    ? ActivityModel::tr("nobody: by itself")
           : user == 0 ? u"root"_s
                       : ActivityModel::tr("user %1").arg(user);
}

/// The end of a program in words; the helper sends "exit code 143", or why the code is not known.
QString endText(const client::ActivityEntry& entry)
{
    static const QRegularExpression shape(u"^exit code (\\d+)$"_s);
    const QRegularExpressionMatch match = shape.match(entry.message);
    if (match.hasMatch())
        return exitText(match.captured(1).toInt());
    return entry.message.isEmpty() ? verbPast(entry.verb) : ActivityModel::tr("ended: %1").arg(entry.message);
}

/// The helper sends "held back 38 % of the time by its CPU limit".
QString throttledText(const client::ActivityEntry& entry)
{
    static const QRegularExpression shape(u"^held back (\\d+) %"_s);
    const QRegularExpressionMatch match = shape.match(entry.message);
    return match.hasMatch() ? ActivityModel::tr("held back by its CPU limit %1 % of the time").arg(match.captured(1))
                            : verbPast(entry.verb);
}

int kindOf(const client::ActivityEntry& entry)
{
    if (entry.kind == u"container"_s)
        return int(client::Kind::Container);
    return entry.kind == u"machine"_s ? int(client::Kind::Machine) : -1;
}

} // namespace

ActivityModel::ActivityModel(client::Client& client, QObject* parent) : QAbstractTableModel(parent), m_client(client)
{
    connect(&client, &client::Client::activityAdded, this, &ActivityModel::merge);
}

int ActivityModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int ActivityModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

void ActivityModel::merge(const QList<client::ActivityEntry>& newestFirst, bool snapshot)
{
    const qint64 newest = m_entries.isEmpty() ? 0 : m_entries.first().id;
    QList<client::ActivityEntry> fresh;
    for (const client::ActivityEntry& entry : newestFirst)
        if (entry.id > newest)
            fresh.append(entry);
    std::sort(fresh.begin(), fresh.end(), [](const auto& a, const auto& b) { return a.id > b.id; });
    // After a reconnect more may have happened than a snapshot holds, or the history is another one: begin anew.
    const bool gap = snapshot && !m_entries.isEmpty() && !newestFirst.isEmpty() &&
                     (fresh.size() == newestFirst.size() || newestFirst.first().id < newest);
    if (gap) {
        beginRemoveRows({}, 0, int(m_entries.size()) - 1);
        m_entries.clear();
        endRemoveRows();
        m_exhausted = false;
        fresh = newestFirst;
    }
    if (!fresh.isEmpty()) {
        beginInsertRows({}, 0, int(fresh.size()) - 1);
        for (auto entry = fresh.crbegin(); entry != fresh.crend(); ++entry)
            m_entries.prepend(*entry);
        endInsertRows();
    }
    if (!std::exchange(m_loaded, true))
        emit loadedChanged();
}

bool ActivityModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_loaded && !m_exhausted && !m_fetching && !m_entries.isEmpty() &&
           m_client.state() == client::ConnectionState::Connected;
}

void ActivityModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    m_fetching = true;
    m_client.activity(PageSize, m_entries.last().id, this,
                      [this](const client::Answer<QList<client::ActivityEntry>>& answer) {
                          m_fetching = false;
                          if (!answer)
                              return;
                          m_exhausted = !appendOlder(answer.value());
                      });
}

bool ActivityModel::appendOlder(const QList<client::ActivityEntry>& entries)
{
    QList<client::ActivityEntry> older;
    for (const client::ActivityEntry& entry : entries)
        if (m_entries.isEmpty() || entry.id < m_entries.last().id)
            older.append(entry);
    if (older.isEmpty())
        return false;
    beginInsertRows({}, int(m_entries.size()), int(m_entries.size() + older.size()) - 1);
    m_entries += older;
    endInsertRows();
    return true;
}

void ActivityModel::fetchAll(QObject* guard, std::function<void()> done)
{
    if (m_exhausted || m_entries.isEmpty()) {
        done();
        return;
    }
    m_client.activity(LargestPage, m_entries.last().id, guard,
                      [this, guard, done](const client::Answer<QList<client::ActivityEntry>>& answer) {
                          m_exhausted = answer && !appendOlder(answer.value());
                          if (answer && !m_exhausted)
                              fetchAll(guard, done);
                          else
                              done();
                      });
}

QString ActivityModel::sentence(const client::ActivityEntry& entry)
{
    if (entry.verb == u"exited"_s)
        return endText(entry);
    if (entry.verb == u"throttled"_s)
        return throttledText(entry);
    if (entry.verb == u"oomKilled"_s)
        return tr("reached its memory limit: the kernel killed a process");
    if (entry.outcome == u"failed"_s)
        return tr("%1 failed: %2").arg(verbName(entry.verb), reasonText(entry.message));
    if (entry.outcome == u"denied"_s)
        return tr("%1 was refused").arg(verbName(entry.verb));
    if (entry.outcome == u"cancelled"_s)
        return tr("%1 was cancelled").arg(verbName(entry.verb));
    if (entry.verb == u"start"_s && entry.nanoseconds > 0)
        return tr("started in %1").arg(nanoseconds(entry.nanoseconds));
    const QString done = verbPast(entry.verb);
    return entry.message.isEmpty() ? done : tr("%1: %2").arg(done, entry.message);
}

QString ActivityModel::who(const client::ActivityEntry& entry)
{
    return entry.process.isEmpty() ? userText(entry.user) : userText(entry.user) + u" · "_s + entry.process;
}

QVariant ActivityModel::text(const client::ActivityEntry& entry, int column) const
{
    switch (column) {
    case TimeColumn:
        return timeOfDay(entry.time);
    case InstanceColumn:
        return entry.subject;
    case WhatColumn:
        return sentence(entry);
    case OutcomeColumn:
        return outcomeName(entry.outcome);
    case WhoColumn:
        return who(entry);
    case DurationColumn:
        return entry.nanoseconds > 0 ? nanoseconds(entry.nanoseconds) : QString();
    default:
        return {};
    }
}

QVariant ActivityModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_entries.size())
        return {};
    const client::ActivityEntry& entry = m_entries.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(entry, index.column());
    case Qt::ToolTipRole:
        return index.column() == TimeColumn ? dateTime(entry.time) : entry.message;
    case EntryIdRole:
        return entry.id;
    case InstanceRole:
        return entry.instance;
    case KindRole:
        return kindOf(entry);
    case OutcomeRole:
        return entry.outcome;
    case MessageRole:
        return entry.message;
    case VerbRole:
        return entry.verb;
    case MomentRole:
        return entry.time;
    default:
        return {};
    }
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case InstanceColumn:
        return tr("Instance");
    case WhatColumn:
        return tr("What");
    case OutcomeColumn:
        return tr("Outcome");
    case WhoColumn:
        return tr("Who");
    case DurationColumn:
        return tr("Took");
    default:
        return {};
    }
}

} // namespace diptych::models
