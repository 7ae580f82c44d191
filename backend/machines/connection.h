// A connection to libvirt that comes back by itself. One thread per Connection opens and reopens; one thread in the
// process runs libvirt's event loop (virEventRunDefaultImpl), on which events and stream callbacks arrive.
#pragma once

#include "machines/handles.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace diptych::machines {

/// Starts the event loop, once per process. It has no end: libvirt can't unregister it.
void runEventLoop();

class Connection final
{
public:
    struct Callbacks
    {
        /// After each (re)connection, on the connecting thread.
        std::function<void()> connected;
        std::function<void()> lost;
        /// An attempt failed: libvirt's reason.
        std::function<void(const std::string& problem)> failed;
        /// VIR_DOMAIN_EVENT_*; on the event loop: must not block, must not call libvirt.
        std::function<void(const std::string& id, int event, int detail)> domain;
        /// A pool or a network came, went, started, stopped or was looked at again; as domain.
        std::function<void()> place;
    };

    /// longestRetry: what the time between attempts grows to.
    Connection(std::string uri, Callbacks callbacks,
               std::chrono::milliseconds longestRetry = std::chrono::milliseconds(500));
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// A reference of one's own. Waits for the first attempt to end, never for a later one: NotSupported with the mend.
    Result<ConnectRef> get();
    /// get() and the domain; NotFound.
    Result<DomainRef> domain(const std::string& id);
    /// Whether the hypervisor tells of changes; before connected() it is not known.
    [[nodiscard]] bool hasEvents() const { return m_hasEvents; }

private:
    /// Outlives the connection object: libvirt may still hold it while a callback is being removed.
    struct Hook;

    void run();
    ConnectRef open(std::string& problem);
    void registerEvents(virConnectPtr connection);
    void registerNotes(virConnectPtr connection);
    void registerPlace(virConnectPtr connection);
    std::shared_ptr<Hook>* newHook() { return new std::shared_ptr<Hook>(m_hook); }
    static bool keep(int id, std::shared_ptr<Hook>* hook, std::vector<int>& ids);
    void close(ConnectRef connection);

    std::string m_uri;
    Callbacks m_callbacks;
    std::shared_ptr<Hook> m_hook;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    ConnectRef m_connection;
    std::string m_problem;
    bool m_tried = false, m_broken = false, m_quit = false;
    std::vector<int> m_events, m_networkEvents, m_poolEvents;
    std::atomic<bool> m_hasEvents = false;
    const std::chrono::milliseconds m_longestRetry;
    std::thread m_thread;
};

} // namespace diptych::machines
