// Throw-away copies of a machine without some of its walls.
//
// What makes them safe to have: the domain is a transient one that libvirt ends with our connection, so also when this
// process is killed; its disk is an overlay of the image, not of what the machine wrote; no program of the image runs
// in one, only diptych-guest. A copy with all walls has neither a network card nor anything of the host.
#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "base/names.h"
#include "machines/acl.h"
#include "machines/driver.h"
#include "machines/guest_channel.h"
#include "machines/network.h"
#include "machines/walls.h"

#include <csignal>
#include <unistd.h>

namespace diptych::machines {

namespace {

/// Readable for everybody, also from QEMU's user, and telling nothing that is secret.
constexpr const char* publicFile = "/usr/lib/os-release";
/// The copy's directory has this from its first moment: on which network an address may be reserved.
constexpr const char* networkFile = "/network";
constexpr auto oneAnswer = std::chrono::seconds(12);
constexpr auto bootPatience = std::chrono::minutes(3); ///< emulated, on a busy host

Json copyConfig(const InstanceSpec& spec, const Address& address, bool card)
{
    images::Process idle;
    idle.arguments = {"/proc/1/exe", "idle"}; // diptych-guest itself, whose file is gone with the initramfs
    idle.workingDirectory = "/";
    idle.stopSignal = SIGTERM;
    Json config = guestConfig(spec, idle, address);
    if (!card)
        config.erase("network");
    return config;
}

} // namespace

struct MachineDriver::Copy
{
    std::string id;
    InstanceSpec spec;      ///< of the copy
    std::string original;   ///< its name
    MachineFiles from, own; ///< the machine's and the copy's
    MachineState state;     ///< the machine's
    Address address;
};

/// Beside the instances, where nothing looks for instances.
Paths MachineDriver::copyPaths() const
{
    Paths paths = m_paths;
    paths.state = m_paths.state + "/machine-copies";
    return paths;
}

bool MachineDriver::isCopy(const std::string& id)
{
    std::lock_guard lock(m_mutex);
    return m_copies.contains(id);
}

Result<std::vector<WallChoice>> MachineDriver::walls(const std::string& id)
{
    Seen seen = TRY(look(id));
    if (!seen.kept)
        return fail(
            Code::NotSupported,
            fmt::format("{} was not made here: there is no diptych-guest inside to try anything", seen.info.name));
    return wallsOfMachine();
}

Status MachineDriver::makeCopyFiles(const Copy& copy, virConnectPtr connection, bool card, Progress& progress)
{
    QemuUser user = TRY(qemuUser(connection));
    TRY(createOverlay(copy.own, copy.state.baseDisk, user, progress));
    if (!exists(copy.own.kernel()) && ::link(copy.from.kernel().c_str(), copy.own.kernel().c_str()) < 0)
        return failErrno(copy.own.kernel());
    TRY(writeInitrd(copy.own, copy.from.initrd(), copy.state.initramfsSize, copyConfig(copy.spec, copy.address, card)));
    TRY(resetRecord(copy.own, user));
    // First the way to what it shares with the machine, then to its own.
    TRY(openWay(m_paths, copy.from, copy.state.baseDisk, user));
    return openWay(copyPaths(), copy.own, copy.state.baseDisk, user);
}

/// Starts it and asks it; it stays when that went well.
Result<Json> MachineDriver::tryCopy(const Copy& copy, virConnectPtr connection, const std::vector<std::string>& walls,
                                    Progress& progress)
{
    const std::set<std::string> down(walls.begin(), walls.end());
    const bool card = down.contains(cardWall);
    progress.report(walls.empty() ? "copyWhole" : "copyOpen", -1, "");
    TRY(makeCopyFiles(copy, connection, card, progress));
    DomainPlan plan = TRY(planFor(copy.id, copy.spec, connection));
    plan.kernel = copy.own.kernel();
    plan.initrd = copy.own.initrd();
    plan.disk = copy.own.disk();
    plan.record = copy.own.record();
    plan.consoleLog = copy.own.console();
    plan.baseDisk = copy.state.baseDisk;
    plan.network = card ? copy.state.network : std::string();
    plan.hostFile = down.contains(fileWall) ? publicFile : "";
    plan.title = fmt::format("throw-away copy of {}{}{}", copy.original, walls.empty() ? "" : " without ",
                             fmt::join(walls, ", "));
    DomainRef domain(virDomainCreateXML(connection, domainXml(plan).c_str(),
                                        VIR_DOMAIN_START_AUTODESTROY | VIR_DOMAIN_START_VALIDATE));
    if (!domain)
        return failLibvirt("start the copy");
    Seen seen = TRY(look(std::move(domain)));
    progress.report("attempts", -1, "");
    for (const auto until = std::chrono::steady_clock::now() + bootPatience;;) {
        auto answer = ask(copy.id, seen, {{"method", "Attempts"}, {"host", copy.address.gateway}}, oneAnswer);
        if (answer && !answer->is_array())
            return fail(Code::Failed, "what the copy answered is no list");
        if (answer || answer.error().code != Code::TimedOut || std::chrono::steady_clock::now() > until)
            return answer;
        if (progress.cancelled())
            return fail(Code::Cancelled, "cancelled");
    }
}

/// Of a copy all but the address that is reserved for it.
static Status endCopyDomain(const std::string& copy, virConnectPtr connection)
{
    DomainRef domain(virDomainLookupByUUIDString(connection, copy.c_str()));
    if (domain && virDomainDestroy(domain.get()) < 0)
        if (DomainRef still(virDomainLookupByUUIDString(connection, copy.c_str())); still)
            return failLibvirt(fmt::format("end the copy {}", copy));
    return {};
}

Status MachineDriver::endCopy(const std::string& copy, virConnectPtr connection)
{
    TRY(endCopyDomain(copy, connection));
    const std::string directory = copyPaths().instance(copy);
    if (!exists(directory))
        return {};
    if (const std::string network = readFile(directory + networkFile).value_or(""); !network.empty())
        if (auto released = releaseAddress(connection, network, macFor(copy)); !released)
            logf(Level::Warning, "throw-away copy {}: {}", copy, released.error().message); // the network may be gone
    TRY(removeTree(directory));
    m_sizes->forget(copy);
    std::lock_guard lock(m_mutex);
    m_live.erase(copy);
    m_copies.erase(copy);
    return {};
}

Result<Json> MachineDriver::takeDown(const std::string& id, const std::string& copyId,
                                     const std::vector<std::string>& walls, Progress& progress)
{
    TRY(checkId(copyId, "copy"));
    TRY(checkMachineWalls(walls));
    Seen seen = TRY(look(id));
    if (!seen.kept)
        return fail(Code::NotSupported, fmt::format("{} was not made here", seen.info.name));
    ConnectRef connection = TRY(m_act->get());
    Copy copy{
        copyId, seen.kept->spec, seen.info.name, filesOf(id), MachineFiles(copyPaths().instance(copyId)), *seen.kept,
        {}};
    copy.spec.name = "copy-" + copyId.substr(0, 8);
    copy.spec.terminal = true; // the idle program owns the console: nobody is offered a shell there
    {
        std::lock_guard lock(m_mutex);
        if (!m_copies.insert(copyId).second)
            return fail(Code::Exists, fmt::format("there is a copy {} already", copyId));
    }
    auto both = [&]() -> Result<Json> {
        TRY(makeDirectories(copy.own.directory));
        TRY(writeFileAtomic(copy.own.directory + networkFile, copy.state.network));
        TRY(activeNetwork(connection.get(), copy.state.network));
        copy.address = TRY(reserveAddress(connection.get(), copy.state.network, macFor(copyId), copy.spec.name));
        Json with = TRYX(tryCopy(copy, connection.get(), {}, progress), "a copy with all walls");
        TRY(endCopyDomain(copyId, connection.get()));
        if (progress.cancelled())
            return fail(Code::Cancelled, "cancelled");
        Json without = TRYX(tryCopy(copy, connection.get(), walls, progress), "a copy without these walls");
        const int pid = findQemu(copyId, copy.spec.name);
        return Json{
            {"pid", pid}, {"cgroup", cgroupOf(pid)}, {"with", std::move(with)}, {"without", std::move(without)}};
    };
    Result<Json> result = both();
    if (!result)
        if (Status gone = putBack(copyId); !gone)
            logf(Level::Error, "throw-away copy {}: {}", copyId, gone.error().message);
    return result;
}

Status MachineDriver::putBack(const std::string& copy)
{
    TRY(checkId(copy, "copy"));
    ConnectRef connection = TRY(m_act->get());
    TRY(endCopy(copy, connection.get()));
    std::lock_guard lock(m_mutex);
    m_copies.erase(copy);
    return {};
}

/// What an earlier helper left when it died: libvirt has ended the domains, their files and addresses are still there.
void MachineDriver::clearCopies(virConnectPtr connection)
{
    for (const std::string& copy : listDirectory(copyPaths().instances()).value_or(std::vector<std::string>{})) {
        if (!checkId(copy) || isCopy(copy))
            continue;
        if (Status gone = endCopy(copy, connection); !gone)
            logf(Level::Warning, "throw-away copy {} of an earlier helper: {}", copy, gone.error().message);
        else
            logf(Level::Notice, "removed the throw-away copy {} that an earlier helper left", copy);
    }
}

} // namespace diptych::machines
