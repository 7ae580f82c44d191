#include "machines/osinfo_database.h"

#include <algorithm>
#include <optional>

namespace diptych::machines {

std::mutex& osinfoLock()
{
    static std::mutex mutex;
    return mutex;
}

OsinfoDb* osinfoDatabase()
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

Identified identify(const IsoLabel& label)
{
    GRef<OsinfoMedia> media(osinfo_media_new("diptych", nullptr));
    auto set = [&media](const char* name, const std::string& value) {
        if (!value.empty())
            osinfo_entity_set_param(OSINFO_ENTITY(media.get()), name, value.c_str());
    };
    set(OSINFO_MEDIA_PROP_VOLUME_ID, label.volume);
    set(OSINFO_MEDIA_PROP_SYSTEM_ID, label.system);
    set(OSINFO_MEDIA_PROP_PUBLISHER_ID, label.publisher);
    set(OSINFO_MEDIA_PROP_APPLICATION_ID, label.application);
    if (label.bytes > 0)
        osinfo_entity_set_param_int64(OSINFO_ENTITY(media.get()), OSINFO_MEDIA_PROP_VOLUME_SIZE,
                                      static_cast<int64_t>(label.bytes));
    if (!osinfo_db_identify_media(osinfoDatabase(), media.get()))
        return {};
    GRef<OsinfoOs> system(osinfo_media_get_os(media.get()));
    return {std::move(media), std::move(system)};
}

namespace {

/// "12.5" of "12.5.0 amd64 n"; nothing where no number is. Not the 64 of an architecture.
std::optional<double> versionIn(std::string text)
{
    for (std::string_view architecture : {"x86_64", "x86-64", "amd64", "i386", "arm64", "aarch64"})
        if (size_t at = text.find(architecture); at != std::string::npos)
            text.erase(at, architecture.size());
    size_t begin = text.find_first_of("0123456789");
    if (begin == std::string::npos)
        return {};
    return g_ascii_strtod(text.c_str() + begin, nullptr);
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return g_ascii_tolower(c); });
    return text;
}

} // namespace

GRef<OsinfoOs> nearestRelease(const IsoLabel& label)
{
    const std::string name = lower(label.volume);
    OsinfoOs* best = nullptr;
    double bestVersion = -1;
    size_t bestLength = 0;
    GRef<OsinfoOsList> list(osinfo_db_get_os_list(osinfoDatabase()));
    eachOf<OsinfoOs>(list.get(), [&](OsinfoOs* os) {
        std::string makers = textOrNone(osinfo_os_get_distro(os));
        std::string version = textOrNone(osinfo_product_get_version(OSINFO_PRODUCT(os)));
        // "debian" of "Debian 12.5.0 amd64 n", and not "debiandog"; one with words for a version is no release, and one
        // with another name (Silverblue, of Fedora's makers) another system.
        if (makers.size() < 3 || !textOrNone(osinfo_product_get_short_id(OSINFO_PRODUCT(os))).starts_with(makers) ||
            !name.starts_with(makers) || name.size() == makers.size() || g_ascii_isalpha(name[makers.size()]) ||
            version.empty() || !g_ascii_isdigit(version[0]))
            return;
        // The number in the label behind the makers' name; a version of theirs is no later one.
        auto wanted = versionIn(name.substr(makers.size()));
        double known = g_ascii_strtod(version.c_str(), nullptr);
        if (!wanted || known > *wanted || makers.size() < bestLength ||
            (makers.size() == bestLength && known <= bestVersion))
            return;
        best = os;
        bestVersion = known;
        bestLength = makers.size();
    });
    if (best)
        g_object_ref(best);
    return GRef<OsinfoOs>(best);
}

} // namespace diptych::machines
