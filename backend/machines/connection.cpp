#include "machines/connection.h"

#include "base/log.h"

#include <csignal>

namespace diptych::machines {

namespace {
void silent(void*, virErrorPtr) {}
constexpr auto firstAttempt = std::chrono::seconds(10);
constexpr auto firstRetry = std::chrono::milliseconds(500);
} // namespace

void runEventLoop()
{
    static std::once_flag once;
    std::call_once(once, [] {
        virSetErrorFunc(nullptr, silent); // else libvirt prints every error on stderr besides returning it
        // libvirt writes to its socket with write(2): a daemon that went would end us too.
        if (struct sigaction old{}; sigaction(SIGPIPE, nullptr, &old) == 0 && old.sa_handler == SIG_DFL)
            signal(SIGPIPE, SIG_IGN);
        if (virInitialize() < 0 || virEventRegisterDefaultImpl() < 0) {
            logLine(Level::Error, "libvirt's event loop could not be set up");
            return;
        }
        std::thread([] {
            for (;;) {
                if (virEventRunDefaultImpl() < 0)
                    std::this_thread::sleep_for(std::chrono::milliseconds(100));
            }
        }).detach();
    });
}

/// What libvirt's callbacks point to. owner is taken away, under the lock, before the Connection goes.
struct Connection::Hook
{
    std::mutex mutex;
    Connection* owner = nullptr;
    virConnectPtr current = nullptr;
};

namespace {
template <typename Hook>
void releaseHook(void* opaque)
{
    delete static_cast<std::shared_ptr<Hook>*>(opaque);
}
} // namespace

Connection::Connection(std::string uri, Callbacks callbacks, std::chrono::milliseconds longestRetry)
    : m_uri(std::move(uri)),
      m_callbacks(std::move(callbacks)),
      m_hook(std::make_shared<Hook>()),
      m_longestRetry(longestRetry)
{
    runEventLoop();
    m_hook->owner = this;
    m_thread = std::thread([this] { run(); });
}

Connection::~Connection()
{
    {
        std::lock_guard lock(m_mutex);
        m_quit = true;
    }
    m_wake.notify_all();
    m_thread.join();
    {
        std::lock_guard lock(m_hook->mutex);
        m_hook->owner = nullptr;
    }
    close(std::move(m_connection));
}

Result<ConnectRef> Connection::get()
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, firstAttempt, [this] { return m_tried || m_quit; });
    if (!m_connection || m_broken)
        return fail(Code::NotSupported,
                    fmt::format("libvirt does not answer on {}{}{}{}", m_uri, m_problem.empty() ? "" : ": ", m_problem,
                                m_uri == "qemu:///system" ? "; start it with: systemctl start libvirtd" : ""));
    virConnectRef(m_connection.get());
    return ConnectRef(m_connection.get());
}

Result<DomainRef> Connection::domain(const std::string& id)
{
    ConnectRef connection = TRY(get());
    DomainRef found(virDomainLookupByUUIDString(connection.get(), id.c_str()));
    if (!found)
        return failLibvirt(fmt::format("machine {}", id));
    return found;
}

ConnectRef Connection::open(std::string& problem)
{
    ConnectRef connection(virConnectOpen(m_uri.c_str()));
    if (!connection) {
        problem = libvirtError("connect").message;
        return nullptr;
    }
    // A libvirtd that hangs is found out within 20 s; calls in flight end with an error then. Less would take a host
    // that is busy for one that hangs.
    virConnectSetKeepAlive(connection.get(), 4, 4);
    return connection;
}

bool Connection::keep(int id, std::shared_ptr<Hook>* hook, std::vector<int>& ids)
{
    if (id < 0)
        delete hook; // this hypervisor tells nobody
    else
        ids.push_back(id);
    return id >= 0;
}

void Connection::registerEvents(virConnectPtr connection)
{
    {
        std::lock_guard lock(m_hook->mutex);
        m_hook->current = connection;
    }
    auto closed = [](virConnectPtr which, int, void* opaque) {
        auto hook = *static_cast<std::shared_ptr<Hook>*>(opaque);
        std::lock_guard lock(hook->mutex);
        if (!hook->owner || hook->current != which)
            return;
        std::lock_guard inner(hook->owner->m_mutex);
        hook->owner->m_broken = true;
        hook->owner->m_wake.notify_all();
    };
    auto* closeHook = newHook();
    if (virConnectRegisterCloseCallback(connection, closed, closeHook, releaseHook<Hook>) < 0)
        delete closeHook;
    if (m_callbacks.place)
        registerPlace(connection);
    if (!m_callbacks.domain)
        return;
    auto lifecycle = [](virConnectPtr, virDomainPtr domain, int event, int detail, void* opaque) {
        auto hook = *static_cast<std::shared_ptr<Hook>*>(opaque);
        std::lock_guard lock(hook->mutex);
        if (hook->owner)
            hook->owner->m_callbacks.domain(idOf(domain), event, detail);
        return 0;
    };
    auto* hook = newHook();
    virConnectDomainEventCallback typed = lifecycle;
    m_hasEvents = keep(virConnectDomainEventRegisterAny(connection, nullptr, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                                                        VIR_DOMAIN_EVENT_CALLBACK(typed), hook, releaseHook<Hook>),
                       hook, m_events);
    registerNotes(connection);
}

