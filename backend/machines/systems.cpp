#include "machines/systems.h"

#include <algorithm>
#include <cstring>
#include <ctime>
#include <memory>
#include <mutex>

// libosinfo's headers do not say that they are C; what they include must not be said so, for some of it is C++.
#include <gio/gio.h>
#include <glib-object.h>
extern "C" {
#include <osinfo/osinfo.h>
}

namespace diptych::machines {

namespace {

struct Unref
{
    void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using GRef = std::unique_ptr<T, Unref>;

/// libosinfo's objects are not made for several threads at once.
std::mutex& lock()
{
    static std::mutex mutex;
    return mutex;
}

/// Under the lock. Kept: a helper that was asked once is asked again.
OsinfoDb* database()
{
    static OsinfoDb* db = [] {
        GRef<OsinfoLoader> loader(osinfo_loader_new());
        osinfo_loader_process_default_path(loader.get(), nullptr); // what is broken in it is left out
        auto* loaded = osinfo_loader_get_db(loader.get());
        g_object_ref(loaded);
        return loaded;
    }();
    return db;
}

std::string textOrNone(const char* value)
{
    return value ? value : "";
}

/// The largest that is recommended for this architecture or for all.
void readResources(OsinfoOs* os, System& system)
{
    GRef<OsinfoResourcesList> list(osinfo_os_get_recommended_resources(os));
    auto positive = [](int64_t value) { return static_cast<uint64_t>(std::max<int64_t>(value, 0)); };
    for (int i = 0; i < osinfo_list_get_length(OSINFO_LIST(list.get())); ++i) {
        auto* one = OSINFO_RESOURCES(osinfo_list_get_nth(OSINFO_LIST(list.get()), i));
        std::string architecture = textOrNone(osinfo_resources_get_architecture(one));
        if (architecture != "x86_64" && architecture != "all")
            continue;
        system.memory = std::max(system.memory, positive(osinfo_resources_get_ram(one)));
        system.storage = std::max(system.storage, positive(osinfo_resources_get_storage(one)));
        system.cpus = std::max(system.cpus, static_cast<unsigned>(std::max(osinfo_resources_get_n_cpus(one), 0)));
    }
}

bool knowsVirtio(OsinfoOs* os)
{
    GRef<OsinfoDeviceList> list(osinfo_os_get_all_devices(os, nullptr));
    bool disk = false, network = false;
    for (int i = 0; i < osinfo_list_get_length(OSINFO_LIST(list.get())); ++i) {
        std::string name =
            textOrNone(osinfo_device_get_name(OSINFO_DEVICE(osinfo_list_get_nth(OSINFO_LIST(list.get()), i))));
        disk = disk || name == "virtio-block" || name == "virtio1.0-block";
        network = network || name == "virtio-net" || name == "virtio1.0-net";
    }
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

void setParameter(OsinfoMedia* media, const char* name, const std::string& value)
{
    if (!value.empty())
        osinfo_entity_set_param(OSINFO_ENTITY(media), name, value.c_str());
}

uint32_t littleEndian(std::string_view bytes, size_t at, size_t count)
{
    uint32_t value = 0;
    for (size_t i = count; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

} // namespace

std::optional<IsoLabel> readIsoLabel(std::string_view bytes)
{
    if (bytes.size() < isoDescriptorSize || bytes[0] != 1 || bytes.substr(1, 5) != "CD001")
        return {};
    auto field = [&](size_t at, size_t length) {
        std::string_view part = bytes.substr(at, length);
        part = part.substr(0, part.find('\0'));
        part = part.substr(0, part.find_last_not_of(' ') + 1);
        // Whatever is no ASCII can't be one of the names we look for, and is no text for GLib.
        return std::all_of(part.begin(), part.end(), [](char c) { return c >= 0x20 && c < 0x7f; }) ? std::string(part)
                                                                                                   : std::string();
    };
    IsoLabel label{field(40, 32), field(8, 32), field(318, 128), field(574, 128), 0};
    label.bytes = uint64_t{littleEndian(bytes, 80, 4)} * littleEndian(bytes, 128, 2);
    return label;
}

Result<std::vector<System>> systems()
{
    std::lock_guard guard(lock());
    GRef<OsinfoOsList> list(osinfo_db_get_os_list(database()));
    int count = list ? osinfo_list_get_length(OSINFO_LIST(list.get())) : 0;
    if (count == 0)
        return fail(Code::NotSupported, "the database of operating systems is not installed (osinfo-db)");
    std::vector<System> all;
    for (int i = 0; i < count; ++i)
        all.push_back(systemFrom(OSINFO_OS(osinfo_list_get_nth(OSINFO_LIST(list.get()), i))));
    std::sort(all.begin(), all.end(), [](const System& a, const System& b) {
        if (a.supported != b.supported)
            return a.supported;
        return strverscmp(a.name.c_str(), b.name.c_str()) < 0;
    });
    return all;
}

Result<std::optional<System>> systemOn(const IsoLabel& label)
{
    std::lock_guard guard(lock());
    GRef<OsinfoMedia> media(osinfo_media_new("diptych", nullptr));
    setParameter(media.get(), OSINFO_MEDIA_PROP_VOLUME_ID, label.volume);
    setParameter(media.get(), OSINFO_MEDIA_PROP_SYSTEM_ID, label.system);
    setParameter(media.get(), OSINFO_MEDIA_PROP_PUBLISHER_ID, label.publisher);
    setParameter(media.get(), OSINFO_MEDIA_PROP_APPLICATION_ID, label.application);
    if (label.bytes > 0)
        osinfo_entity_set_param_int64(OSINFO_ENTITY(media.get()), OSINFO_MEDIA_PROP_VOLUME_SIZE,
                                      static_cast<int64_t>(label.bytes));
    if (!osinfo_db_identify_media(database(), media.get()))
        return std::optional<System>();
    GRef<OsinfoOs> os(osinfo_media_get_os(media.get()));
    return os ? std::optional<System>(systemFrom(os.get())) : std::nullopt;
}

} // namespace diptych::machines
