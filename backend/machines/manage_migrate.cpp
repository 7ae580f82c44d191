// A machine moves to another libvirt: while it runs, its memory goes over and QEMU there goes on with it; while it is
// off, its definition does. Both sides are opened by this process, with what its owner may: neither of the two daemons
// logs in at the other. Until libvirt has said that it is there, it is here; what was made there goes again.
#include "machines/domain_job.h"
#include "machines/manager.h"
#include "machines/migration_checks.h"
#include "machines/volumes.h"
#include "machines/xml.h"

#include "base/names.h"

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

/// What goes over: the file itself, or one that holds all that it is built upon too and goes again.
Result<VolumeRef> volumeToSend(const Move& move, const DiskMove& disk, Undo& after)
{
    std::vector<VolumeRef> chain = TRY(knownVolumes(move.source.get(), disk.path));
    if (disk.how != DiskMove::How::Flattened)
        return std::move(chain.front());
    PoolRef pool(virStoragePoolLookupByVolume(chain.front().get()));
    DiskSource source = TRY(describeVolume(chain.front().get()));
    if (!pool)
        return failLibvirt(disk.path);
    std::string name = freeName(pool.get(), fileName(disk.path) + "-whole", source.format);
    TRY(makeVolume(pool.get(), volumeXml(name, disk.capacity, source.format, nullptr), chain.front().get(), after));
    VolumeRef whole(virStorageVolLookupByName(pool.get(), name.c_str()));
    if (!whole)
        return failLibvirt(name);
    return whole;
}

