// A machine moves to another libvirt: while it runs, its memory goes over and QEMU there goes on with it; while it is
// off, its definition does. Both sides are opened by this process, with what its owner may: neither of the two daemons
// logs in at the other. Until libvirt has said that it is there, it is here; what was made there goes again.
#include "machines/manager.h"
#include "machines/migration_checks.h"
#include "machines/volumes.h"
#include "machines/xml.h"

#include "base/names.h"

#include <thread>

namespace diptych::machines {

namespace {

using Part = Progress::Part;

/// parameters: "id", "copyStorage", and of the helper's own: "peer", the URI of the other side; "incoming": that is
/// where it comes from.
Status openMove(Host& host, const Json& parameters, Move& move)
{
    auto id = parameters["id"].get<std::string>(), peer = parameters["peer"].get<std::string>();
    bool incoming = parameters["incoming"].get<bool>();
    TRY(checkId(id));
    ConnectRef own = TRY(host.connection());
    ConnectRef other(virConnectOpen(peer.c_str()));
    if (!other) {
        Error error = libvirtError(fmt::format("with the rights of this connection's owner {} can't be opened", peer));
        error.field = incoming ? "id" : "to";
        return tl::unexpected<Error>(std::move(error));
    }
    virConnectSetKeepAlive(other.get(), 4, 4);
    move.source = incoming ? std::move(other) : std::move(own);
    move.target = incoming ? std::move(own) : std::move(other);
    move.domain.reset(virDomainLookupByUUIDString(move.source.get(), id.c_str()));
    if (!move.domain)
        return failLibvirt(fmt::format("machine {}", id));
    move.live = TRY(isActive(move.domain.get()));
    move.copy = parameters["copyStorage"].get<bool>();
    std::string xml = TRY(xmlOf(move.domain.get(), move.live ? 0 : unsigned(VIR_DOMAIN_XML_INACTIVE)));
    TRY(parseXml(xml, move.document));
    move.info = TRY(readDomain(xml));
    return {};
}

Result<std::string> addressOf(const Json& parameters)
{
    auto given = parameters.find("address");
    std::string address = given != parameters.end() && given->is_string() ? given->get<std::string>() : "";
    bool good = address.size() <= 255 && (address.empty() || address[0] != '-') &&
                std::all_of(address.begin(), address.end(),
                            [](unsigned char c) { return isalnum(c) || c == '.' || c == ':' || c == '-'; });
    if (!good)
        return failField("address", "a host's name or address, without a port");
    // libvirt wants IPv6 in brackets.
    return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

/// The bytes of the file, whatever its format, through this process.
Status copyFile(const Move& move, const DiskInfo& disk, Part& part, const std::function<void()>& told, Undo& undo,
                const Progress& progress)
{
    VolumeRef from(virStorageVolLookupByPath(move.source.get(), disk.path.c_str()));
    PoolRef pool = poolOf(move.target.get(), disk.path);
    if (!from || !pool)
        return fail(Code::NotFound, fmt::format("{} went away meanwhile", disk.path));
    TRY(makeVolume(pool.get(), volumeXml(fileName(disk.path), part.total, "raw", nullptr), nullptr, undo));
    VolumeRef to(virStorageVolLookupByName(pool.get(), fileName(disk.path).c_str()));
    StreamRef stream(virStreamNew(move.source.get(), 0));
    if (!to || !stream || virStorageVolDownload(from.get(), stream.get(), 0, part.total, 0) < 0)
        return failLibvirt(fmt::format("copy {}", disk.path));
    std::string buffer(size_t{256} << 10, '\0');
    Status copied = uploadVolume(move.target.get(), to.get(), part.total, [&]() -> Result<std::string> {
        if (progress.cancelled())
            return fail(Code::Cancelled, "cancelled");
        int n = virStreamRecv(stream.get(), buffer.data(), std::min<uint64_t>(buffer.size(), part.total - part.done));
        if (n < 0)
            return failLibvirt(fmt::format("read {}", disk.path));
        part.done += static_cast<uint64_t>(n);
        told();
        return buffer.substr(0, static_cast<size_t>(n));
    });
    if (!copied) {
        virStreamAbort(stream.get());
        return copied;
    }
    virStreamFinish(stream.get());
    virStoragePoolRefresh(pool.get(), 0); // what it is stands in its first bytes
    return {};
}

Status copyDisks(const Move& move, Undo& undo, Progress& progress)
{
    std::vector<Part> parts;
    std::vector<const DiskInfo*> disks;
    for (const DiskInfo& disk : move.info.disks) {
        if (!travels(disk))
            continue;
        VolumeRef from(virStorageVolLookupByPath(move.source.get(), disk.path.c_str()));
        virStorageVolInfo info{};
        if (!from || virStorageVolGetInfoFlags(from.get(), &info, VIR_STORAGE_VOL_GET_PHYSICAL) < 0)
            return failLibvirt(disk.path);
        parts.push_back({disk.target, 0, info.allocation});
        disks.push_back(&disk);
    }
    uint64_t last = 0;
    auto told = [&] {
        uint64_t done = 0, total = 0;
        for (const Part& part : parts)
            done += part.done, total += part.total;
        if (done - last < (4U << 20) && done < total)
            return;
        last = done;
        progress.amounts(parts);
        progress.report("copyDisk", double(done) / double(std::max<uint64_t>(total, 1)), move.info.name);
    };
    for (size_t i = 0; i < disks.size(); ++i)
        TRY(copyFile(move, *disks[i], parts[i], told, undo, progress));
    return {};
}

/// What libvirt made there for a live copy and leaves when that fails.
void dropCopies(const Move& move)
{
    if (DomainRef(virDomainLookupByUUIDString(move.target.get(), move.info.id.c_str())))
        return; // somebody has them
    for (const DiskInfo& disk : move.info.disks) {
        PoolRef pool = travels(disk) ? poolOf(move.target.get(), disk.path) : nullptr;
        if (!pool)
            continue;
        if (VolumeRef made{virStorageVolLookupByName(pool.get(), fileName(disk.path).c_str())})
            virStorageVolDelete(made.get(), 0);
    }
}

void tell(const Move& move, Progress& progress)
{
    int type = VIR_DOMAIN_JOB_NONE, count = 0;
    virTypedParameterPtr parameters = nullptr;
    if (virDomainGetJobStats(move.domain.get(), &type, &parameters, &count, 0) < 0)
        return;
    unsigned long long done = 0, left = 0;
    virTypedParamsGetULLong(parameters, count, VIR_DOMAIN_JOB_DATA_PROCESSED, &done);
    virTypedParamsGetULLong(parameters, count, VIR_DOMAIN_JOB_DATA_REMAINING, &left);
    virTypedParamsFree(parameters, count);
    if (type == VIR_DOMAIN_JOB_NONE || done + left == 0)
        return;
    // Pages that the guest writes meanwhile go again: the total grows.
    progress.amounts({{move.info.name, done, done + left}});
    progress.report("migrate", double(done) / double(done + left), move.info.name);
}

/// libvirt's call lasts until it is there; this thread tells how far it is, and stops it.
Result<DomainRef> migrateByLibvirt(const Move& move, unsigned flags, const std::string& address, Progress& progress)
{
    virTypedParameterPtr parameters = nullptr;
    int count = 0, room = 0;
    if (!address.empty() && move.live)
        virTypedParamsAddString(&parameters, &count, &room, VIR_MIGRATE_PARAM_URI, ("tcp:" + address).c_str());
    std::atomic<bool> over{false};
    DomainRef arrived;
    std::string problem;
    std::thread mover([&] {
        arrived.reset(virDomainMigrate3(move.domain.get(), move.target.get(), parameters, unsigned(count), flags));
        if (!arrived)
            problem = libvirtError(fmt::format("move {}", move.info.name)).message;
        over = true;
    });
    while (!over) {
        tell(move, progress);
        if (progress.cancelled())
            virDomainAbortJob(move.domain.get()); // refused when there is nothing to stop yet, or any more: again
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    mover.join();
    virTypedParamsFree(parameters, count);
    if (arrived)
        return arrived;
    if (progress.cancelled())
        return fail(Code::Cancelled, fmt::format("moving {} was cancelled: it is where it was", move.info.name));
    return fail(Code::Failed, problem);
}

Json hindrancesJson(const Move& move)
{
    Json problems = Json::array();
    for (const Hindrance& one : move.problems)
        problems.push_back({{"field", one.field}, {"message", one.message}});
    return problems;
}

} // namespace

Result<Json> checkMigration(Host& host, const Json& parameters, Progress& /*progress*/)
{
    Move move;
    Status opened = openMove(host, parameters, move);
    if (!opened && (opened.error().field == "to" || opened.error().field == "id"))
        move.add(opened.error().field, opened.error().message);
    else if (!opened)
        return tl::unexpected<Error>(opened.error());
    else
        findHindrances(move);
    return Json{{"live", move.live}, {"problems", hindrancesJson(move)}};
}

Result<Json> migrateMachine(Host& host, const Json& parameters, Progress& progress)
{
    std::string address = TRY(addressOf(parameters));
    Move move;
    TRY(openMove(host, parameters, move));
    progress.report("check", -1, move.info.name);
    findHindrances(move);
    if (!move.problems.empty()) {
        std::vector<std::string> all;
        for (const Hindrance& one : move.problems)
            all.push_back(fmt::format("{}: {}", one.field, one.message));
        return tl::unexpected<Error>(
            Error{Code::NotSupported, fmt::format("{}", fmt::join(all, "; ")), move.problems[0].field, 0});
    }
    Undo undo;
    if (move.copy && move.live)
        undo.add([&move] { dropCopies(move); });
    else if (move.copy)
        TRY(copyDisks(move, undo, progress));
    if (progress.cancelled())
        return fail(Code::Cancelled, fmt::format("moving {} was cancelled", move.info.name));
    int autostart = 0;
    virDomainGetAutostart(move.domain.get(), &autostart);
    unsigned flags = VIR_MIGRATE_PERSIST_DEST;
    flags |=
        move.live ? VIR_MIGRATE_LIVE | VIR_MIGRATE_AUTO_CONVERGE | VIR_MIGRATE_ABORT_ON_ERROR : VIR_MIGRATE_OFFLINE;
    flags |= move.live && move.copy ? VIR_MIGRATE_NON_SHARED_DISK : 0;
    flags |= parameters["undefineSource"].get<bool>() ? VIR_MIGRATE_UNDEFINE_SOURCE : 0;
    progress.report("migrate", -1, move.info.name);
    DomainRef arrived = TRY(migrateByLibvirt(move, flags, address, progress));
    undo.keep();
    if (autostart == 1)
        virDomainSetAutostart(arrived.get(), 1);
    return Json{{"ids", {move.info.id}}};
}

} // namespace diptych::machines
