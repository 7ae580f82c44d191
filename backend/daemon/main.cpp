// diptychd: options, lock, drivers, socket, loop.
#include "base/files.h"
#include "base/log.h"
#include "connections/make.h"
#include "connections/worker.h"
#include "containers/containers.h"
#include "daemon/commands.h"
#include "daemon/daemon.h"
#include "daemon/group_source.h"
#include "daemon/hypervisor.h"
#include "daemon/image_store.h"
#include "daemon/namespace_source.h"
#include "daemon/options.h"
#include "daemon/traffic_source.h"
#include "daemon/workload_source.h"
#include "isolation/evidence.h"
#include "isolation/process_view.h"
#include "isolation/resources.h"
#include "machines/disk_pool.h"
#include "machines/machines.h"

#include <charconv>
#include <climits>
#include <csignal>
#include <fcntl.h>
#include <malloc.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

namespace diptych {

namespace {

/// Two helpers on one state directory would destroy each other's instances.
Result<UniqueFd> lockState(const Paths& paths)
{
    TRY(makeDirectories(paths.state));
    UniqueFd lock = TRY(openFile(paths.state + "/lock", O_RDWR | O_CREAT | O_NOFOLLOW));
    if (flock(lock.get(), LOCK_EX | LOCK_NB) < 0)
        return fail(Code::Busy, fmt::format("another helper works on {}", paths.state));
    return lock;
}

Json evidenceRows(const Instance& instance, const Json* probe, const Json& facts)
{
    static const isolation::HostIdentity host = isolation::identifyHost();
    Json rows = Json::array();
    for (const isolation::Row& row : isolation::evidence(instance, probe, facts, host))
        rows.push_back(isolation::toJson(row));
    return rows;
}

isolation::ResourceSources resourceSources()
{
    isolation::ResourceSources sources;
    if (auto hierarchies = cgroups::findHierarchies())
        sources.hierarchies = std::move(*hierarchies);
    return sources;
}

Json resourceFigures(const Instance& instance, const Json* probe, const Json& facts)
{
    return isolation::toJson(
        isolation::resources(instance, probe, facts, isolation::identifyHost(), resourceSources()));
}

Result<Json> processRows(const Instance& instance, const Json* probe, const Json& facts, int pid, int insidePid)
{
    auto view = TRY(
        isolation::processView(instance, probe, facts, isolation::identifyHost(), resourceSources(), pid, insidePid));
    return isolation::toJson(view);
}

std::string ownProgram()
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path);
    return std::string(path, n > 0 ? static_cast<size_t>(n) : 0);
}

/// The process of a connection: not for people, and it wants the socket that the helper gave it.
int connectionCommand(const Options& options)
{
    uid_t owner = 0;
    const std::string text = options.rest.size() == 2 ? options.rest[1] : std::string();
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), owner);
    bool socket = fcntl(connections::workerSocket, F_GETFD) >= 0;
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || !socket) {
        fmt::print(stderr, "{}", usage());
        return 2;
    }
    return connections::runWorker(owner);
}

/// The store is kept by the caller: the drivers use it.
Services makeServices(const Paths& paths, std::unique_ptr<images::Store>& store)
{
    Services services;
    services.evidence = evidenceRows;
    services.resources = resourceFigures;
    services.process = processRows;
    services.traffic = trafficOf(paths.libvirtUri);
    services.workloads = makeWorkloadSource();
    services.namespaces = makeNamespaceSource();
    services.hypervisor = hypervisorOf(paths.libvirtUri);
    if (auto groups = makeGroupSource())
        services.groups = std::move(*groups);
    auto opened = images::Store::open(paths);
    if (!opened) {
        services.imagesProblem = opened.error().message;
        logf(Level::Error, "no image store: {}", opened.error().message);
        return services; // without images there is nothing to make instances of
    }
    store = std::move(*opened);
    services.images = makeImageSource(*store);
    auto add = [&services](const char* feature, Result<std::unique_ptr<Driver>> driver) {
        if (driver) {
            services.drivers.push_back(std::move(*driver));
            return;
        }
        logf(Level::Error, "{}: {}", feature, driver.error().message);
        services.missing.push_back({feature, driver.error().message, ""});
    };
    add("containers", containers::makeContainerDriver(paths, *store));
    add("libvirt", machines::makeMachineDriver(paths, *store));
    services.virtualization = machines::makeVirtualization(paths);
    services.connections = connections::makeConnections(paths.state, ownProgram(), paths.libvirtUri);
    services.disks = makeDiskSource(*store, paths, [uri = paths.libvirtUri, directory = paths.disks] {
        if (auto published = machines::publishDisks(uri, directory); !published)
            logf(Level::Warning, "{}", published.error().message);
    });
    return services;
}