/// The bytes of the file, whatever its format, through this process.
Status copyFile(const Move& move, virStorageVolPtr from, const DiskMove& disk, Part& part,
                const std::function<void()>& told, Undo& undo, const Progress& progress)
{
    PoolRef pool = poolOf(move.target.get(), disk.path);
    if (!pool)
        return fail(Code::NotFound, fmt::format("{} went away meanwhile", disk.path));
    TRY(makeVolume(pool.get(), volumeXml(fileName(disk.path), part.total, "raw", nullptr), nullptr, undo));
    VolumeRef to(virStorageVolLookupByName(pool.get(), fileName(disk.path).c_str()));
    StreamRef stream(virStreamNew(move.source.get(), 0));
    if (!to || !stream || virStorageVolDownload(from, stream.get(), 0, part.total, 0) < 0)
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
    struct Sent
    {
        VolumeRef from;
        const DiskMove* disk;
    };
    Undo after; // those made whole for this
    std::vector<Part> parts;
    std::vector<Sent> all;
    for (const DiskMove& disk : move.disks) {
        if (disk.how == DiskMove::How::Shared)
            continue;
        progress.report("copyDisk", -1, disk.target);
        VolumeRef from = TRY(volumeToSend(move, disk, after));
        virStorageVolInfo info{};
        if (virStorageVolGetInfoFlags(from.get(), &info, VIR_STORAGE_VOL_GET_PHYSICAL) < 0)
            return failLibvirt(disk.path);
        parts.push_back({disk.target, 0, info.allocation});
        all.push_back({std::move(from), &disk});
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
    for (size_t i = 0; i < all.size(); ++i)
        TRY(copyFile(move, all[i].from.get(), *all[i].disk, parts[i], told, undo, progress));
    return {};
}

/// What was made there for a live copy and is left when that fails.
void dropCopies(const Move& move)
{
    if (DomainRef(virDomainLookupByUUIDString(move.target.get(), move.info.id.c_str())))
        return; // somebody has them
    for (const DiskMove& disk : move.disks) {
        PoolRef pool = disk.how == DiskMove::How::Shared ? nullptr : poolOf(move.target.get(), disk.path);
        if (!pool)
            continue;
        if (VolumeRef made{virStorageVolLookupByName(pool.get(), fileName(disk.path).c_str())})
            virStorageVolDelete(made.get(), 0);
    }
}

/// Whole files for what QEMU copies out of an overlay and all below it; they go with the other copies.
Status makeWhole(const Move& move)
{
    Undo made;
    for (const DiskMove& disk : move.disks) {
        auto of = std::find_if(move.info.disks.begin(), move.info.disks.end(),
                               [&](const DiskInfo& one) { return one.target == disk.target; });
        PoolRef pool = disk.how == DiskMove::How::Flattened ? poolOf(move.target.get(), disk.path) : nullptr;
        if (pool && of != move.info.disks.end())
            TRY(makeVolume(pool.get(), volumeXml(fileName(disk.path), disk.capacity, of->format, nullptr), nullptr,
                           made));
    }
    made.keep();
    return {};
}

/// The domain as it is there: what was an overlay is built upon nothing.
Result<std::string> xmlThere(const Move& move, unsigned flags)
{
    pugi::xml_document document;
    TRY(parseXml(TRY(xmlOf(move.domain.get(), flags | VIR_DOMAIN_XML_SECURE | VIR_DOMAIN_XML_MIGRATABLE)), document));
    for (pugi::xml_node node : document.child("domain").child("devices").children("disk"))
        for (const DiskMove& disk : move.disks)
            if (disk.how == DiskMove::How::Flattened && disk.target == node.child("target").attribute("dev").value()) {
                while (node.remove_child("backingStore")) {
                }
                node.insert_child_after("backingStore", node.child("source"));
            }
    return writeXml(document.child("domain"));
}

/// What libvirt is told besides the flags.
class MoveParameters final
{
public:
    MoveParameters() = default;
    ~MoveParameters() { virTypedParamsFree(m_all, m_count); }
    MoveParameters(const MoveParameters&) = delete;
    MoveParameters& operator=(const MoveParameters&) = delete;
    void add(const char* name, const std::string& value)
    {
        virTypedParamsAddString(&m_all, &m_count, &m_room, name, value.c_str());
    }
    [[nodiscard]] virTypedParameterPtr get() const { return m_all; }
    [[nodiscard]] unsigned count() const { return unsigned(m_count); }

private:
    virTypedParameterPtr m_all = nullptr;
    int m_count = 0, m_room = 0;
};

bool anyDisk(const Move& move, const std::function<bool(DiskMove::How)>& is)
{
    return std::any_of(move.disks.begin(), move.disks.end(), [&](const DiskMove& disk) { return is(disk.how); });
}

Status fillParameters(const Move& move, const std::string& address, MoveParameters& parameters)
{
    if (!address.empty() && move.live)
        parameters.add(VIR_MIGRATE_PARAM_URI, "tcp:" + address);
    if (move.live && move.copy)
        for (const DiskMove& disk : move.disks)
            if (disk.how != DiskMove::How::Shared)
                parameters.add(VIR_MIGRATE_PARAM_MIGRATE_DISKS, disk.target);
    if (!anyDisk(move, [](DiskMove::How how) { return how == DiskMove::How::Flattened; }))
        return {};
    parameters.add(VIR_MIGRATE_PARAM_DEST_XML, TRY(xmlThere(move, move.live ? 0 : unsigned(VIR_DOMAIN_XML_INACTIVE))));
    if (move.live && virDomainIsPersistent(move.domain.get()) == 1)
        parameters.add(VIR_MIGRATE_PARAM_PERSIST_XML, TRY(xmlThere(move, VIR_DOMAIN_XML_INACTIVE)));
    return {};
}

Result<DomainRef> migrateByLibvirt(const Move& move, unsigned flags, const std::string& address, Progress& progress)
{
    MoveParameters parameters;
    TRY(fillParameters(move, address, parameters));
    DomainRef arrived;
    Status moved = followJob(move.domain.get(), "migrate", move.info.name, progress, [&]() -> Status {
        arrived.reset(
            virDomainMigrate3(move.domain.get(), move.target.get(), parameters.get(), parameters.count(), flags));
        return arrived ? Status() : failLibvirt(fmt::format("move {}", move.info.name));
    });
    if (!moved && moved.error().code == Code::Cancelled)
        return fail(Code::Cancelled, fmt::format("moving {} was cancelled: it is where it was", move.info.name));
    TRY(std::move(moved));
    return arrived;
}

const char* word(DiskMove::How how)
{
    return how == DiskMove::How::Copied ? "copied" : how == DiskMove::How::Flattened ? "flattened" : "shared";
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
    Json disks = Json::array();
    for (const DiskMove& disk : move.disks)
        disks.push_back({{"disk", disk.target}, {"how", word(disk.how)}, {"bytes", disk.bytes}});
    return Json{{"live", move.live}, {"problems", hindrancesJson(move)}, {"disks", std::move(disks)}};
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
    if (move.copy && move.live) {
        undo.add([&move] { dropCopies(move); });
        TRY(makeWhole(move));
    } else if (move.copy) {
        TRY(copyDisks(move, undo, progress));
    }
    if (progress.cancelled())
        return fail(Code::Cancelled, fmt::format("moving {} was cancelled", move.info.name));
    int autostart = 0;
    virDomainGetAutostart(move.domain.get(), &autostart);
    unsigned flags = VIR_MIGRATE_PERSIST_DEST;
    flags |=
        move.live ? VIR_MIGRATE_LIVE | VIR_MIGRATE_AUTO_CONVERGE | VIR_MIGRATE_ABORT_ON_ERROR : VIR_MIGRATE_OFFLINE;
    bool copies = move.copy && anyDisk(move, [](DiskMove::How how) { return how != DiskMove::How::Shared; });
    flags |= move.live && copies ? VIR_MIGRATE_NON_SHARED_DISK : 0;
    // libvirt knows shared file systems by their names, and refuses all others; here it was proved.
    bool unproved = std::any_of(move.disks.begin(), move.disks.end(),
                                [](const DiskMove& disk) { return disk.how == DiskMove::How::Shared && !disk.safe; });
    bool shared = anyDisk(move, [](DiskMove::How how) { return how == DiskMove::How::Shared; });
    flags |= move.live && shared && !unproved ? VIR_MIGRATE_UNSAFE : 0;
    flags |= parameters["undefineSource"].get<bool>() ? VIR_MIGRATE_UNDEFINE_SOURCE : 0;
    flags |= move.live && parameters.value("encrypted", false) ? VIR_MIGRATE_TLS : 0;
    progress.report("migrate", -1, move.info.name);
    DomainRef arrived = TRY(migrateByLibvirt(move, flags, address, progress));
    undo.keep();
    if (autostart == 1)
        virDomainSetAutostart(arrived.get(), 1);
    return Json{{"ids", {move.info.id}}};
}

} // namespace diptych::machines
