#include "machines/manage_install.h"

#include "images/images.h"
#include "machines/manager.h"
#include "machines/pool_kinds.h"
#include "machines/small_iso.h"

namespace diptych::machines {

namespace {

constexpr uint64_t largestPart = uint64_t{512} << 20; ///< of a medium, that is put beside a disk
constexpr size_t chunk = size_t{1} << 20;

struct Medium
{
    VolumeRef volume;
    ReadAt read;
    IsoLabel label;
};

Result<Medium> openMedium(virConnectPtr connection, const std::string& pool, const std::string& name)
{
    Medium medium{TRY(findVolume(connection, pool, name)), {}, {}};
    medium.read = readerOf(connection, medium.volume.get());
    auto label = readIsoLabel(TRY(medium.read(isoDescriptorAt, isoDescriptorSize)));
    if (!label)
        return failField("spec.medium", fmt::format("{} is no ISO 9660 medium", name));
    medium.label = *label;
    return medium;
}

struct Installer
{
    Extent kernel, initrd;
};

Result<Installer> findInstaller(const Medium& medium, const std::vector<KernelPaths>& kernels)
{
    for (const auto& [kernel, initrd] : kernels) {
        auto first = TRY(findInIso(medium.read, kernel));
        auto second = first ? TRY(findInIso(medium.read, initrd)) : std::nullopt;
        if (first && second && first->size <= largestPart && second->size <= largestPart)
            return Installer{*first, *second};
    }
    return fail(Code::NotSupported, "the medium has no installer's kernel where such media have it");
}

/// A part of the medium as a volume, with behind after it.
Result<DiskSource> storePart(virConnectPtr connection, const Medium& medium, const Extent& part,
                             const std::string& behind, virStoragePoolPtr pool, const std::string& stem, Undo& undo,
                             const Progress& progress)
{
    uint64_t whole = part.size + behind.size(), done = 0;
    DiskSource made =
        TRY(makeVolume(pool, volumeXml(freeName(pool, stem, "img"), whole, "raw", nullptr), nullptr, undo));
    VolumeRef volume(virStorageVolLookupByPath(connection, made.path.c_str()));
    if (!volume)
        return failLibvirt(made.path);
    TRY(uploadVolume(connection, volume.get(), whole, [&]() -> Result<std::string> {
        if (progress.cancelled())
            return fail(Code::Cancelled, "cancelled");
        if (done == part.size)
            return behind;
        auto bytes = medium.read(part.offset + done, static_cast<size_t>(std::min<uint64_t>(chunk, part.size - done)));
        done += bytes ? bytes->size() : 0;
        return bytes;
    }));
    return made;
}

/// Where files can lie that QEMU reads as files: a block device is longer than what is in it.
Result<PoolRef> poolForFiles(virConnectPtr connection, const InstallOrder& order)
{
    for (const std::string& name : {order.diskPool, order.pool}) {
        PoolRef pool = TRY(findPool(connection, name));
        if (holdsFiles(pool.get()))
            return pool;
    }
    return failField("spec.disk.pool", "an installation without questions needs a pool of files, for its disk or its "
                                       "medium");
}

Status checkOrder(const InstallOrder& order, const InstallProfile& profile)
{
    if (profile.needsInternet && !order.network)
        return failField("spec.network", "this installation takes packages from the internet: it needs a network");
    if (std::find(profile.firmwares.begin(), profile.firmwares.end(), order.firmware) == profile.firmwares.end())
        return failField("spec.firmware",
                         profile.carrier == Carrier::Seed ? "its kernel is started without the boot loader that Secure "
                                                            "Boot trusts: take UEFI without it"
                         : profile.carrier == Carrier::Initrd
                             ? "its installer is started with answers that nobody has signed, which Secure Boot "
                               "refuses: take UEFI without it"
                         : order.firmware == "bios" ? "this system starts by UEFI only"
                                                    : "this installation divides the disk for a BIOS");
    if (order.system == "http://microsoft.com/win/11" && !order.tpm)
        return failField("spec.tpm", "Windows 11 wants a TPM, and its installer would end with saying so");
    return checkAnswers(order.answers, profile);
}

Result<InstallProfile> profileNamed(const InstallOffer& offer, const std::string& name)
{
    for (const InstallProfile& profile : offer.profiles)
        if (profile.name == name)
            return profile;
    return failField("unattended.profile", offer.reason.empty()
                                               ? fmt::format("there is no installation \"{}\" of this system", name)
                                               : offer.reason);
}

Json profileJson(const InstallProfile& profile)
{
    return {{"name", profile.name},
            {"needsInternet", profile.needsInternet},
            {"secondMedium", profile.carrier == Carrier::Medium},
            {"productKey", profile.keyFormat},
            {"firmwares", profile.firmwares}};
}

} // namespace

Result<DiskSource> storeBytes(virConnectPtr connection, const std::string& pool, const std::string& stem,
                              const std::string& suffix, const std::string& bytes, Undo& undo)
{
    PoolRef in = TRY(findPool(connection, pool));
    std::string name = freeName(in.get(), stem, suffix);
    DiskSource source = TRY(makeVolume(in.get(), volumeXml(name, bytes.size(), "raw", nullptr), nullptr, undo));
    VolumeRef volume(virStorageVolLookupByPath(connection, source.path.c_str()));
    if (!volume)
        return failLibvirt(source.path);
    TRY(uploadVolume(connection, volume.get(), bytes.size(), [&]() -> Result<std::string> { return bytes; }));
    source.format = "raw";
    return source;
}

Result<Prepared> prepareInstallation(virConnectPtr connection, const InstallOrder& order, Undo& undo,
                                     Progress& progress)
{
    Medium medium = TRY(openMedium(connection, order.pool, order.volume));
    InstallOffer offer = TRY(installOffer(order.system, medium.label));
    InstallProfile profile = TRY(profileNamed(offer, order.answers.profile));
    TRY(checkOrder(order, profile));
    InstallFiles files = TRY(installFiles(order.system, medium.label, profile, order.answers));
    Prepared prepared;
    if (profile.carrier == Carrier::Medium) {
        prepared.medium = TRY(storeBytes(connection, order.diskPool, order.name + "-answers", "iso",
                                         TRY(makeIso("ANSWERS", files.files)), undo));
        return prepared;
    }
    Installer installer = TRY(findInstaller(medium, offer.kernels));
    PoolRef pool = TRY(poolForFiles(connection, order));
    std::string archive;
    Installation installation;
    if (profile.carrier == Carrier::Seed) {
        installation.seed =
            TRY(storeBytes(connection, virStoragePoolGetName(pool.get()), order.name + "-installer-answers", "iso",
                           TRY(makeIso("CIDATA", files.files)), undo))
                .path;
    } else {
        // A further archive begins at a multiple of four; what it holds comes over what the first one has.
        archive.resize((4 - installer.initrd.size % 4) % 4, '\0');
        archive += TRY(images::rootArchive(files.files));
    }
    installation.commandLine = files.commandLine;
    installation.kernel = TRY(storePart(connection, medium, installer.kernel, {}, pool.get(),
                                        order.name + "-installer-kernel", undo, progress))
                              .path;
    installation.initrd = TRY(storePart(connection, medium, installer.initrd, archive, pool.get(),
                                        order.name + "-installer-initrd", undo, progress))
                              .path;
    prepared.installation = std::move(installation);
    return prepared;
}

Result<Json> listUnattended(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    Medium medium = TRY(
        openMedium(connection.get(), parameters["pool"].get<std::string>(), parameters["volume"].get<std::string>()));
    InstallOffer offer = TRY(installOffer(parameters["system"].get<std::string>(), medium.label));
    bool direct = std::any_of(offer.profiles.begin(), offer.profiles.end(),
                              [](const InstallProfile& one) { return one.carrier != Carrier::Medium; });
    if (direct)
        if (auto found = findInstaller(medium, offer.kernels); !found) {
            offer.profiles.clear();
            offer.reason = found.error().message;
        }
    Json profiles = Json::array();
    for (const InstallProfile& profile : offer.profiles)
        profiles.push_back(profileJson(profile));
    return Json{{"profiles", std::move(profiles)}, {"reason", offer.reason}};
}

} // namespace diptych::machines
