// The helper, whole: the parts, and what they tell each other. Everything is on the loop's thread but what a part hands
// to workers. api_*.cpp add the methods, one file an interface; each decodes, finds, acts and replies, nothing more.
#pragma once

#include "daemon/activity.h"
#include "daemon/authorization.h"
#include "daemon/history.h"
#include "daemon/kernel_events.h"
#include "daemon/meter.h"
#include "daemon/operations.h"
#include "daemon/registry.h"
#include "daemon/services.h"
#include "daemon/streams.h"
#include "daemon/wall_copies.h"
#include "daemon/watches.h"
#include "daemon/workers.h"
#include "instances/paths.h"
#include "varlink/server.h"

#include <set>

namespace diptych {

inline constexpr std::string_view version = "0.1.0";

struct Terminals
{
    /// (instance, session) -> resize functions of those that are attached, the newest last.
    std::map<std::pair<std::string, std::string>, std::vector<std::pair<uint64_t, std::function<Status(int, int)>>>>
        resize;
    uint64_t next = 1;
};

/// An exported archive that waits to be fetched; see Images.Download.
struct Download
{
    std::string file;
    varlink::Source timer;
};

class Daemon final
{
public:
    Daemon(varlink::Loop& loop, Paths paths, Services services, varlink::Limits limits = {});
    ~Daemon();
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

    /// Interfaces, activity, first lists. Then server.listen() or adopt().
    Status start();

    varlink::Loop& loop;
    const Paths paths;
    Services services;
    const int64_t startedAt;
    Workers workers;
    Registry registry;
    Operations operations;
    Activity activity;
    Authorizer authorizer;
    Meter meter;
    MetricHistory history;
    KernelEvents kernelEvents;
    WallCopies wallCopies;
    Watches watches;
    varlink::Server server;
    Terminals terminals;
    std::map<std::string, Download> downloads;
    std::set<std::string> reservedNames; ///< of instances being created
    Fan imagesChanged;                   ///< somebody built or deleted an image, or an instance of one came or went

    /// An entry for what this caller does, to be completed with instance, subject, outcome.
    [[nodiscard]] ActivityEntry entryFor(const varlink::Call& call, std::string verb) const;
    void recordOutcome(ActivityEntry entry, const Status& outcome, int64_t nanoseconds = 0);

private:
    Authorizer::Details describe(const varlink::Call& call) const;
    void passOwner(const varlink::CallPointer& call, const std::function<void()>& proceed);
    void instanceChanged(const Instance* before, const Instance* after);
    void checkEnded(const Instance* before, const Instance& after);
    void checkStarted(const Instance& after);
    void checkForeign(const Instance* before, const Instance* after);
    void measureCosts();
    void recordEvent(const Instance& instance, const std::string& verb, bool good, const std::string& message);
    void measured();

    std::map<std::string, int64_t> m_toMeasure; ///< started, costs not yet taken: id -> startedAt
    bool m_measuring = false;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

/// Each adds the methods of one interface.
Status addHelperApi(Daemon& daemon);
Status addInstancesApi(Daemon& daemon);
Status addCreateApi(Daemon& daemon);
Status addLifecycleApi(Daemon& daemon);
Status addTerminalApi(Daemon& daemon);
Status addImagesApi(Daemon& daemon);
Status addImageExchangeApi(Daemon& daemon);
Status addImageTransferApi(Daemon& daemon);
Status addDisksApi(Daemon& daemon);
Status addAppliancesApi(Daemon& daemon);
Status addIsolationApi(Daemon& daemon);
Status addWorkloadsApi(Daemon& daemon);
Status addMetricsApi(Daemon& daemon);
Status addOperationsApi(Daemon& daemon);
Status addActivityApi(Daemon& daemon);
Status addMachinesApi(Daemon& daemon);
Status addControlGroupsApi(Daemon& daemon);
Status addNamespacesApi(Daemon& daemon);
Status addWallsApi(Daemon& daemon);
Status addConnectionsApi(Daemon& daemon);

/// The descriptions in backend/api, as they were when this was built.
const std::vector<std::string_view>& embeddedInterfaces();

/// The entry, or the call is answered with NotFound.
const Registry::Entry* findOrAnswer(Daemon& daemon, const varlink::CallPointer& call, const std::string& id);

/// Runs work(driver) on a worker and answers the call with what reply makes of it, or with its error.
template <typename Work, typename Reply>
void ask(Daemon& daemon, const varlink::CallPointer& call, Work work, Reply reply)
{
    std::string id = call->parameters()["id"].template get<std::string>();
    const Registry::Entry* entry = findOrAnswer(daemon, call, id);
    if (!entry)
        return;
    daemon.workers.run([driver = entry->driver, id, work = std::move(work)] { return work(*driver, id); },
                       [call, reply = std::move(reply)](auto result) {
                           if (result)
                               call->reply(reply(*result));
                           else
                               call->error(result.error());
                       });
}

} // namespace diptych
