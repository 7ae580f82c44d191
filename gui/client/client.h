// The window's only way to a helper. Everything is asynchronous; nothing here blocks the GUI thread. A call's answer
// goes to its callback on the GUI thread, unless the guard object has died or the client has: then it is dropped.
// When the connection goes, every open call ends with Disconnected, streams pause, and the client tries again by
// itself (0.2 s, growing to 3 s); connected() comes after the snapshot streams are asked for anew.
#pragma once

#include "client/types.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>
#include <variant>

namespace diptych::client {

template <typename T>
class Answer final
{
public:
    Answer(T value) : m_value(std::move(value)) {}
    Answer(Error error) : m_value(std::move(error)) {}
    explicit operator bool() const { return std::holds_alternative<T>(m_value); }
    [[nodiscard]] const T& value() const { return std::get<T>(m_value); }
    [[nodiscard]] const Error& error() const { return std::get<Error>(m_value); }

private:
    std::variant<T, Error> m_value;
};
struct Nothing
{
};
template <typename T>
using Callback = std::function<void(const Answer<T>&)>;

/// A terminal's bytes. Deleting it detaches.
class TerminalStream : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual QString session() const = 0; ///< empty until opened()
    virtual void write(const QByteArray& bytes) = 0;
    virtual void resize(int columns, int rows) = 0;

signals:
    void opened();
    void received(const QByteArray& bytes);
    /// error is empty when the program ended or the stream was closed by the helper.
    void closed(const QString& error);
};

class GroupCalls;
class ImageCalls;
class MachineCalls;
class WallCalls;

enum class ConnectionState { Disconnected, Connecting, Connected };
enum class Verb { Start, Stop, Kill, Pause, Resume, Restart };

class Client : public QObject
{
    Q_OBJECT
public:
    /// address: "unix:/run/diptych/diptych.sock" or "ssh:user@host" (runs ssh user@host diptychd bridge).
    static std::unique_ptr<Client> create(const QString& address, QObject* parent = nullptr);
    static QString defaultAddress(); ///< $DIPTYCH_SOCKET or /run/diptych/diptych.sock

    using QObject::QObject;
    virtual void open() = 0;
    [[nodiscard]] virtual QString address() const = 0;
    [[nodiscard]] virtual ConnectionState state() const = 0;
    [[nodiscard]] virtual QString problem() const = 0; ///< why not connected, for people

    virtual void host(QObject* guard, Callback<Host> done) = 0;
    virtual void images(QObject* guard, Callback<QList<Image>> done) = 0;
    virtual void imageTemplates(QObject* guard, Callback<QList<ImageTemplate>> done) = 0;
    virtual void buildTemplate(const QString& name, const QString& reference, QObject* guard,
                               Callback<QString> operation) = 0;

    /// All else about images.
    [[nodiscard]] virtual ImageCalls& imageCalls() = 0;
    /// What only virtual machines do.
    [[nodiscard]] MachineCalls& machineCalls() { return machineCallsOn({}); }
    /// The same; storage, networks and new machines are those of this added connection. Calls about a machine find its
    /// own.
    [[nodiscard]] virtual MachineCalls& machineCallsOn(const QString& connection) = 0;
    /// The machine's control groups.
    [[nodiscard]] virtual GroupCalls& groupCalls() = 0;
    /// Memory, limits and processes on both sides of a wall, and workloads of others.
    [[nodiscard]] virtual WallCalls& wallCalls() = 0;

    virtual void createInstance(const Context& spec, bool twins, bool start, QObject* guard,
                                Callback<QString> operation) = 0;
    virtual void preview(const Context& spec, QObject* guard, Callback<QString> done) = 0;
    /// timeout (ms) for Stop and Restart; signal for Kill. Answers with operation ids.
    virtual void act(Verb verb, const QStringList& ids, QObject* guard, Callback<QStringList> operations,
                     std::optional<int> timeoutOrSignal = {}) = 0;
    virtual void rename(const QString& id, const QString& name, QObject* guard, Callback<Nothing> done) = 0;
    struct RemovalPlan
    {
        QStringList deleted, kept;
    };
    virtual void removalPlan(const QString& id, QObject* guard, Callback<RemovalPlan> done) = 0;
    virtual void remove(const QStringList& ids, bool force, bool disks, QObject* guard,
                        Callback<QStringList> operations) = 0;
    virtual void setLimits(const QString& id, const Limits& limits, QObject* guard, Callback<Nothing> done) = 0;

    virtual void timeline(const QString& id, QObject* guard, Callback<Timeline> done) = 0;
    virtual void processes(const QString& id, QObject* guard, Callback<QList<Process>> done) = 0;
    virtual void configuration(const QString& id, QObject* guard, Callback<QString> done) = 0;
    virtual void log(const QString& id, QObject* guard, Callback<QString> done) = 0;
    virtual void evidence(const QString& id, QObject* guard, Callback<IsolationReport> done) = 0;
    virtual void costs(const QString& id, QObject* guard, Callback<Costs> done) = 0;
    virtual void history(const QString& id, QObject* guard, Callback<QList<Point>> done) = 0;
    virtual void hostHistory(QObject* guard, Callback<QList<HostPoint>> done) = 0;
    /// id empty: the host. At most count points (1 to 2000).
    virtual void range(const QString& id, qint64 begin, qint64 end, int count, QObject* guard,
                       Callback<Range> done) = 0;
    /// What was done to an instance (empty: to all, and else) from since to before until, newest first; at most 1000.
    virtual void activityOf(const QString& instance, qint64 since, qint64 until, QObject* guard,
                            Callback<QList<ActivityEntry>> done) = 0;
    virtual void activity(int limit, qint64 before, QObject* guard, Callback<QList<ActivityEntry>> done) = 0;
    virtual void cancelOperation(const QString& id, QObject* guard, Callback<Nothing> done) = 0;

    /// uri as libvirt has it. Refusals name the field, "name" or "uri". Answers with its id, before it is open.
    virtual void addConnection(const QString& name, const QString& uri, QObject* guard, Callback<QString> done) = 0;
    virtual void removeConnection(const QString& id, QObject* guard, Callback<Nothing> done) = 0;
    virtual void openConnection(const QString& id, bool active, QObject* guard, Callback<Nothing> done) = 0;

    virtual void terminals(const QString& id, QObject* guard, Callback<QList<TerminalSession>> done) = 0;
    /// session empty: a new one. Owned by the caller.
    virtual std::unique_ptr<TerminalStream> terminal(const QString& id, const QString& session, int columns,
                                                     int rows) = 0;

signals:
    void connectionsChanged(const QList<diptych::client::LibvirtConnection>& connections);
    /// Pools or networks of these have changed, by whomever; empty: of the helper's own libvirt.
    void placesChanged(const QStringList& connections);
    void stateChanged(diptych::client::ConnectionState state);
    /// snapshot true: this is everything; what is not in it is gone.
    void instancesChanged(const QList<diptych::client::Instance>& changed, const QStringList& removed, bool snapshot);
    void operationsChanged(const QList<diptych::client::Operation>& changed, bool snapshot);
    void imagesChanged(const QList<diptych::client::Image>& images);
    void swept(const diptych::client::Sweep& sweep); ///< once a second
    void activityAdded(const QList<diptych::client::ActivityEntry>& newestFirst, bool snapshot);
};

} // namespace diptych::client
