#include "client/varlink_client.h"

#include "client/backoff.h"
#include "client/decode.h"
#include "client/encode.h"
#include "client/errors.h"
#include "client/terminal_link.h"

namespace diptych::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int GreetingTimeout = 15'000; ///< ms; ssh may have to log in first
constexpr int CallTimeout = 60'000;
constexpr int ActingTimeout = 300'000; ///< somebody may be typing a password for polkit

Json idOnly(const QString& id)
{
    return {{"id", encode(id)}};
}

auto textOf(const char* key)
{
    return [key](const Json& json) { return text(json, key); };
}
auto textsOf(const char* key)
{
    return [key](const Json& json) { return texts(json, key); };
}
template <typename Decode>
auto listOf(const char* key, Decode decode)
{
    return [key, decode](const Json& json) { return list(json, key, decode); };
}
const auto nothing = [](const Json&) { return Nothing{}; };

} // namespace

std::unique_ptr<Client> Client::create(const QString& address, QObject* parent)
{
    return std::make_unique<VarlinkClient>(address, parent);
}

QString Client::defaultAddress()
{
    const QString socket = qEnvironmentVariable("DIPTYCH_SOCKET");
    if (const auto address = parseAddress(socket))
        return address->text();
    return u"unix:/run/diptych/diptych.sock"_s;
}

VarlinkClient::VarlinkClient(const QString& address, QObject* parent)
    : Client(parent), m_address(parseAddress(address)), m_text(m_address ? m_address->text() : address)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &VarlinkClient::connectNow);
    if (!m_address)
        return;
    for (int lane = 0; lane < LaneCount; ++lane) {
        m_lanes[size_t(lane)] = new CallLane(*m_address, this);
        connect(m_lanes[size_t(lane)], &CallLane::gone, this,
                [this](Link::Problem problem, const QString& detail) { lost(explain(problem, detail)); });
    }
    makeSubscriptions();
}

VarlinkClient::~VarlinkClient()
{
    // The lanes outlive this part of the object: nothing of them may call back into it.
    for (CallLane* lane : m_lanes)
        delete lane;
    qDeleteAll(m_subscriptions);
}

void VarlinkClient::subscribe(const char* method, Subscription::Handler handler)
{
    auto* subscription = new Subscription(*m_address, method, std::move(handler), this);
    connect(subscription, &Subscription::refused, this, [this](const Error& error) {
        if (error.name == errors::PermissionDenied) {
            m_delay = 3000;
            lost(tr("The helper refuses you: %1. Add yourself to the group diptych and log in again.")
                     .arg(error.message));
        }
    });
    m_subscriptions.append(subscription);
}

void VarlinkClient::makeSubscriptions()
{
    subscribe("org.diptych.Instances.Subscribe", [this](const Json& json, bool snapshot) {
        emit instancesChanged(decodeInstances(json, "changed"), texts(json, "removed"), snapshot);
    });
    subscribe("org.diptych.Operations.Subscribe", [this](const Json& json, bool snapshot) {
        emit operationsChanged(decodeOperations(json, "operations"), snapshot);
    });
    subscribe("org.diptych.Images.Subscribe",
              [this](const Json& json, bool) { emit imagesChanged(list(json, "images", decodeImage)); });
    subscribe("org.diptych.Metrics.Subscribe", [this](const Json& json, bool) { emit swept(decodeSweep(json)); });
    subscribe("org.diptych.Activity.Subscribe", [this](const Json& json, bool snapshot) {
        emit activityAdded(list(json, "entries", decodeActivity), snapshot);
    });
}

QString VarlinkClient::address() const
{
    return m_text;
}

void VarlinkClient::open()
{
    if (m_state == ConnectionState::Connected)
        return;
    if (!m_address) {
        m_problem = tr("“%1” is not an address of a helper. Use unix:/path or ssh:user@host.").arg(m_text);
        emit stateChanged(m_state);
        return;
    }
    m_delay = 0;
    setState(ConnectionState::Connecting);
    connectNow();
}

void VarlinkClient::connectNow()
{
    m_retry.stop();
    CallLane* lane = m_lanes[Acting];
    lane->close({errors::Disconnected, m_problem, {}});
    lane->open();
    if (!lane->isOpen())
        return; // it failed at once, and lost() has been here
    const int attempt = ++m_attempt;
    lane->call("org.diptych.Ping", Json::object(), GreetingTimeout, [this, attempt](const Reply& reply) {
        if (attempt != m_attempt || (reply.error && reply.error->name == errors::Disconnected))
            return;
        if (reply.error)
            lost(tr("What answers at %1 is not Diptych's helper, or does not answer: %2")
                     .arg(m_text, reply.error->message));
        else
            connected();
    });
}

void VarlinkClient::connected()
{
    m_delay = 0;
    m_problem.clear();
    for (Subscription* subscription : std::as_const(m_subscriptions))
        subscription->start();
    setState(ConnectionState::Connected);
}

