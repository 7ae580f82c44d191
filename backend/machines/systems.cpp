#include "machines/systems.h"

#include "machines/osinfo_database.h"

#include <algorithm>
#include <cstring>
#include <ctime>

namespace diptych::machines {

namespace {

/// The largest that is recommended for this architecture or for all.
void readResources(OsinfoOs* os, System& system)
{
    GRef<OsinfoResourcesList> list(osinfo_os_get_recommended_resources(os));
    auto positive = [](int64_t value) { return static_cast<uint64_t>(std::max<int64_t>(value, 0)); };
    eachOf<OsinfoResources>(list.get(), [&](OsinfoResources* one) {
        std::string architecture = textOrNone(osinfo_resources_get_architecture(one));
        if (architecture != "x86_64" && architecture != "all")
            return;
        system.memory = std::max(system.memory, positive(osinfo_resources_get_ram(one)));
        system.storage = std::max(system.storage, positive(osinfo_resources_get_storage(one)));
        system.cpus = std::max(system.cpus, static_cast<unsigned>(std::max(osinfo_resources_get_n_cpus(one), 0)));
    });
}

bool knowsVirtio(OsinfoOs* os)
{
    GRef<OsinfoDeviceList> list(osinfo_os_get_all_devices(os, nullptr));
    bool disk = false, network = false;
    eachOf<OsinfoDevice>(list.get(), [&](OsinfoDevice* one) {
        std::string name = textOrNone(osinfo_device_get_name(one));
        disk = disk || name == "virtio-block" || name == "virtio1.0-block";
        network = network || name == "virtio-net" || name == "virtio1.0-net";
    });
    return disk && network;
}

System systemFrom(OsinfoOs* os)
{
    System system;
    system.id = textOrNone(osinfo_entity_get_id(OSINFO_ENTITY(os)));
    system.name = textOrNone(osinfo_product_get_name(OSINFO_PRODUCT(os)));
    system.family = textOrNone(osinfo_os_get_family(os));
    system.virtio = knowsVirtio(os);
    readResources(os, system);
    if (GDate* end = osinfo_product_get_eol_date(OSINFO_PRODUCT(os))) {
        GDate today;
        g_date_clear(&today, 1);
        g_date_set_time_t(&today, std::time(nullptr));
        system.supported = g_date_compare(end, &today) >= 0;
        g_date_free(end);
    }
    return system;
}

} // namespace

Result<std::vector<System>> systems()
{
    std::lock_guard guard(osinfoLock());
    GRef<OsinfoOsList> list(osinfo_db_get_os_list(osinfoDatabase()));
    std::vector<System> all;
    eachOf<OsinfoOs>(list.get(), [&](OsinfoOs* os) { all.push_back(systemFrom(os)); });
    if (all.empty())
        return fail(Code::NotSupported, "the database of operating systems is not installed (osinfo-db)");
    std::sort(all.begin(), all.end(), [](const System& a, const System& b) {
        if (a.supported != b.supported)
            return a.supported;
        return strverscmp(a.name.c_str(), b.name.c_str()) < 0;
    });
    return all;
}

Result<std::optional<Recognised>> systemOn(const IsoLabel& label)
{
    std::lock_guard guard(osinfoLock());
    Identified found = identify(label);
    // Some makers have an entry of no release, for all that came after the database.
    bool release =
        found.system && textOrNone(osinfo_product_get_version(OSINFO_PRODUCT(found.system.get()))) != "unknown";
    GRef<OsinfoOs> nearest = release ? GRef<OsinfoOs>() : nearestRelease(label);
    if (OsinfoOs* os = nearest ? nearest.get() : found.system.get())
        return std::optional<Recognised>({systemFrom(os), !nearest});
    return std::optional<Recognised>();
}

} // namespace diptych::machines