/// A new title or description is told as any change of what is defined.
void Connection::registerNotes(virConnectPtr connection)
{
    virConnectDomainEventMetadataChangeCallback typed = [](virConnectPtr, virDomainPtr domain, int, const char*,
                                                           void* opaque) {
        auto hook = *static_cast<std::shared_ptr<Hook>*>(opaque);
        std::lock_guard lock(hook->mutex);
        if (hook->owner)
            hook->owner->m_callbacks.domain(idOf(domain), VIR_DOMAIN_EVENT_DEFINED, VIR_DOMAIN_EVENT_DEFINED_UPDATED);
    };
    auto* hook = newHook();
    keep(virConnectDomainEventRegisterAny(connection, nullptr, VIR_DOMAIN_EVENT_ID_METADATA_CHANGE,
                                          VIR_DOMAIN_EVENT_CALLBACK(typed), hook, releaseHook<Hook>),
         hook, m_events);
}

/// What a hypervisor has no events of is asked for when somebody looks.
void Connection::registerPlace(virConnectPtr connection)
{
    static constexpr auto tell = [](void* opaque) {
        auto hook = *static_cast<std::shared_ptr<Hook>*>(opaque);
        std::lock_guard lock(hook->mutex);
        if (hook->owner)
            hook->owner->m_callbacks.place();
    };
    virConnectNetworkEventLifecycleCallback network = [](auto, auto, int, int, void* opaque) { tell(opaque); };
    virConnectStoragePoolEventLifecycleCallback pool = [](auto, auto, int, int, void* opaque) { tell(opaque); };
    virConnectStoragePoolEventGenericCallback looked = [](auto, auto, void* opaque) { tell(opaque); };
    auto* hook = newHook();
    keep(virConnectNetworkEventRegisterAny(connection, nullptr, VIR_NETWORK_EVENT_ID_LIFECYCLE,
                                           VIR_NETWORK_EVENT_CALLBACK(network), hook, releaseHook<Hook>),
         hook, m_networkEvents);
    hook = newHook();
    keep(virConnectStoragePoolEventRegisterAny(connection, nullptr, VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE,
                                               VIR_STORAGE_POOL_EVENT_CALLBACK(pool), hook, releaseHook<Hook>),
         hook, m_poolEvents);
    hook = newHook();
    keep(virConnectStoragePoolEventRegisterAny(connection, nullptr, VIR_STORAGE_POOL_EVENT_ID_REFRESH,
                                               VIR_STORAGE_POOL_EVENT_CALLBACK(looked), hook, releaseHook<Hook>),
         hook, m_poolEvents);
}

void Connection::close(ConnectRef connection)
{
    if (!connection)
        return;
    for (int id : std::exchange(m_networkEvents, {}))
        virConnectNetworkEventDeregisterAny(connection.get(), id);
    for (int id : std::exchange(m_poolEvents, {}))
        virConnectStoragePoolEventDeregisterAny(connection.get(), id);
    for (int id : std::exchange(m_events, {}))
        virConnectDomainEventDeregisterAny(connection.get(), id);
}

void Connection::run()
{
    std::chrono::milliseconds retry = firstRetry;
    for (;;) {
        std::string problem;
        {
            std::lock_guard lock(m_mutex);
            m_broken = false;
        }
        ConnectRef opened = open(problem);
        bool good = opened != nullptr;
        if (good)
            registerEvents(opened.get());
        std::unique_lock lock(m_mutex);
        m_tried = true;
        m_connection = std::move(opened);
        m_problem = problem;
        m_wake.notify_all();
        lock.unlock();
        if (good && m_callbacks.connected)
            m_callbacks.connected();
        if (!good && m_callbacks.failed)
            m_callbacks.failed(problem);
        retry = good ? firstRetry : retry;
        lock.lock();
        if (good)
            m_wake.wait(lock, [this] { return m_quit || m_broken; });
        else
            m_wake.wait_for(lock, retry, [this] { return m_quit; });
        retry = std::min(retry * 2, m_longestRetry);
        if (m_quit)
            return;
        ConnectRef old = std::move(m_connection);
        m_problem = "the connection was lost";
        lock.unlock();
        close(std::move(old));
        if (good && m_callbacks.lost)
            m_callbacks.lost();
    }
}

} // namespace diptych::machines
