#include "client/varlink_client.h"

#include "client/backoff.h"
#include "client/decode.h"
#include "client/encode.h"
#include "client/errors.h"
#include "client/terminal_link.h"
#include "client/varlink_groups.h"
#include "client/varlink_images.h"
#include "client/varlink_machines.h"
#include "client/varlink_walls.h"

namespace diptych::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int GreetingTimeout = 15'000; ///< ms
constexpr int SshTimeout = 60'000;      ///< it logs in first; what keeps it from that it tells itself, and better
constexpr int CallTimeout = 60'000;
constexpr int ActingTimeout = 300'000; ///< somebody may be typing a password for polkit

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
    : Client(parent),
      m_address(parseAddress(address)),
      m_text(m_address ? m_address->text() : address),
      m_images(std::make_unique<VarlinkImages>(*this)),
      m_groups(std::make_unique<VarlinkGroups>(*this)),
      m_walls(std::make_unique<VarlinkWalls>(*this))
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
        return [this, changed = decodeInstances(json, "changed"), removed = texts(json, "removed"), snapshot] {
            emit instancesChanged(changed, removed, snapshot);
        };
    });
    subscribe("org.diptych.Connections.Subscribe", [this](const Json& json, bool) {
        return
            [this, connections = list(json, "connections", decodeConnection)] { emit connectionsChanged(connections); };
    });
    subscribe("org.diptych.Connections.SubscribePlaces", [this](const Json& json, bool) {
        return [this, connections = texts(json, "connections")] { emit placesChanged(connections); };
    });
    subscribe("org.diptych.Operations.Subscribe", [this](const Json& json, bool snapshot) {
        return [this, operations = decodeOperations(json, "operations"), snapshot] {
            emit operationsChanged(operations, snapshot);
        };
    });
    subscribe("org.diptych.Images.Subscribe", [this](const Json& json, bool) {
        return [this, images = list(json, "images", decodeImage)] { emit imagesChanged(images); };
    });
    subscribe("org.diptych.Metrics.Subscribe",
              [this](const Json& json, bool) { return [this, sweep = decodeSweep(json)] { emit swept(sweep); }; });
    subscribe("org.diptych.Activity.Subscribe", [this](const Json& json, bool snapshot) {
        return [this, entries = list(json, "entries", decodeActivity), snapshot] {
            emit activityAdded(entries, snapshot);
        };
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
    const int timeout = m_address->kind == Address::Kind::Ssh ? SshTimeout : GreetingTimeout;
    lane->call("org.diptych.Ping", Json::object(), timeout, [this, attempt](const Reply& reply) {
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
        target->call(method, parameters, lane == Acting || lane == Remote ? ActingTimeout : CallTimeout,
                     std::move(handler));
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

ImageCalls& VarlinkClient::imageCalls()
{
    return *m_images;
}

MachineCalls& VarlinkClient::machineCallsOn(const QString& connection)
{
    std::unique_ptr<VarlinkMachines>& made = m_machines[connection];
    if (!made)
        made = std::make_unique<VarlinkMachines>(*this, connection);
    return *made;
}

WallCalls& VarlinkClient::wallCalls()
{
    return *m_walls;
}

GroupCalls& VarlinkClient::groupCalls()
{
    return *m_groups;
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
    return std::make_unique<TerminalLink>(where(), id, session, columns, rows, resize);
}

} // namespace diptych::client
