// The Client over Varlink. Four lanes of calls, because answers come in order and must not wait for one another: what
// acts (in the order asked), what reads, what the helper has to gather first, and what a registry has to answer. They
// open when first needed, the acting one at once: it tells whether the helper is there. A connection per stream, a
// connection per terminal.
#pragma once

#include "client/call_lane.h"
#include "client/client.h"
#include "client/subscription.h"

#include <array>
#include <map>

namespace diptych::client {

class VarlinkGroups;
class VarlinkImages;
class VarlinkMachines;
class VarlinkWalls;

class VarlinkClient final : public Client
{
    Q_OBJECT
public:
    explicit VarlinkClient(const QString& address, QObject* parent = nullptr);
    ~VarlinkClient() override;

    void open() override;
    [[nodiscard]] QString address() const override;
    [[nodiscard]] ConnectionState state() const override { return m_state; }
    [[nodiscard]] QString problem() const override { return m_problem; }

    void host(QObject* guard, Callback<Host> done) override;
    void images(QObject* guard, Callback<QList<Image>> done) override;
    void imageTemplates(QObject* guard, Callback<QList<ImageTemplate>> done) override;
    void buildTemplate(const QString& name, const QString& reference, QObject* guard,
                       Callback<QString> operation) override;
    ImageCalls& imageCalls() override;
    MachineCalls& machineCallsOn(const QString& connection) override;
    GroupCalls& groupCalls() override;
    WallCalls& wallCalls() override;
    void createInstance(const Context& spec, bool twins, bool start, QObject* guard,
                        Callback<QString> operation) override;
    void preview(const Context& spec, QObject* guard, Callback<QString> done) override;
    void act(Verb verb, const QStringList& ids, QObject* guard, Callback<QStringList> operations,
             std::optional<int> timeoutOrSignal) override;
    void rename(const QString& id, const QString& name, QObject* guard, Callback<Nothing> done) override;
    void removalPlan(const QString& id, QObject* guard, Callback<RemovalPlan> done) override;
    void remove(const QStringList& ids, bool force, bool disks, QObject* guard,
                Callback<QStringList> operations) override;
    void setLimits(const QString& id, const Limits& limits, QObject* guard, Callback<Nothing> done) override;
    void timeline(const QString& id, QObject* guard, Callback<Timeline> done) override;
    void processes(const QString& id, QObject* guard, Callback<QList<Process>> done) override;
    void configuration(const QString& id, QObject* guard, Callback<QString> done) override;
    void log(const QString& id, QObject* guard, Callback<QString> done) override;
    void evidence(const QString& id, QObject* guard, Callback<IsolationReport> done) override;
    void costs(const QString& id, QObject* guard, Callback<Costs> done) override;
    void history(const QString& id, QObject* guard, Callback<QList<Point>> done) override;
    void hostHistory(QObject* guard, Callback<QList<HostPoint>> done) override;
    void range(const QString& id, qint64 begin, qint64 end, int count, QObject* guard, Callback<Range> done) override;
    void activityOf(const QString& instance, qint64 since, qint64 until, QObject* guard,
                    Callback<QList<ActivityEntry>> done) override;
    void activity(int limit, qint64 before, QObject* guard, Callback<QList<ActivityEntry>> done) override;
    void cancelOperation(const QString& id, QObject* guard, Callback<Nothing> done) override;
    void addConnection(const QString& name, const QString& uri, QObject* guard, Callback<QString> done) override;
    void removeConnection(const QString& id, QObject* guard, Callback<Nothing> done) override;
    void openConnection(const QString& id, bool active, QObject* guard, Callback<Nothing> done) override;
    void terminals(const QString& id, QObject* guard, Callback<QList<TerminalSession>> done) override;
    std::unique_ptr<TerminalStream> terminal(const QString& id, const QString& session, int columns, int rows) override;

    enum Lane { Acting, Reading, Gathering, Remote, LaneCount };
    template <typename T, typename Decode>
    void call(Lane lane, const char* method, const Json& parameters, QObject* guard, Callback<T> done, Decode decode)
    {
        send(lane, method, parameters,
             [guarded = guard != nullptr, guard = QPointer<QObject>(guard), done = std::move(done),
              decode](const Reply& reply) {
                 if (!done || (guarded && !guard))
                     return;
                 if (reply.error)
                     done(Answer<T>(*reply.error));
                 else
                     done(Answer<T>(T(decode(reply.parameters))));
             });
    }
    [[nodiscard]] Address where() const { return m_address.value_or(Address{}); }

private:
    void send(Lane lane, const char* method, const Json& parameters, CallLane::Handler handler);
    void subscribe(const char* method, Subscription::Handler handler);
    void makeSubscriptions();
    void connectNow();
    void connected();
    void lost(const QString& problem);
    void setState(ConnectionState state);
    [[nodiscard]] QString explain(Link::Problem problem, const QString& detail) const;

    std::optional<Address> m_address;
    QString m_text;
    std::array<CallLane*, LaneCount> m_lanes{};
    std::unique_ptr<VarlinkImages> m_images;
    std::map<QString, std::unique_ptr<VarlinkMachines>> m_machines; ///< by connection
    std::unique_ptr<VarlinkGroups> m_groups;
    std::unique_ptr<VarlinkWalls> m_walls;
    QList<Subscription*> m_subscriptions;
    ConnectionState m_state = ConnectionState::Disconnected;
    QString m_problem;
    QTimer m_retry;
    int m_delay = 0;
    int m_attempt = 0; ///< an answer to an earlier attempt's greeting is not this one's
};

} // namespace diptych::client
