#include "machines/disk_users.h"

#include "base/child.h"
#include "base/files.h"
#include "base/json.h"
#include "machines/domain_read.h"
#include "machines/volumes.h"
#include "machines/xml.h"

#include <filesystem>

namespace diptych::machines {

namespace {

constexpr size_t longestChain = 64;

std::string absolute(const std::string& name, const std::string& of)
{
    if (name.empty() || name[0] == '/')
        return name;
    return (std::filesystem::path(of).parent_path() / name).lexically_normal();
}

/// Path and format of what the file is an overlay of; an empty path at the end.
Result<DiskSource> below(const DiskSource& source)
{
    if (source.format != "qcow2" || !exists(source.path))
        return DiskSource{};
    Command command;
    // U: it may be in use. f: never guessed.
    command.arguments = {"qemu-img", "info", "-U", "--output=json", "-f", "qcow2", "--", source.path};
    command.timeout = std::chrono::seconds(20);
    Json info = TRYX(parseJson(TRY(runChecked(command))), source.path);
    JsonReader reader(info);
    std::string name = TRY(reader.optionalString("backing-filename")).value_or("");
    std::string format = TRY(reader.optionalString("backing-filename-format")).value_or("");
    return DiskSource{absolute(name, source.path), format, false};
}

/// What is being found out, and how.
struct Search
{
    virConnectPtr connection;
    Headers& headers;
    Users users = {};
};

/// By what the pools say of each; what is below a file that no pool shows, only what the domain itself says.
std::vector<std::string> chainByLibvirt(Search& search, const DiskSource& disk, const std::string& backing)
{
    std::vector<std::string> chain;
    std::string at = disk.path;
    for (bool first = true; !at.empty() && chain.size() < longestChain; first = false) {
        chain.push_back(at);
        VolumeRef volume(virStorageVolLookupByPath(search.connection, at.c_str()));
        std::string base = first ? backing : "";
        bool known = volume && describeVolume(volume.get(), &base);
        bool plain = first && (disk.format.empty() || disk.format == "raw");
        if (!known && base.empty() && !plain)
            search.headers.unknown.push_back(fmt::format(
                "{} is in no storage pool that is started: what it is built upon can't be seen from here", at));
        at = base;
    }
    return chain;
}

Result<std::vector<std::string>> chainOf(Search& search, const DiskSource& disk, const std::string& backing = {})
{
    if (search.headers.byLibvirt)
        return chainByLibvirt(search, disk, backing);
    return backingChain(disk.path, disk.format);
}

Status addDisksIn(const std::string& xml, const std::string& who, Search& search)
{
    const DomainInfo info = TRY(readDomain(xml));
    for (const DiskInfo& disk : info.disks)
        if (!disk.path.empty())
            for (const std::string& file : TRY(chainOf(search, {disk.path, disk.format, false}, disk.backing)))
                search.users[file].insert(who);
    return {};
}

/// A snapshot keeps the domain as it was: a disk that was taken out since is still needed for going back.
Status addSnapshots(virDomainPtr domain, Search& search)
{
    virDomainSnapshotPtr* all = nullptr;
    const int count = virDomainListAllSnapshots(domain, &all, 0);
    if (count < 0)
        return failLibvirt(fmt::format("list the snapshots of {}", nameOf(domain)));
    Status outcome;
    for (int i = 0; i < count; ++i) {
        SnapshotRef snapshot(all[i]);
        CString text(virDomainSnapshotGetXMLDesc(snapshot.get(), 0));
        pugi::xml_document document;
        if (!outcome || !text || !parseXml(text.get(), document))
            continue; // it went meanwhile
        const std::string who =
            fmt::format("snapshot {} of {}", virDomainSnapshotGetName(snapshot.get()), nameOf(domain));
        if (const char* memory = document.first_child().child("memory").attribute("file").value(); *memory != '\0')
            search.users[memory].insert(who);
        for (const char* then : {"domain", "inactiveDomain"})
            if (pugi::xml_node kept = document.first_child().child(then); kept && outcome) {
                kept.set_name("domain");
                outcome = addDisksIn(writeXml(kept), who, search);
            }
    }
    free(all);
    return outcome;
}

Status addDomain(virDomainPtr domain, Search& search)
{
    // Both: what it runs with and what it will start with.
    for (unsigned flags : {0U, unsigned(VIR_DOMAIN_XML_INACTIVE)}) {
        auto xml = xmlOf(domain, flags);
        Status added =
            xml ? addDisksIn(*xml, "domain " + nameOf(domain), search) : Status(tl::unexpected<Error>(xml.error()));
        if (!added && virDomainIsActive(domain) < 0)
            return {}; // it went meanwhile
        TRY(std::move(added));
    }
    return addSnapshots(domain, search);
}

Status addDomains(const std::string& except, Search& search)
{
    virDomainPtr* all = nullptr;
    int count = virConnectListAllDomains(search.connection, &all, 0);
    if (count < 0)
        return failLibvirt("list domains");
    Status outcome;
    for (int i = 0; i < count; ++i) {
        DomainRef domain(all[i]);
        if (outcome && idOf(domain.get()) != except)
            outcome = addDomain(domain.get(), search);
    }
    free(all);
    return outcome;
}

Status addVolumes(Search& search)
{
    virStoragePoolPtr* pools = nullptr;
    int count = virConnectListAllStoragePools(search.connection, &pools, VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE);
    if (count < 0)
        return failLibvirt("list storage pools");
    Status outcome;
    for (int i = 0; i < count; ++i) {
        PoolRef pool(pools[i]);
        virStorageVolPtr* volumes = nullptr;
        int found = virStoragePoolListAllVolumes(pool.get(), &volumes, 0);
        for (int j = 0; j < found; ++j) {
            VolumeRef volume(volumes[j]);
            auto source = describeVolume(volume.get());
            auto chain = source ? chainOf(search, *source) : std::vector<std::string>{};
            if (!chain) {
                outcome = tl::unexpected<Error>(chain.error());
                continue;
            }
            for (size_t k = 1; k < chain->size(); ++k) // a volume is no user of itself
                search.users[(*chain)[k]].insert(
                    fmt::format("volume {}/{}", virStoragePoolGetName(pool.get()), virStorageVolGetName(volume.get())));
        }
        free(volumes);
    }
    free(pools);
    return outcome;
}

} // namespace

Result<std::vector<std::string>> backingChain(const std::string& path, const std::string& format)
{
    std::vector<std::string> chain;
    for (DiskSource at{path, format, false}; !at.path.empty(); at = TRY(below(at))) {
        chain.push_back(at.path);
        if (chain.size() > longestChain)
            return fail(Code::Failed, fmt::format("{} is built upon too many files", path));
    }
    return chain;
}

/// Empty: no device, or none that is there.
static std::string realDevice(const std::string& path)
{
    std::error_code error;
    return path.starts_with("/dev/") ? std::filesystem::canonical(path, error).string() : std::string();
}

std::set<std::string> usersOf(const Users& users, const std::string& path)
{
    std::set<std::string> found;
    if (auto named = users.find(path); named != users.end())
        found = named->second;
    const std::string real = realDevice(path);
    if (real.empty())
        return found;
    for (const auto& [file, names] : users)
        if (realDevice(file) == real)
            found.insert(names.begin(), names.end());
    return found;
}

Result<Users> usersOfFiles(virConnectPtr connection, const std::string& except, bool volumes, Headers& headers)
{
    Search search{connection, headers};
    TRY(addDomains(except, search));
    if (volumes)
        TRY(addVolumes(search));
    return std::move(search.users);
}

Result<Users> usersOfRunning(virConnectPtr connection)
{
    virDomainPtr* all = nullptr;
    int count = virConnectListAllDomains(connection, &all, VIR_CONNECT_LIST_DOMAINS_ACTIVE);
    if (count < 0)
        return failLibvirt("list domains");
    Users users;
    for (int i = 0; i < count; ++i) {
        DomainRef domain(all[i]);
        auto xml = xmlOf(domain.get(), 0); // it ended meanwhile: it needs nothing
        auto info = xml ? readDomain(*xml) : Result<DomainInfo>(fail(Code::Failed, ""));
        for (const DiskInfo& disk : info ? info->disks : std::vector<DiskInfo>())
            if (!disk.path.empty())
                users[disk.path].insert("domain " + info->name);
    }
    free(all);
    return users;
}

Result<Users> usersOfFiles(virConnectPtr connection, const std::string& except, bool volumes)
{
    Headers read;
    return usersOfFiles(connection, except, volumes, read);
}

} // namespace diptych::machines
