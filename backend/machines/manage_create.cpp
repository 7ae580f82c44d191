// A machine from a medium, a disk or a cloud image. What was made on the way goes again when any of it fails.
#include "machines/card_addresses.h"
#include "machines/clipboard.h"
#include "machines/cloud_init.h"
#include "machines/host.h"
#include "machines/install_run.h"
#include "machines/machine_xml.h"
#include "machines/manage_install.h"
#include "machines/manager.h"
#include "machines/pool_kinds.h"
#include "machines/volumes.h"
#include "machines/xml.h"

#include "base/files.h"
#include "base/names.h"

namespace diptych::machines {

namespace {

struct Wanted
{
    std::string name, firmware, network;
    int64_t vcpus = 1, memory = 0;
    std::string system;
    bool tpm = false, modern = true, start = false, networkBoot = false;
    std::string diskKind, pool, volume;
    int64_t capacity = 0;
    std::string mediumPool, medium;
    std::optional<CloudInit> cloudInit;
    std::vector<std::pair<std::string, std::string>> moreDisks; ///< pool, volume
    std::vector<std::string> moreNetworks, macs;
    std::vector<std::optional<std::pair<std::string, std::string>>> drives; ///< with pool and volume, or empty
    std::optional<InstallAnswers> unattended;
};

Status readDrives(JsonReader& spec, Wanted& wanted)
{
    constexpr size_t most = 4;
    if (const Json* drives = TRY(spec.optionalArray("drives")))
        for (const Json& one : *drives) {
            JsonReader drive(one, "spec.drives");
            std::optional<JsonReader> medium = TRY(drive.optionalObject("medium"));
            wanted.drives.emplace_back();
            if (!medium)
                continue;
            std::string pool = TRY(medium->string("pool")), volume = TRY(medium->string("volume"));
            wanted.drives.back() = {std::move(pool), std::move(volume)};
        }
    if (wanted.drives.size() > most)
        return failField("spec.drives", fmt::format("more than {} are refused", most));
    return {};
}

/// What an appliance has beside the first of each.
Status readMore(JsonReader& spec, Wanted& wanted)
{
    constexpr size_t most = 15;
    if (const Json* disks = TRY(spec.optionalArray("moreDisks")))
        for (const Json& one : *disks) {
            JsonReader disk(one, "spec.moreDisks");
            std::string pool = TRY(disk.string("pool")), volume = TRY(disk.string("volume"));
            wanted.moreDisks.emplace_back(std::move(pool), std::move(volume));
        }
    TRY(readDrives(spec, wanted));
    wanted.moreNetworks = TRY(spec.optionalStrings("moreNetworks"));
    wanted.macs = TRY(spec.optionalStrings("macs"));
    if (wanted.moreDisks.size() > most)
        return failField("spec.moreDisks", fmt::format("more than {} are refused", most));
    if (wanted.moreNetworks.size() > most)
        return failField("spec.moreNetworks", fmt::format("more than {} are refused", most));
    return {};
}

Result<InstallAnswers> answersFrom(JsonReader spec, const std::string& machine, bool virtio)
{
    InstallAnswers answers;
    answers.hostname = machine;
    answers.virtio = virtio;
    answers.profile = TRY(spec.string("profile"));
    answers.user = TRY(spec.string("user"));
    answers.fullName = TRY(spec.optionalString("fullName")).value_or("");
    answers.password = TRY(spec.string("password"));
    answers.language = TRY(spec.string("language"));
    answers.keyboard = TRY(spec.optionalString("keyboard")).value_or("");
    answers.timezone = TRY(spec.string("timezone"));
    answers.productKey = TRY(spec.optionalString("productKey")).value_or("");
    return answers;
}

Result<Wanted> wantedFrom(const Json& parameters)
{
    JsonReader spec(parameters["spec"], "spec");
    Wanted wanted;
    wanted.name = TRY(spec.string("name"));
    TRY(checkInstanceName(wanted.name, "spec.name"));
    wanted.firmware = TRY(spec.string("firmware"));
    wanted.network = TRY(spec.string("network"));
    wanted.vcpus = TRY(spec.integer("vcpus"));
    if (wanted.vcpus < 1 || wanted.vcpus > 1024)
        return failField("spec.vcpus", "vcpus is 1 to 1024");
    wanted.memory = TRY(spec.integer("memory"));
    if (wanted.memory < int64_t{16} << 20 || wanted.memory > int64_t{1} << 46)
        return failField("spec.memory", "memory is 16 MiB to 64 TiB");
    wanted.tpm = TRY(spec.boolean("tpm"));
    wanted.modern = TRY(spec.boolean("virtio"));
    JsonReader disk = TRY(spec.object("disk"));
    wanted.diskKind = TRY(disk.string("kind"));
    wanted.pool = TRY(disk.string("pool"));
    wanted.volume = TRY(disk.optionalString("volume")).value_or("");
    wanted.capacity = TRY(disk.optionalInteger("capacity")).value_or(0);
    if (std::optional<JsonReader> medium = TRY(spec.optionalObject("medium"))) {
        wanted.mediumPool = TRY(medium->string("pool"));
        wanted.medium = TRY(medium->string("volume"));
    }
    if (std::optional<JsonReader> cloud = TRY(spec.optionalObject("cloudInit"))) {
        CloudInit init;
        init.hostname = wanted.name;
        init.user = TRY(cloud->string("user"));
        init.password = TRY(cloud->string("password"));
        init.keys = TRY(cloud->strings("keys"));
        init.packages = TRY(cloud->strings("packages"));
        wanted.cloudInit = std::move(init);
    }
    wanted.start = TRY(spec.boolean("start"));
    wanted.networkBoot = TRY(spec.optionalBoolean("networkBoot")).value_or(false);
    if (wanted.networkBoot && wanted.network.empty())
        return failField("spec.network", "to boot from the network it needs one");
    wanted.system = TRY(spec.optionalString("system")).value_or("");
    if (wanted.system.size() > 200)
        return failField("spec.system", "an id of libosinfo is shorter");
    TRY(checkXmlText(wanted.system, "spec.system"));
    TRY(readMore(spec, wanted));
    if (std::optional<JsonReader> unattended = TRY(spec.optionalObject("unattended"))) {
        if (wanted.medium.empty() || wanted.system.empty())
            return failField(wanted.medium.empty() ? "spec.medium" : "spec.system",
                             "an installation without questions needs a medium and the name of its system");
        wanted.unattended = TRY(answersFrom(*unattended, wanted.name, wanted.modern));
        wanted.unattended->uefi = wanted.firmware != "bios";
    }
    return wanted;
}

Result<DiskSource> makeDisk(virConnectPtr connection, const Wanted& wanted, Undo& undo)
{
    PoolRef pool = TRY(findPool(connection, wanted.pool));
    std::string name = freeName(pool.get(), wanted.name, "qcow2");
    if (wanted.diskKind == "new") {
        if (wanted.capacity < 1 << 20)
            return failField("spec.disk.capacity", "capacity is at least 1 MiB");
        return makeVolume(pool.get(), volumeXml(name, static_cast<uint64_t>(wanted.capacity), "qcow2", nullptr),
                          nullptr, undo);
    }
    VolumeRef volume = TRY(findVolume(connection, wanted.pool, wanted.volume));
    DiskSource source = TRY(sourceOf(volume.get()));
    if (wanted.diskKind == "existing")
        return source;
    virStorageVolInfo info{};
    if (virStorageVolGetInfo(volume.get(), &info) < 0)
        return failLibvirt(wanted.volume);
    uint64_t capacity = std::max<uint64_t>(info.capacity, static_cast<uint64_t>(std::max<int64_t>(wanted.capacity, 0)));
    if (wanted.diskKind == "overlay")
        return makeVolume(pool.get(), volumeXml(name, capacity, "qcow2", &source), nullptr, undo);
    // A block device gets its size when it is made, and never grows.
    bool files = holdsFiles(pool.get());
    DiskSource copy = TRY(makeVolume(pool.get(), volumeXml(name, files ? info.capacity : capacity, "qcow2", nullptr),
                                     volume.get(), undo));
    VolumeRef made(virStorageVolLookupByPath(connection, copy.path.c_str()));
    if (files && capacity > info.capacity && (!made || virStorageVolResize(made.get(), capacity, 0) < 0))
        return failLibvirt(fmt::format("grow {}", name));
    return copy;
}

MachinePlan::Firmware firmwareOf(const std::string& word)
{
    return word == "bios"   ? MachinePlan::Firmware::Bios
           : word == "uefi" ? MachinePlan::Firmware::Uefi
                            : MachinePlan::Firmware::SecureUefi;
}

Result<DiskSource> mediumOf(virConnectPtr connection, const std::string& pool, const std::string& name)
{
    VolumeRef volume = TRY(findVolume(connection, pool, name));
    DiskSource source = TRY(sourceOf(volume.get()));
    source.format = "raw";
    return source;
}

Status findMedia(virConnectPtr connection, const Wanted& wanted, MachinePlan& plan)
{
    for (const auto& drive : wanted.drives) {
        plan.drives.emplace_back();
        if (drive)
            plan.drives.back() = TRY(mediumOf(connection, drive->first, drive->second));
    }
    if (!wanted.medium.empty())
        plan.medium = TRY(mediumOf(connection, wanted.mediumPool, wanted.medium));
    return {};
}

/// Where it costs nothing.
bool wantsClipboard(virConnectPtr connection, const MachinePlan& plan)
{
    if (clipboardPins(connection))
        return false;
    CString text(virConnectGetDomainCapabilities(connection, nullptr, plan.architecture.c_str(), nullptr,
                                                 plan.kvm ? "kvm" : "qemu", 0));
    pugi::xml_document document;
    return text && parseXml(text.get(), document) &&
           carriesClipboard(connection, document.child("domainCapabilities").child("devices"));
}

InstallOrder orderFrom(const Wanted& wanted)
{
    return {wanted.name,     wanted.system,           wanted.mediumPool, wanted.medium,     wanted.pool,
            wanted.firmware, !wanted.network.empty(), wanted.tpm,        *wanted.unattended};
}

} // namespace

Result<Json> createMachine(Host& host, const Json& parameters, Progress& progress)
{
    Wanted wanted = TRY(wantedFrom(parameters));
    ConnectRef connection = TRY(host.connection());
    if (DomainRef(virDomainLookupByName(connection.get(), wanted.name.c_str())))
        return fail(Code::Exists, fmt::format("name: there is a machine \"{}\" already", wanted.name));
    MachinePlan plan;
    plan.name = wanted.name;
    plan.id = newId();
    plan.kvm = acceleration() == "kvm";
    plan.architecture = hostArchitecture();
    plan.vcpus = static_cast<unsigned>(wanted.vcpus);
    plan.memory = static_cast<uint64_t>(wanted.memory);
    plan.firmware = firmwareOf(wanted.firmware);
    plan.tpm = wanted.tpm;
    plan.clipboard = wantsClipboard(connection.get(), plan);
    plan.modern = wanted.modern;
    plan.network = wanted.network;
    plan.networkBoot = wanted.networkBoot;
    CString uri(virConnectGetURI(connection.get()));
    plan.displayListens = uri && std::string_view(uri.get()).find("+ssh://") != std::string_view::npos;
    plan.keepsLog = !host.elsewhere;
    if (plan.keepsLog)
        TRY(makeDirectories(logDirectory, 0755)); // libvirt makes it for its own log, and that is later
    plan.system = wanted.system;
    if (!wanted.network.empty() && !NetworkRef(virNetworkLookupByName(connection.get(), wanted.network.c_str())))
        return failField("spec.network", fmt::format("there is no network \"{}\"", wanted.network));
    for (const std::string& network : wanted.moreNetworks)
        if (!NetworkRef(virNetworkLookupByName(connection.get(), network.c_str())))
            return failField("spec.moreNetworks", fmt::format("there is no network \"{}\"", network));
    plan.moreNetworks = wanted.moreNetworks;
    TRY(checkAddresses(connection.get(), wanted.macs, wanted.moreNetworks.size() + (wanted.network.empty() ? 0 : 1)));
    plan.macs = wanted.macs;
    Undo undo;
    progress.report("buildDisk", -1, wanted.name);
    plan.disk = TRY(makeDisk(connection.get(), wanted, undo));
    for (const auto& [pool, volume] : wanted.moreDisks) {
        VolumeRef more = TRY(findVolume(connection.get(), pool, volume));
        plan.moreDisks.push_back(TRY(sourceOf(more.get())));
    }
    TRY(findMedia(connection.get(), wanted, plan));
    if (wanted.cloudInit) {
        progress.report("seed", -1, wanted.name);
        plan.seed = TRY(storeBytes(connection.get(), wanted.pool, wanted.name + "-seed", "iso",
                                   TRY(makeSeed(*wanted.cloudInit, plan.id)), undo));
    }
    if (wanted.unattended) {
        progress.report("installer", -1, wanted.name);
        Prepared prepared = TRY(prepareInstallation(connection.get(), orderFrom(wanted), undo, progress));
        plan.installation = std::move(prepared.installation);
        if (prepared.medium)
            plan.seed = std::move(prepared.medium);
    }
    if (progress.cancelled())
        return fail(Code::Cancelled, fmt::format("creating {} was cancelled", wanted.name));
    progress.report("defineDomain", -1, wanted.name);
    auto* defined = virDomainDefineXMLFlags(connection.get(), machineXml(plan).c_str(), VIR_DOMAIN_DEFINE_VALIDATE);
    if (!defined)
        return failLibvirt(fmt::format("define {}", wanted.name));
    std::shared_ptr<virDomain> domain(defined, Release());
    undo.add([domain] { virDomainUndefineFlags(domain.get(), VIR_DOMAIN_UNDEFINE_NVRAM); });
    progress.report("boot", -1, wanted.name);
    if (wanted.start)
        TRY(startDomain(domain.get()));
    undo.keep();
    return Json{{"ids", {plan.id}}};
}

} // namespace diptych::machines
