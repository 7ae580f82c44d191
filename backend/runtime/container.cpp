#include "runtime/container.h"

#include "base/files.h"
#include "base/log.h"
#include "runtime/freezer.h"
#include "runtime/process.h"
#include "runtime/sharedroot.h"
#include "runtime/systemd.h"

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::runtime {

std::string_view toString(Phase phase)
{
    static constexpr std::string_view words[] = {"creating", "created", "running", "paused", "stopped"};
    return words[static_cast<size_t>(phase)];
}

Status Store::checkId(const std::string& id)
{
    bool good = !id.empty() && id.size() <= 128 && id[0] != '.' && id[0] != '-';
    for (char c : id)
        good = good && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                        c == '+' || c == '.' || c == '-');
    if (!good || id == "seccomp")
        return failField("id", fmt::format("\"{}\" is not a container id: letters, digits, \"_+.-\", at most 128", id));
    return {};
}

Status Store::claim(const std::string& id) const
{
    if (::mkdir(directory(id).c_str(), 0700) == 0)
        return {};
    if (errno == ENOENT) {
        TRY(makeDirectories(m_root, 0700));
        if (::mkdir(directory(id).c_str(), 0700) == 0)
            return {};
    }
    if (errno != EEXIST)
        return failErrno(directory(id));
    auto record = read(id);
    bool stale = record && !record->complete && !isAlive(record->creator, record->creatorStart);
    if (!stale)
        return fail(Code::Exists, fmt::format("container with id {} already exists", id));
    TRY(destroy(*this, *record));
    if (::mkdir(directory(id).c_str(), 0700) < 0)
        return failErrno(directory(id));
    return {};
}

Status Store::write(const Record& r) const
{
    Json json = oci::toJson({r.id, std::string(r.complete ? "created" : "creating"), r.pid, r.bundle, r.annotations});
    json["external_descriptors"] = r.descriptors; // crun's name for it, in the file that is called "status" there
    json["diptych"] = {{"complete", r.complete},
                       {"startTime", r.startTime},
                       {"creator", r.creator},
                       {"creatorStart", r.creatorStart},
                       {"cgroup", r.cgroup},
                       {"scope", r.scope},
                       {"cgroupDirectories", r.cgroupDirectories},
                       {"rootfs", r.rootfs},
                       {"ownPidNamespace", r.ownPidNamespace},
                       {"rootMount", r.rootMount},
                       {"mountNamespace", r.mountNamespace},
                       {"created", r.created}};
    // Beside and renamed, but not synced: after a reboot there are no containers, and the directory is a tmpfs.
    std::string path = directory(r.id) + "/state.json", beside = path + ".new";
    {
        UniqueFd file = TRY(openFile(beside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600));
        TRYX(writeAll(file.get(), dumpJson(json)), beside);
    }
    if (::rename(beside.c_str(), path.c_str()) < 0)
        return failErrno(path);
    return {};
}

static Result<Record> recordFrom(const Json& json)
{
    JsonReader reader(json);
    Record r;
    r.id = TRY(reader.string("id"));
    r.pid = static_cast<pid_t>(TRY(reader.integer("pid")));
    r.bundle = TRY(reader.string("bundle"));
    r.annotations = TRY(oci::stringMap(reader, "annotations"));
    r.descriptors = TRY(reader.optionalString("external_descriptors")).value_or("");
    JsonReader ours = TRY(reader.object("diptych"));
    r.complete = TRY(ours.boolean("complete"));
    r.startTime = TRY(ours.unsignedInteger("startTime"));
    r.creator = static_cast<pid_t>(TRY(ours.integer("creator")));
    r.creatorStart = TRY(ours.unsignedInteger("creatorStart"));
    r.cgroup = TRY(ours.string("cgroup"));
    r.scope = TRY(ours.optionalString("scope")).value_or("");
    r.cgroupDirectories = TRY(oci::stringMap(ours, "cgroupDirectories"));
    r.rootfs = TRY(ours.string("rootfs"));
    r.ownPidNamespace = TRY(ours.boolean("ownPidNamespace"));
    r.rootMount = TRY(ours.optionalUnsigned("rootMount")).value_or(0);
    r.mountNamespace = TRY(ours.optionalString("mountNamespace")).value_or("");
    r.created = TRY(ours.string("created"));
    return r;
}

Result<Record> parseRecord(std::string_view text)
{
    Json json = TRY(parseJson(text));
    if (!json.is_object())
        return fail(Code::Failed, "is malformed");
    Record record = TRY(recordFrom(json));
    // They are used as parts of paths, and removed.
    TRY(Store::checkId(record.id));
    if (!record.cgroup.empty() && (record.cgroup.front() != '/' || record.cgroup.find("/..") != std::string::npos))
        return fail(Code::Failed, "cgroup is malformed");
    for (auto& [controller, directory] : record.cgroupDirectories)
        if (directory.rfind('/', 0) != 0 || directory.find("/..") != std::string::npos)
            return fail(Code::Failed, "cgroupDirectories is malformed");
    return record;
}

Result<Record> Store::read(const std::string& id) const
{
    TRY(checkId(id));
    struct stat info = {};
    if (::stat(directory(id).c_str(), &info) < 0)
        return fail(Code::NotFound, fmt::format("container \"{}\" does not exist", id));
    auto text = readFile(directory(id) + "/state.json");
    if (!text) {
        // A create that was killed before it could write: nothing was made yet but the directory.
        Record r;
        r.id = id;
        return r;
    }
    return TRYX(parseRecord(*text), directory(id) + "/state.json");
}

