#include "connections/worker.h"

#include "base/files.h"
#include "base/log.h"
#include "base/names.h"
#include "connections/channel.h"
#include "connections/domains.h"
#include "connections/remote_display.h"
#include "connections/uri.h"
#include "connections/worker_privileges.h"
#include "machines/manager.h"

#include <csignal>
#include <malloc.h>
#include <set>
#include <thread>
#include <unistd.h>

namespace diptych::connections {

namespace {

using namespace std::chrono_literals;

constexpr size_t mostCalls = 48; ///< at once: each has a thread

class Worker final
{
public:
    explicit Worker(UniqueFd socket) : m_channel(std::move(socket)) {}
    int serve();

private:
    class Call;
    void open(const std::string& uri);
    void handle(Message message);
    Result<UniqueFd> display(const std::string& id);
    void answer(uint64_t number, const std::string& method, const Json& parameters, int fd, Progress& progress);
    Result<Json> verb(const std::string& method, const Json& parameters, Progress& progress);
    void sayConnected();
    void findLacks();
    void learn(const std::string& method, const Error& error);
    void mark(const std::string& id);
    void refreshLoop();
    void heartLoop();
    Status sendAll();
    void sendChanges(const std::set<std::string>& ids);
    void sendLacks();
    void say(const Json& message, int fd = -1)
    {
        if (!m_channel.send(message, fd))
            _exit(0); // the helper has gone
    }