void VarlinkClient::lost(const QString& problem)
{
    ++m_attempt;
    const bool news = m_problem != problem;
    m_problem = problem;
    for (Subscription* subscription : std::as_const(m_subscriptions))
        subscription->stop();
    m_delay = nextDelay(m_delay);
    m_retry.start(m_delay);
    const bool wasDown = m_state == ConnectionState::Disconnected;
    m_state = ConnectionState::Disconnected;
    for (CallLane* lane : m_lanes)
        lane->close({errors::Disconnected, problem, {}});
    if (!wasDown || news)
        emit stateChanged(m_state);
}

void VarlinkClient::setState(ConnectionState state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

QString VarlinkClient::explain(Link::Problem problem, const QString& detail) const
{
    const QString user = qEnvironmentVariable("USER", u"$USER"_s);
    switch (problem) {
    case Link::Problem::NotRunning:
        return tr("The helper is not running. Start it with: sudo systemctl start diptychd");
    case Link::Problem::Denied:
        return tr("You may not talk to the helper. Add yourself to its group with: sudo usermod -aG diptych %1 — and "
                  "log in "
                  "again.")
            .arg(user);
    case Link::Problem::Closed:
        return tr("The helper has ended the connection. Diptych reconnects as soon as it is back.");
    case Link::Problem::TooLarge:
        return tr("The helper sent more than 16 MiB in one answer.");
    case Link::Problem::Ssh:
        break;
    }
    const QString host = m_address ? m_address->host : m_text;
    return detail.isEmpty() ? tr("The connection to %1 has ended.").arg(host)
                            : tr("The connection to %1 failed: %2").arg(host, detail);
}

void VarlinkClient::send(Lane lane, const char* method, const Json& parameters, CallLane::Handler handler)
{
    CallLane* target = m_lanes[lane];
    if (m_state == ConnectionState::Connected && !target->isOpen())
        target->open();
    if (m_state == ConnectionState::Connected && target->isOpen()) {
        target->call(method, parameters, lane == Acting ? ActingTimeout : CallTimeout, std::move(handler));
        return;
    }
    const Error error{errors::Disconnected, m_problem.isEmpty() ? tr("Not connected to the helper.") : m_problem, {}};
    QMetaObject::invokeMethod(
        this,
        [handler = std::move(handler), error] {
            handler({{}, error});
        },
        Qt::QueuedConnection);
}

template <typename T, typename Decode>
void VarlinkClient::call(Lane lane, const char* method, const Json& parameters, QObject* guard, Callback<T> done,
                         Decode decode)
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

void VarlinkClient::host(QObject* guard, Callback<Host> done)
{
    call<Host>(Reading, "org.diptych.GetHost", {}, guard, std::move(done), decodeHost);
}

void VarlinkClient::images(QObject* guard, Callback<QList<Image>> done)
{
    call<QList<Image>>(Reading, "org.diptych.Images.List", {}, guard, std::move(done), listOf("images", decodeImage));
}

void VarlinkClient::imageTemplates(QObject* guard, Callback<QList<ImageTemplate>> done)
{
    call<QList<ImageTemplate>>(Reading, "org.diptych.Images.ListTemplates", {}, guard, std::move(done),
                               listOf("templates", decodeTemplate));
}

void VarlinkClient::buildTemplate(const QString& name, const QString& reference, QObject* guard,
                                  Callback<QString> operation)
{
    call<QString>(Acting, "org.diptych.Images.BuildTemplate",
                  {{"template", encode(name)}, {"reference", encode(reference)}}, guard, std::move(operation),
                  textOf("operation"));
}

void VarlinkClient::createInstance(const Context& spec, bool twins, bool start, QObject* guard,
                                   Callback<QString> operation)
{
    call<QString>(Acting, "org.diptych.Instances.Create", {{"spec", encode(spec)}, {"twins", twins}, {"start", start}},
                  guard, std::move(operation), textOf("operation"));
}

void VarlinkClient::preview(const Context& spec, QObject* guard, Callback<QString> done)
{
    call<QString>(Gathering, "org.diptych.Instances.Preview", {{"spec", encode(spec)}}, guard, std::move(done),
                  textOf("text"));
}

void VarlinkClient::act(Verb verb, const QStringList& ids, QObject* guard, Callback<QStringList> operations,
                        std::optional<int> timeoutOrSignal)
{
    static constexpr std::array Methods{"org.diptych.Instances.Start",  "org.diptych.Instances.Stop",
                                        "org.diptych.Instances.Kill",   "org.diptych.Instances.Pause",
                                        "org.diptych.Instances.Resume", "org.diptych.Instances.Restart"};
    Json parameters{{"ids", encode(ids)}};
    if (timeoutOrSignal && (verb == Verb::Stop || verb == Verb::Restart))
        parameters["timeout"] = *timeoutOrSignal;
    if (timeoutOrSignal && verb == Verb::Kill)
        parameters["signal"] = *timeoutOrSignal;
    call<QStringList>(Acting, Methods[size_t(verb)], parameters, guard, std::move(operations), textsOf("operations"));
}

void VarlinkClient::rename(const QString& id, const QString& name, QObject* guard, Callback<Nothing> done)
{
    call<Nothing>(Acting, "org.diptych.Instances.Rename", {{"id", encode(id)}, {"name", encode(name)}}, guard,
                  std::move(done), nothing);
}

void VarlinkClient::removalPlan(const QString& id, QObject* guard, Callback<RemovalPlan> done)
{
    call<RemovalPlan>(Reading, "org.diptych.Instances.RemovalPlan", idOnly(id), guard, std::move(done),
                      [](const Json& json) {
                          return RemovalPlan{texts(json, "deleted"), texts(json, "kept")};
                      });
}

void VarlinkClient::remove(const QStringList& ids, bool force, bool disks, QObject* guard,
                           Callback<QStringList> operations)
{
    call<QStringList>(Acting, "org.diptych.Instances.Delete",
                      {{"ids", encode(ids)}, {"force", force}, {"disks", disks}}, guard, std::move(operations),
                      textsOf("operations"));
}

void VarlinkClient::setLimits(const QString& id, const Limits& limits, QObject* guard, Callback<Nothing> done)
{
    call<Nothing>(Acting, "org.diptych.Instances.SetLimits", {{"id", encode(id)}, {"limits", encode(limits)}}, guard,
                  std::move(done), nothing);
}

void VarlinkClient::timeline(const QString& id, QObject* guard, Callback<Timeline> done)
{
    call<Timeline>(Reading, "org.diptych.Instances.GetTimeline", idOnly(id), guard, std::move(done),
                   [](const Json& json) { return decodeTimeline(member(json, "timeline")); });
}

void VarlinkClient::processes(const QString& id, QObject* guard, Callback<QList<Process>> done)
{
    call<QList<Process>>(Gathering, "org.diptych.Instances.ListProcesses", idOnly(id), guard, std::move(done),
                         listOf("processes", decodeProcess));
}

void VarlinkClient::configuration(const QString& id, QObject* guard, Callback<QString> done)
{
    call<QString>(Reading, "org.diptych.Instances.GetConfiguration", idOnly(id), guard, std::move(done),
                  textOf("text"));
}

void VarlinkClient::log(const QString& id, QObject* guard, Callback<QString> done)
{
    call<QString>(Reading, "org.diptych.Instances.ReadLog", idOnly(id), guard, std::move(done), textOf("text"));
}

void VarlinkClient::evidence(const QString& id, QObject* guard, Callback<IsolationReport> done)
{
    call<IsolationReport>(Gathering, "org.diptych.Isolation.GetEvidence", idOnly(id), guard, std::move(done),
                          decodeReport);
}

void VarlinkClient::costs(const QString& id, QObject* guard, Callback<Costs> done)
{
    call<Costs>(Gathering, "org.diptych.Isolation.GetCosts", idOnly(id), guard, std::move(done), decodeCosts);
}

void VarlinkClient::history(const QString& id, QObject* guard, Callback<QList<Point>> done)
{
    call<QList<Point>>(Reading, "org.diptych.Metrics.GetHistory", idOnly(id), guard, std::move(done),
                       listOf("points", decodePoint));
}

void VarlinkClient::hostHistory(QObject* guard, Callback<QList<HostPoint>> done)
{
    call<QList<HostPoint>>(Reading, "org.diptych.Metrics.GetHostHistory", {}, guard, std::move(done),
                           listOf("points", decodeHostPoint));
}

void VarlinkClient::activity(int limit, qint64 before, QObject* guard, Callback<QList<ActivityEntry>> done)
{
    Json parameters{{"limit", limit}};
    if (before > 0)
        parameters["before"] = before;
    call<QList<ActivityEntry>>(Reading, "org.diptych.Activity.List", parameters, guard, std::move(done),
                               listOf("entries", decodeActivity));
}

void VarlinkClient::cancelOperation(const QString& id, QObject* guard, Callback<Nothing> done)
{
    call<Nothing>(Reading, "org.diptych.Operations.Cancel", idOnly(id), guard, std::move(done), nothing);
}

void VarlinkClient::terminals(const QString& id, QObject* guard, Callback<QList<TerminalSession>> done)
{
    call<QList<TerminalSession>>(Reading, "org.diptych.Instances.ListTerminals", idOnly(id), guard, std::move(done),
                                 listOf("sessions", decodeTerminalSession));
}

std::unique_ptr<TerminalStream> VarlinkClient::terminal(const QString& id, const QString& session, int columns,
                                                        int rows)
{
    const auto resize = [self = QPointer<VarlinkClient>(this), id](const QString& open, int newColumns, int newRows) {
        if (self)
            self->send(Reading, "org.diptych.Instances.ResizeTerminal",
                       {{"id", encode(id)}, {"session", encode(open)}, {"columns", newColumns}, {"rows", newRows}},
                       [](const Reply&) {});
    };
    return std::make_unique<TerminalLink>(m_address.value_or(Address{}), id, session, columns, rows, resize);
}

} // namespace diptych::client