Result<std::vector<std::string>> Store::ids() const
{
    std::vector<std::string> all;
    if (!exists(m_root))
        return all;
    for (std::string& name : TRY(listDirectory(m_root))) {
        struct stat info = {};
        if (name != "seccomp" && checkId(name) && ::lstat(directory(name).c_str(), &info) == 0 && S_ISDIR(info.st_mode))
            all.push_back(std::move(name));
    }
    return all;
}

Status Store::remove(const std::string& id) const
{
    TRY(checkId(id));
    std::string place = directory(id);
    for (const char* name : {"/state.json", "/config.json", "/status"})
        (void)::unlink((place + name).c_str());
    return ::rmdir(place.c_str()) == 0 ? Status() : removeTree(place);
}

Result<UniqueFd> Store::lock(const std::string& id) const
{
    TRY(checkId(id));
    if (!exists(directory(id)))
        return fail(Code::NotFound, fmt::format("container \"{}\" does not exist", id));
    UniqueFd file = TRY(openFile(directory(id) + "/lock", O_RDWR | O_CREAT | O_NOFOLLOW, 0600));
    if (::flock(file.get(), LOCK_EX) < 0)
        return failErrno("lock");
    return file;
}

Result<oci::Config> Store::config(const std::string& id) const
{
    return parseConfig(TRY(readFile(directory(id) + "/config.json")));
}

Result<oci::Config> parseConfig(std::string_view text)
{
    oci::Config config = TRY(oci::parseConfig(text, oci::SeccompAs::Text));
    // Written in a way that could not be cut out: with escapes in the key.
    if (config.linux_.seccomp && config.linux_.seccompText.empty()) {
        Json json = TRY(parseJson(text, {size_t{8} << 20, 64}));
        config.linux_.seccompText = dumpJson(json["linux"]["seccomp"]);
    }
    return config;
}

std::optional<cgroups::Cgroup> cgroupOf(const Record& record)
{
    if (record.cgroup.empty())
        return std::nullopt;
    auto hierarchies = cgroups::findHierarchies();
    if (!hierarchies)
        return std::nullopt;
    auto group = cgroups::Cgroup::open(*hierarchies, record.cgroup);
    if (!group)
        return std::nullopt;
    return std::move(*group);
}

Phase statusOf(const Store& store, const Record& record)
{
    if (!record.complete)
        return isAlive(record.creator, record.creatorStart) ? Phase::Creating : Phase::Stopped;
    if (!isAlive(record.pid, record.startTime))
        return Phase::Stopped;
    if (exists(store.directory(record.id) + "/start.sock"))
        return Phase::Created;
    auto group = cgroupOf(record);
    if (group && group->frozen().value_or(false))
        return Phase::Paused;
    return Phase::Running;
}

oci::State stateOf(const Store& store, const Record& record)
{
    Phase phase = statusOf(store, record);
    return {record.id, std::string(toString(phase)), phase == Phase::Stopped ? 0 : record.pid, record.bundle,
            record.annotations};
}

Status killEverything(const Record& record)
{
    auto process = openProcess(record.pid, record.startTime);
    if (process) {
        (void)signalProcess(process->get(), SIGKILL);
        thawProcess(record.pid);
    }
    if (auto group = cgroupOf(record))
        TRY(group->killAll());
    if (process && !waitForEnd(process->get(), 10000))
        return fail(Code::TimedOut, fmt::format("process {} of container {} does not end", record.pid, record.id));
    return {};
}

// The supervisor writes its last record when its container ends: its directory must not go before it has.
static void waitForSupervisor(const std::string& directory)
{
    auto text = readFile(directory + "/supervisor.pid");
    if (!text)
        return;
    pid_t pid = static_cast<pid_t>(std::strtol(text->c_str(), nullptr, 10));
    auto identity = identify(pid);
    if (pid <= 1 || !identity)
        return;
    auto process = openProcess(pid, identity->startTime);
    if (process)
        (void)waitForEnd(process->get(), 3000);
}

// The record of a create that was cut off names a group, and does not say whether it got to making it: it may be
// another's. Who was in it by then dies with the runtime.
static void removeUnfinishedGroup(const Record& record)
{
    auto group = cgroupOf(record);
    for (int i = 0; group && i < 50 && !cgroups::removeEmpty(group->directories()); ++i)
        ::usleep(20000);
}

Status destroy(const Store& store, const Record& record)
{
    if (!record.complete && record.cgroupDirectories.empty() && !record.cgroup.empty()) {
        removeUnfinishedGroup(record);
        Record rest = record;
        rest.cgroup.clear();
        return destroy(store, rest);
    }
    // A group only goes when nobody is left in it: for a container that has ended this is all.
    bool ended = record.pid > 0 && record.ownPidNamespace && !record.cgroupDirectories.empty() &&
                 !isAlive(record.pid, record.startTime) && cgroups::removeEmpty(record.cgroupDirectories);
    if (!ended)
        TRY(killEverything(record));
    waitForSupervisor(store.directory(record.id));
    if (!record.scope.empty())
        if (auto stopped = stopScope(record.scope); !stopped)
            logf(Level::Warning, "{}", stopped.error().message); // its groups go all the same
    if (!ended)
        if (auto group = cgroupOf(record))
            TRY(group->remove());
    TRYX(detachRoot(record, store.directory(record.id)), "unmount the root");
    return store.remove(record.id);
}

} // namespace diptych::runtime
