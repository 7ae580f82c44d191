// Throw-away copies of a container without some of its walls.
//
// What makes them safe to have: no program of the image runs in one, only diptych-guest, whose attempts do nothing also
// where they succeed (guest/README.md); no ports, no network but loopback, no terminal; nothing starts one again.
#include "base/files.h"
#include "base/log.h"
#include "base/names.h"
#include "base/process.h"
#include "containers/driver.h"
#include "containers/walls.h"

#include <charconv>
#include <sys/utsname.h>

namespace diptych::containers {

namespace {

constexpr const char* guestInside = "/dev/diptych-guest";

/// What the guest compares with, as the helper itself sees it: whose namespaces a container without them is in.
std::string thisHost()
{
    utsname name{};
    ::uname(&name);
    return dumpJson({{"hostName", name.nodename}, {"namespaces", namespaceLinks("self")}});
}

/// What root has here can be less than everything.
uint64_t ownCapabilities()
{
    uint64_t mask = 0;
    const std::string status = readFile("/proc/self/status").value_or("");
    std::string_view text = statusField(status, "CapBnd");
    std::from_chars(text.data(), text.data() + text.size(), mask, 16);
    return mask;
}

InstanceSpec copySpec(InstanceSpec spec, const std::string& copy)
{
    spec.name = "copy-" + copy.substr(0, 8);
    spec.terminal = false;
    spec.ports.clear();
    spec.environment.clear();
    spec.twin.clear();
    if (spec.network.mode == NetworkMode::Nat)
        spec.network.mode = NetworkMode::None;
    return spec;
}

} // namespace

/// Beside the instances, where nothing looks for instances.
Paths ContainerDriver::copyPaths() const
{
    Paths paths = m_paths;
    paths.state = m_paths.state + "/copies";
    return paths;
}

Result<Record> ContainerDriver::copyRecord(Entry& original, const std::string& copy)
{
    Record r;
    {
        std::lock_guard lock(original.mutex);
        if (original.state == State::Broken)
            return fail(Code::WrongState, "its files are damaged: it can only be deleted");
        r.spec = copySpec(original.record.spec, copy);
        r.lower = original.record.lower;
    }
    r.id = copy;
    r.process.arguments = {guestInside, "idle"};
    r.process.workingDirectory = "/";
    std::unique_lock lock(m_mutex);
    r.idBase = TRY(unusedIds());
    if (!m_copyIds.emplace(copy, r.idBase).second)
        return fail(Code::Exists, fmt::format("there is a copy {} already", copy));
    return r;
}

/// Makes it and asks it; it stays when that went well.
Result<Json> ContainerDriver::tryCopy(Record r, const std::vector<std::string>& walls, Progress& progress)
{
    const std::set<std::string> down(walls.begin(), walls.end());
    if (down.contains("network"))
        r.spec.network.mode = NetworkMode::Host;
    if (down.contains("users"))
        r.idBase = 0;
    const Paths paths = copyPaths();
    const std::string bundle = paths.instance(r.id);
    TRY(makeDirectories(bundle));
    if (r.lower.empty())
        TRY(m_images.copyRoot(TRY(m_images.find(r.spec.image)), bundle + "/rootfs", {r.idBase, idCount}, progress));
    TRY(writeBundle(r, paths));
    Json config = withoutWalls(bundleConfig(r, paths, TRY(loadSeccomp(paths))), down, ownCapabilities());
    config["mounts"].push_back({{"destination", guestInside},
                                {"type", "bind"},
                                {"source", m_paths.guest},
                                {"options", {"bind", "ro", "nosuid", "nodev"}}});
    config["annotations"]["org.diptych.wallsDown"] = fmt::format("{}", fmt::join(walls, ","));
    TRY(writeFileAtomic(bundle + "/config.json", dumpJson(config, 1)));
    progress.report(walls.empty() ? "copyWhole" : "copyOpen", -1, "");
    TRY(m_runtime.call({"create", "--supervise", "--bundle", bundle, r.id}));
    TRY(m_runtime.call({"start", r.id}));
    progress.report("attempts", -1, "");
    std::string answer =
        TRYX(m_runtime.call({"exec", "--executable", m_paths.guest, r.id, "diptych-guest", "attempts", thisHost()}, {},
                            std::chrono::seconds(15)),
             "ask the copy");
    Json attempts = TRYX(parseJson(answer), "what the copy answered");
    if (!attempts.is_array())
        return fail(Code::Failed, "what the copy answered is no list");
    return attempts;
}

Status ContainerDriver::endCopy(const std::string& copy) const
{
    TRY(m_runtime.destroy(copy));
    return removeTree(copyPaths().instance(copy));
}

Result<std::vector<WallChoice>> ContainerDriver::walls(const std::string& id)
{
    EntryRef entry = TRY(find(id));
    std::lock_guard lock(entry->mutex);
    return wallsOf(entry->record.spec);
}

Result<Json> ContainerDriver::takeDown(const std::string& id, const std::string& copy,
                                       const std::vector<std::string>& walls, Progress& progress)
{
    TRY(checkId(copy, "copy"));
    EntryRef entry = TRY(find(id));
    InstanceSpec spec;
    {
        std::lock_guard lock(entry->mutex);
        spec = entry->record.spec;
    }
    TRY(checkWalls(spec, walls));
    const Record record = TRY(copyRecord(*entry, copy));
    auto both = [&]() -> Result<Json> {
        Json with = TRYX(tryCopy(record, {}, progress), "a copy with all walls");
        TRY(endCopy(copy));
        if (progress.cancelled())
            return fail(Code::Cancelled, "cancelled");
        Json without = TRYX(tryCopy(record, walls, progress), "a copy without these walls");
        return Json{{"pid", m_runtime.pid(copy)},
                    {"cgroup", m_paths.cgroup + "/" + copy},
                    {"with", std::move(with)},
                    {"without", std::move(without)}};
    };
    Result<Json> result = both();
    if (!result)
        if (Status gone = putBack(copy); !gone)
            logf(Level::Error, "throw-away copy {}: {}", copy, gone.error().message);
    return result;
}

Status ContainerDriver::putBack(const std::string& copy)
{
    TRY(checkId(copy, "copy"));
    TRY(endCopy(copy));
    std::unique_lock lock(m_mutex);
    m_copyIds.erase(copy);
    return {};
}

/// What an earlier helper left when it died.
void ContainerDriver::clearCopies() const
{
    for (const std::string& copy : listDirectory(copyPaths().instances()).value_or(std::vector<std::string>{})) {
        if (!checkId(copy))
            continue;
        if (Status gone = endCopy(copy); !gone)
            logf(Level::Warning, "throw-away copy {} of an earlier helper: {}", copy, gone.error().message);
        else
            logf(Level::Notice, "removed the throw-away copy {} that an earlier helper left", copy);
    }
}

} // namespace diptych::containers