Status openSocket(Daemon& daemon, const Options& options)
{
    int given = sd_listen_fds(1);
    if (given > 1)
        return fail(Code::InvalidArgument, fmt::format("{} sockets were given, one is wanted", given));
    if (given == 1)
        return daemon.server.adopt(UniqueFd(SD_LISTEN_FDS_START));
    gid_t group = diptychGroup();
    mode_t mode = options.socketMode.value_or(group == static_cast<gid_t>(-1) ? 0600 : 0660);
    TRY(makeDirectories(options.socket.substr(0, options.socket.rfind('/')), 0755));
    return daemon.server.listen(options.socket, mode, group);
}

Status serve(const Options& options)
{
    UniqueFd lock = TRY(lockState(options.paths));
    TRY(makeDirectories(options.paths.run, 0755));
    auto loop = TRY(varlink::Loop::make());
    auto stop = [&loop] { loop->quit(); };
    varlink::Source terminate = TRY(loop->onSignal(SIGTERM, stop));
    varlink::Source interrupt = TRY(loop->onSignal(SIGINT, stop));
    std::unique_ptr<images::Store> store;
    Services services = makeServices(options.paths, store);
    Daemon daemon(*loop, options.paths, std::move(services));
    TRY(daemon.start());
    TRY(openSocket(daemon, options));
    sd_event_set_watchdog(loop->event(), 1); // pings when the unit asks for it
    sd_notify(0, "READY=1");
    logf(Level::Notice, "listening on {}, state in {}", options.socket, options.paths.state);
    TRY(loop->run());
    sd_notify(0, "STOPPING=1");
    daemon.history.close();
    if (daemon.workers.drain(std::chrono::seconds(3)))
        return {};
    // A driver call hangs: it must not come back to what has been destroyed. Containers and domains go on by
    // themselves.
    logf(Level::Warning, "ending while a call to a driver still hangs");
    unlink(options.socket.c_str());
    _exit(0);
}

} // namespace

} // namespace diptych

int main(int argc, char** argv)
{
    using namespace diptych;
    logInit("diptychd", Level::Info);
    auto options = parseOptions(argc, argv);
    if (!options) {
        logf(Level::Error, "{}", options.error().message);
        return 2;
    }
    if (options->help || options->version) {
        fmt::print("{}", options->help ? std::string(usage()) : fmt::format("diptychd {}\n", version));
        return 0;
    }
    if (!options->rest.empty()) {
        if (options->rest[0] == "call")
            return callCommand(*options);
        if (options->rest[0] == "bridge")
            return bridgeCommand(*options);
        if (options->rest[0] == "connection")
            return connectionCommand(*options);
        fmt::print(stderr, "{}", usage());
        return 2;
    }
    logInit("diptychd", options->verbose ? Level::Debug : Level::Info);
    umask(0077);
    mallopt(M_ARENA_MAX, 2); // an arena for each worker would keep what its thread once used
    // Said aloud, so that one large block does not raise it, and the size of what is kept, for good: 8 MB after an
    // image.
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    signal(SIGPIPE, SIG_IGN);
    // Blocked before the first thread is made, so that only the loop gets them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    if (auto served = serve(*options); !served) {
        logf(Level::Error, "{}", served.error().message);
        return 1;
    }
    return 0;
}
