#include "runtime/rootless.h"

#include "base/child.h"
#include "base/files.h"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace diptych::runtime {

uid_t callerUid()
{
    static const uid_t uid = ::geteuid();
    return uid;
}

gid_t callerGid()
{
    static const gid_t gid = ::getegid();
    return gid;
}

std::string standardRoot()
{
    const char* directory = ::getenv("XDG_RUNTIME_DIR");
    if (!isRootless())
        return "/run/diptych-run";
    return directory ? std::string(directory) + "/diptych-run" : fmt::format("/run/user/{}/diptych-run", callerUid());
}

static bool mapsRootTo(const std::vector<oci::IdMapping>& maps, uint32_t id)
{
    return std::any_of(maps.begin(), maps.end(), [&](auto& m) { return m.container == 0 && m.host == id; });
}

static Status checkMaps(const oci::Config& config)
{
    const oci::Namespace* user = config.find(oci::NamespaceKind::User);
    if (!user || !user->path.empty())
        return oci::wrongField("linux.namespaces", "without root's rights a new user namespace is needed");
    if (!mapsRootTo(config.linux_.uidMappings, callerUid()))
        return oci::wrongField("linux.uidMappings",
                               fmt::format("without root's rights 0 must be mapped to the caller, {}", callerUid()));
    if (!mapsRootTo(config.linux_.gidMappings, callerGid()))
        return oci::wrongField(
            "linux.gidMappings",
            fmt::format("without root's rights 0 must be mapped to the caller's group, {}", callerGid()));
    return {};
}

static bool isAlone(const std::vector<oci::IdMapping>& maps)
{
    return maps.size() == 1 && maps.front().size == 1;
}

// What the kernel lets everybody map: the own id, once setgroups(2) is given up.
static Status mapAlone()
{
    TRYX(writeFile("/proc/self/setgroups", "deny"), "linux.gidMappings");
    TRYX(writeFile("/proc/self/gid_map", fmt::format("0 {} 1", callerGid())), "linux.gidMappings");
    TRYX(writeFile("/proc/self/uid_map", fmt::format("0 {} 1", callerUid())), "linux.uidMappings");
    return {};
}

static Status mapBy(const char* program, pid_t pid, const std::vector<oci::IdMapping>& maps, const char* field)
{
    Command command;
    command.arguments = {program, std::to_string(pid)};
    for (const oci::IdMapping& m : maps)
        for (uint32_t number : {m.container, m.host, m.size})
            command.arguments.push_back(std::to_string(number));
    if (findProgram(program).empty())
        return fail(Code::NotSupported,
                    fmt::format("{}: more than the caller's own id needs {} (package uidmap)", field, program));
    TRYX(runChecked(command), field);
    return {};
}

// newuidmap(1) wants to be called from outside: by a child that stays there and waits for its parent to be inside.
static Result<pid_t> startMapper(const oci::Config& config, int begin)
{
    pid_t parent = ::getpid();
    pid_t pid = ::fork();
    if (pid < 0)
        return failErrno("fork");
    if (pid > 0)
        return pid;
    char byte = 0;
    if (::read(begin, &byte, 1) != 1)
        ::_exit(1);
    auto done = [&]() -> Status {
        TRY(mapBy("newgidmap", parent, config.linux_.gidMappings, "linux.gidMappings"));
        return mapBy("newuidmap", parent, config.linux_.uidMappings, "linux.uidMappings");
    }();
    if (!done)
        (void)writeAll(STDERR_FILENO, "diptych-run: " + done.error().message + "\n");
    ::_exit(done ? 0 : 1);
}

static Status enter(const oci::Config& config)
{
    bool alone = isAlone(config.linux_.uidMappings) && isAlone(config.linux_.gidMappings);
    int pipe[2] = {-1, -1};
    if (::pipe2(pipe, O_CLOEXEC) < 0)
        return failErrno("pipe");
    UniqueFd begin(pipe[0]), told(pipe[1]);
    pid_t mapper = alone ? 0 : TRY(startMapper(config, begin.get()));
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0)
        return failErrno("new user namespace");
    if (alone)
        return mapAlone();
    TRY(writeAll(told.get(), "x"));
    int status = 0;
    while (::waitpid(mapper, &status, 0) < 0 && errno == EINTR) {
    }
    if (status != 0)
        return fail(Code::PermissionDenied, "linux.uidMappings: newuidmap or newgidmap refused: /etc/subuid and "
                                            "/etc/subgid say which ids are yours");
    return {};
}

Status enterUserNamespace(oci::Config& config)
{
    (void)callerUid();
    (void)callerGid();
    TRY(checkMaps(config));
    TRY(enter(config));
    // The host's mounts go on reaching here, ours do not reach the host.
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_SLAVE, nullptr) < 0)
        return failErrno("make the host's mounts private");
    std::erase_if(config.linux_.namespaces, [](auto& ns) { return ns.kind == oci::NamespaceKind::User; });
    config.linux_.uidMappings.clear();
    config.linux_.gidMappings.clear();
    return {};
}

} // namespace diptych::runtime