    Channel m_channel;
    std::shared_ptr<machines::Connection> m_connection;
    std::optional<SshTarget> m_ssh; ///< it is on another host, reached so
    std::unique_ptr<Domains> m_domains;
    std::unique_ptr<machines::Manager> m_manager;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::set<std::string> m_dirty;
    bool m_everything = false, m_place = false, m_connected = false;
    std::vector<std::pair<std::string, std::string>> m_lacks;
    std::map<uint64_t, std::shared_ptr<std::atomic<bool>>> m_calls; ///< cancelled?
    std::atomic<bool> m_sampling = false;
};

class Worker::Call final : public Progress
{
public:
    Call(Worker& worker, uint64_t number, std::shared_ptr<std::atomic<bool>> stop)
        : m_worker(worker), m_number(number), m_stop(std::move(stop))
    {
    }
    void report(std::string_view step, double fraction, std::string_view detail) override
    {
        m_worker.say({{"call", m_number}, {"progress", {{"step", step}, {"fraction", fraction}, {"detail", detail}}}});
    }
    void amounts(const std::vector<Part>& parts) override
    {
        Json all = Json::array();
        for (const Part& part : parts)
            all.push_back({part.name, part.done, part.total});
        m_worker.say({{"call", m_number}, {"amounts", std::move(all)}});
    }
    [[nodiscard]] bool cancelled() const override { return *m_stop; }

private:
    Worker& m_worker;
    uint64_t m_number;
    std::shared_ptr<std::atomic<bool>> m_stop;
};

int Worker::serve()
{
    for (;;) {
        auto message = m_channel.receive();
        if (!message)
            return 0;
        if (message->json.contains("open") && message->json["open"].is_string() && !m_connection)
            open(message->json["open"].get<std::string>());
        else if (m_connection)
            handle(std::move(*message));
    }
}

void Worker::open(const std::string& uri)
{
    // Checked by the helper too: whoever opens it is the last one who can refuse.
    auto checked = checkUri(uri);
    if (!checked) {
        say({{"state", "failed"}, {"problem", checked.error().message}});
        return;
    }
    machines::Connection::Callbacks callbacks;
    callbacks.connected = [this] {
        std::lock_guard lock(m_mutex);
        m_connected = m_everything = true;
        m_wake.notify_all();
    };
    callbacks.lost = [this] {
        {
            std::lock_guard lock(m_mutex);
            m_connected = false;
        }
        say({{"state", "failed"}, {"problem", "the connection was lost"}});
    };
    callbacks.failed = [this](const std::string& problem) { say({{"state", "failed"}, {"problem", problem}}); };
    callbacks.domain = [this](const std::string& id, int, int) { mark(id); };
    callbacks.place = [this] {
        std::lock_guard lock(m_mutex);
        m_place = true;
        m_wake.notify_all();
    };
    // One for everything: an ssh login for each kind of call would be three, and the test driver's world is its
    // connection's. A call that hangs holds up its own thread; libvirt's next ones go past it.
    m_connection = std::make_shared<machines::Connection>(*checked, std::move(callbacks), 20s);
    m_ssh = sshTarget(*checked);
    m_domains = std::make_unique<Domains>(m_connection);
    m_manager = std::make_unique<machines::Manager>(Paths{}, m_connection);
    std::thread([this] { refreshLoop(); }).detach();
    std::thread([this] { heartLoop(); }).detach();
}

void Worker::mark(const std::string& id)
{
    std::lock_guard lock(m_mutex);
    m_dirty.insert(id);
    m_wake.notify_all();
}

/// Reads again what changed, all of it a little later: a start is five events. Now and then everything, in case an
/// event was lost; often where the hypervisor has none.
void Worker::refreshLoop()
{
    auto next = std::chrono::steady_clock::now();
    for (bool more = false;;) {
        bool fresh = false, everything = false;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_until(lock, more ? std::chrono::steady_clock::now() : next,
                              [this] { return m_everything || m_place || !m_dirty.empty(); });
            fresh = std::exchange(m_everything, false);
            everything = m_connected && (fresh || std::chrono::steady_clock::now() >= next);
        }
        if (!fresh)
            std::this_thread::sleep_for(30ms);
        std::set<std::string> ids;
        bool place = false;
        {
            std::lock_guard lock(m_mutex);
            ids = std::exchange(m_dirty, {});
            place = std::exchange(m_place, false);
        }
        if (fresh)
            sayConnected();
        if (fresh || place)
            say({{"place", true}});
        if (everything)
            if (auto sent = sendAll(); !sent)
                logf(Level::Notice, "{}", sent.error().message);
        if (fresh)
            findLacks(); // after the list, which somebody waits for
        if (everything || std::chrono::steady_clock::now() >= next)
            next = std::chrono::steady_clock::now() + (m_connection->hasEvents() ? 60s : 5s);
        sendChanges(ids);
        // Their XML, some at a time, so that an event does not wait behind thousands.
        std::vector<std::string> unread = m_domains->unread();
        more = unread.size() > 100;
        unread.resize(std::min<size_t>(unread.size(), 100));
        sendChanges({unread.begin(), unread.end()});
    }
}

void Worker::sayConnected()
{
    m_domains->forget();
    auto connection = m_connection->get();
    if (!connection)
        return;
    unsigned long version = 0;
    virConnectGetVersion(connection->get(), &version);
    const char* driver = virConnectGetType(connection->get());
    machines::CString host(virConnectGetHostname(connection->get()));
    say({{"state", "connected"},
         {"driver", driver ? driver : ""},
         {"host", host ? host.get() : ""},
         {"version",
          version ? fmt::format("{}.{}.{}", version / 1000000, version / 1000 % 1000, version % 1000) : ""}});
}

void Worker::findLacks()
{
    auto connection = m_connection->get();
    if (!connection)
        return;
    auto lacks = lacksOf(connection->get()); // asks libvirt, so not under the lock that its events want
    if (m_ssh)
        std::erase_if(lacks, [](const auto& one) { return one.first == "display"; }); // not by libvirt
    {
        std::lock_guard lock(m_mutex);
        m_lacks = std::move(lacks);
    }
    sendLacks();
}

void Worker::sendLacks()
{
    Json lacks = Json::array();
    {
        std::lock_guard lock(m_mutex);
        for (const auto& [feature, reason] : m_lacks)
            lacks.push_back({feature, reason});
    }
    say({{"lacks", std::move(lacks)}});
}

/// What turned out to be missing only when it was wanted is grey from then on.
void Worker::learn(const std::string& method, const Error& error)
{
    std::string feature = featureLacking(method, error);
    if (feature.empty())
        return;
    {
        std::lock_guard lock(m_mutex);
        for (const auto& one : m_lacks)
            if (one.first == feature)
                return;
        m_lacks.emplace_back(feature, error.message);
    }
    sendLacks();
}

Status Worker::sendAll()
{
    say({{"list", "begin"}});
    TRY(m_domains->list(300ms, [this](const std::vector<Row>& rows) {
        Json changed = Json::array();
        for (const Row& row : rows)
            changed.push_back(toJson(row));
        say({{"changed", std::move(changed)}});
    }));
    say({{"list", "end"}});
    return {};
}

void Worker::sendChanges(const std::set<std::string>& ids)
{
    Json changed = Json::array(), removed = Json::array();
    for (const std::string& id : ids) {
        auto row = m_domains->describe(id);
        if (row)
            changed.push_back(toJson(*row));
        else if (row.error().code == Code::NotFound)
            removed.push_back(id);
    }
    if (!changed.empty() || !removed.empty())
        say({{"changed", std::move(changed)}, {"removed", std::move(removed)}});
}

void Worker::heartLoop()
{
    for (;; std::this_thread::sleep_for(3s)) {
        {
            std::lock_guard lock(m_mutex);
            if (!m_connected)
                continue;
        }
        auto connection = m_connection->get();
        unsigned long version = 0;
        // Goes to the daemon at the other end; virConnectIsAlive() would only look at the socket.
        if (connection && virConnectGetLibVersion(connection->get(), &version) == 0)
            say({{"alive", true}});
    }
}

void Worker::handle(Message message)
{
    const Json& json = message.json;
    if (json.contains("sample")) {
        if (m_sampling.exchange(true))
            return;
        std::thread([this] {
            if (auto samples = m_domains->sample())
                say({{"samples", std::move(*samples)}});
            m_sampling = false;
        }).detach();
        return;
    }
    std::lock_guard lock(m_mutex);
    if (auto cancel = json.find("cancel"); cancel != json.end() && cancel->is_number_unsigned()) {
        if (auto found = m_calls.find(cancel->get<uint64_t>()); found != m_calls.end())
            *found->second = true;
        return;
    }
    if (!json.contains("call") || !json.contains("method") || !json.contains("parameters"))
        return;
    auto number = json["call"].get<uint64_t>();
    if (m_calls.size() >= mostCalls) {
        say({{"call", number}, {"error", toJson(Error{Code::Busy, "too many calls wait for this connection", {}, 0})}});
        return;
    }
    auto stop = std::make_shared<std::atomic<bool>>(false);
    m_calls[number] = stop;
    std::thread([this, number, stop, asked = json, fd = std::make_shared<UniqueFd>(std::move(message.fd))] {
        Call progress(*this, number, stop);
        answer(number, asked["method"].get<std::string>(), asked["parameters"], fd->get(), progress);
        std::lock_guard ended(m_mutex);
        m_calls.erase(number);
    }).detach();
}

Result<Json> Worker::verb(const std::string& method, const Json& parameters, Progress& progress)
{
    std::string id = parameters["id"].get<std::string>();
    Status done = fail(Code::NotSupported, fmt::format("{} can't be called here", method));
    if (method == "start")
        done = m_domains->start(id);
    else if (method == "stop")
        done = m_domains->stop(id, std::chrono::milliseconds(parameters["timeout"].get<int64_t>()), progress);
    else if (method == "kill")
        done = m_domains->kill(id);
    else if (method == "pause")
        done = m_domains->pause(id);
    else if (method == "resume")
        done = m_domains->resume(id);
    else if (method == "rename")
        done = m_domains->rename(id, parameters["name"].get<std::string>());
    else if (method == "remove")
        done = m_domains->undefine(id);
    else if (method == "disks")
        return Json(TRY(m_domains->disks(id)));
    else if (method == "xml")
        return Json(TRY(m_domains->xml(id)));
    else if (method == "facts")
        return m_domains->facts(id);
    else if (method == "setLimits")
        done = m_domains->setLimits(id, {parameters["cpus"].get<double>(), parameters["memory"].get<uint64_t>(), 0});
    mark(id); // also where no event tells
    if (!done)
        return tl::unexpected<Error>(done.error());
    return Json::object();
}

Result<UniqueFd> Worker::display(const std::string& id)
{
    if (!m_ssh)
        return m_manager->openDisplay(id);
    machines::DomainRef domain = TRY(m_connection->domain(id));
    if (!TRY(machines::isActive(domain.get())))
        return fail(Code::WrongState, fmt::format("machine {} does not run", machines::nameOf(domain.get())));
    return openBySsh(*m_ssh, TRY(vncAddress(TRY(machines::xmlOf(domain.get(), 0)))));
}

void Worker::answer(uint64_t number, const std::string& method, const Json& parameters, int fd, Progress& progress)
{
    UniqueFd opened;
    Result<Json> result = Json::object();
    auto open = [&](Result<UniqueFd> made) {
        if (made)
            opened = std::move(*made);
        else
            result = tl::unexpected<Error>(std::move(made).error());
    };
    auto text = [&](const char* key) { return parameters[key].get<std::string>(); };
    if (method == "console")
        open(m_domains->console(text("id")));
    else if (method == "display")
        open(display(text("id")));
    else if (method == "upload")
        result = m_manager->upload(text("pool"), text("name"), parameters["size"].get<uint64_t>(), fd, progress);
    else if (method == "download")
        result = m_manager->download(text("pool"), text("volume"), parameters["size"].get<uint64_t>(), fd, progress);
    else if (method == "volumeSize") {
        auto size = m_manager->volumeSize(text("pool"), text("volume"));
        result = size ? Result<Json>(Json(*size)) : Result<Json>(tl::unexpected<Error>(size.error()));
    } else if (method.find('.') != std::string::npos)
        result = m_manager->call(method, parameters, progress);
    else
        result = verb(method, parameters, progress);
    if (result) {
        say({{"call", number}, {"result", std::move(*result)}}, opened.get());
        return;
    }
    learn(method, result.error());
    say({{"call", number}, {"error", toJson(result.error())}});
}

} // namespace

/// libvirt's test driver and its clients make thousands of small objects at once, on threads whose own heaps grow by a
/// page with a system call each: opening 3,000 domains took a third longer.
static void growMemoryInSteps()
{
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TOP_PAD, 4 << 20);
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
}

int runWorker(uid_t owner)
{
    growMemoryInSteps();
    UniqueFd socket(workerSocket);
    signal(SIGPIPE, SIG_IGN);
    if (auto become = becomeOwner(owner); !become) {
        Channel channel(std::move(socket));
        (void)channel.send({{"state", "failed"}, {"problem", become.error().message}});
        return 1;
    }
    static Worker worker(std::move(socket));
    int status = worker.serve();
    _exit(status); // threads of libvirt's and ours may hang in a call: nobody waits for them
}

} // namespace diptych::connections
