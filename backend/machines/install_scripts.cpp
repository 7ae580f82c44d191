#include "machines/install_scripts.h"

#include "machines/autoinstall.h"
#include "machines/osinfo_database.h"
#include "machines/windows_answers.h"

#include <algorithm>

namespace diptych::machines {

namespace {

constexpr const char* architecture = "x86_64";
constexpr const char* windows11 = "http://microsoft.com/win/11";

/// A system with the medium that it was recognised on; media null: the medium is of no known release.
struct Found
{
    GRef<OsinfoOs> os;
    GRef<OsinfoMedia> media;
};

Result<Found> find(const std::string& system, const IsoLabel& label)
{
    GRef<OsinfoOs> os(osinfo_db_get_os(osinfoDatabase(), system.c_str()));
    if (!os)
        return failField("system", fmt::format("libosinfo knows no system {}", system));
    g_object_ref(os.get()); // the call gives a borrowed one
    Identified identified = identify(label);
    bool same = identified.system && textOrNone(osinfo_entity_get_id(OSINFO_ENTITY(identified.system.get()))) == system;
    return Found{std::move(os), same ? std::move(identified.media) : GRef<OsinfoMedia>()};
}

GRef<OsinfoInstallScriptList> scriptsOf(const Found& found)
{
    if (found.media) {
        GRef<OsinfoInstallScriptList> list(osinfo_media_get_install_script_list(found.media.get()));
        if (list && osinfo_list_get_length(OSINFO_LIST(list.get())) > 0)
            return list;
    }
    OsinfoOs* os = found.os.get();
    GRef<OsinfoOs> before;
    if (textOrNone(osinfo_entity_get_id(OSINFO_ENTITY(os))) == windows11) {
        // It reads what its predecessor does, and the database has nothing for it.
        before.reset(osinfo_db_get_os(osinfoDatabase(), "http://microsoft.com/win/10"));
        if (before)
            os = OSINFO_OS(g_object_ref(before.get()));
    }
    return GRef<OsinfoInstallScriptList>(osinfo_os_get_install_script_list(os));
}

/// Windows 8 and later divide the disk as they are told; of what is before it only some start by UEFI.
std::vector<std::string> firmwaresOf(OsinfoOs* os, Carrier carrier)
{
    if (carrier != Carrier::Medium)
        return {"bios", "uefi"};
    if (textOrNone(osinfo_entity_get_id(OSINFO_ENTITY(os))) == windows11)
        return {"uefi", "secureUefi"};
    double version = g_ascii_strtod(textOrNone(osinfo_product_get_version(OSINFO_PRODUCT(os))).c_str(), nullptr);
    return version >= 6.2 ? std::vector<std::string>{"bios", "uefi", "secureUefi"} : std::vector<std::string>{"bios"};
}

std::optional<Carrier> carrierOf(OsinfoInstallScript* script)
{
    unsigned methods = osinfo_install_script_get_injection_methods(script);
    if (methods & OSINFO_INSTALL_SCRIPT_INJECTION_METHOD_INITRD)
        return Carrier::Initrd;
    // Only Windows looks through its drives by itself.
    bool dos = osinfo_install_script_get_path_format(script) == OSINFO_PATH_FORMAT_DOS;
    if (dos && (methods & OSINFO_INSTALL_SCRIPT_INJECTION_METHOD_CDROM))
        return Carrier::Medium;
    return {};
}

/// Scripts of one profile belong together: if one can't be brought in, there is no such profile here.
std::vector<InstallProfile> profilesOf(OsinfoInstallScriptList* list, OsinfoOs* os)
{
    std::map<std::string, InstallProfile> profiles;
    std::vector<std::string> impossible;
    eachOf<OsinfoInstallScript>(list, [&](OsinfoInstallScript* script) {
        std::string name = textOrNone(osinfo_install_script_get_profile(script));
        auto carrier = carrierOf(script);
        if (!carrier) {
            impossible.push_back(name);
            return;
        }
        InstallProfile& profile = profiles[name];
        profile.name = name;
        profile.carrier = *carrier;
        profile.firmwares = firmwaresOf(os, *carrier);
        profile.needsInternet = profile.needsInternet || osinfo_install_script_get_needs_internet(script);
        if (osinfo_install_script_has_config_param_name(script, "reg-product-key"))
            profile.keyFormat = textOrNone(osinfo_install_script_get_product_key_format(script));
    });
    std::vector<InstallProfile> result;
    for (auto& [name, profile] : profiles)
        if (std::find(impossible.begin(), impossible.end(), name) == impossible.end())
            result.push_back(std::move(profile));
    // What takes less first.
    std::stable_sort(result.begin(), result.end(), [](const InstallProfile& a, const InstallProfile& b) {
        return (a.name == "jeos") > (b.name == "jeos");
    });
    return result;
}

/// Of the medium itself, then where the installers of all releases have had them.
std::vector<KernelPaths> kernelsOf(OsinfoMedia* media)
{
    std::vector<KernelPaths> paths;
    if (media && osinfo_media_get_kernel_path(media) && osinfo_media_get_initrd_path(media))
        paths.emplace_back(osinfo_media_get_kernel_path(media), osinfo_media_get_initrd_path(media));
    for (const KernelPaths& known :
         std::initializer_list<KernelPaths>{{"install.amd/vmlinuz", "install.amd/initrd.gz"}, // Debian
                                            {"linux", "initrd.gz"},                           // its mini.iso
                                            {"images/pxeboot/vmlinuz", "images/pxeboot/initrd.img"},
                                            {"boot/x86_64/loader/linux", "boot/x86_64/loader/initrd"},
                                            {"install/vmlinuz", "install/initrd.gz"}})
        paths.push_back(known);
    return paths;
}

GRef<OsinfoInstallConfig> configFrom(const InstallAnswers& answers, const InstallProfile& profile)
{
    GRef<OsinfoInstallConfig> config(osinfo_install_config_new("https://diptych.example/install"));
    bool dos = profile.carrier == Carrier::Medium;
    auto* c = config.get();
    osinfo_install_config_set_hardware_arch(c, architecture);
    osinfo_install_config_set_hostname(c, answers.hostname.c_str());
    osinfo_install_config_set_user_login(c, answers.user.c_str());
    osinfo_install_config_set_user_realname(c, (answers.fullName.empty() ? answers.user : answers.fullName).c_str());
    osinfo_install_config_set_user_password(c, answers.password.c_str());
    osinfo_install_config_set_admin_password(c, answers.password.c_str());
    osinfo_install_config_set_user_administrator(c, TRUE);
    osinfo_install_config_set_l10n_language(c, answers.language.c_str());
    osinfo_install_config_set_l10n_timezone(c, answers.timezone.c_str());
    osinfo_install_config_set_target_disk(c, dos ? "C" : answers.virtio ? "/dev/vda" : "/dev/sda");
    if (dos)
        osinfo_install_config_set_script_disk(c, "E"); // D: is the medium itself
    if (!answers.productKey.empty())
        osinfo_install_config_set_reg_product_key(c, answers.productKey.c_str());
    return config;
}

/// The layout of a language, as libosinfo has them.
std::string layoutOf(const std::string& language)
{
    OsinfoDatamap* map = osinfo_db_get_datamap(osinfoDatabase(), "http://x.org/x11-keyboard");
    std::string layout = map ? textOrNone(osinfo_datamap_lookup(map, language.c_str())) : "";
    return layout.empty() ? "us" : layout;
}

/// A main loop of this thread's own: libosinfo runs one until a script is read, and the default one is libvirt's, whose
/// thread would then wait for this one, and this one for it.
class OwnLoop final
{
public:
    OwnLoop() : m_context(g_main_context_new()) { g_main_context_push_thread_default(m_context); }
    ~OwnLoop()
    {
        g_main_context_pop_thread_default(m_context);
        g_main_context_unref(m_context);
    }
    OwnLoop(const OwnLoop&) = delete;
    OwnLoop& operator=(const OwnLoop&) = delete;

private:
    GMainContext* m_context;
};

Result<std::string> generate(OsinfoInstallScript* script, const Found& found, OsinfoInstallConfig* config)
{
    OwnLoop loop;
    GError* problem = nullptr;
    char* text = found.media
                     ? osinfo_install_script_generate_for_media(script, found.media.get(), config, nullptr, &problem)
                     : osinfo_install_script_generate(script, found.os.get(), config, nullptr, &problem);
    std::string message = problem ? problem->message : "no text";
    g_clear_error(&problem);
    if (!text)
        return fail(Code::Failed, fmt::format("libosinfo's script: {}", message));
    std::string result = text;
    g_free(text);
    return result;
}

std::string commandLine(OsinfoInstallScript* script, const Found& found, OsinfoInstallConfig* config)
{
    char* text = found.media ? osinfo_install_script_generate_command_line_for_media(script, found.media.get(), config)
                             : osinfo_install_script_generate_command_line(script, found.os.get(), config);
    std::string result = textOrNone(text);
    g_free(text);
    size_t begin = result.find_first_not_of(" \n");
    return begin == std::string::npos ? "" : result.substr(begin, result.find_last_not_of(" \n") + 1 - begin);
}

/// What the database's answers for Debian's installer leave out. Later lines win.
std::string alsoForDebian(const InstallAnswers& answers)
{
    // Its own line on the login name lacks the type, and does not count.
    return fmt::format("\nd-i passwd/username string {}\n"
                       "d-i pkgsel/include string qemu-guest-agent\n",
                       answers.user);
}

} // namespace

Result<InstallOffer> installOffer(const std::string& system, const IsoLabel& label)
{
    if (auto offer = autoinstallOffer(system, label))
        return *offer;
    std::lock_guard guard(osinfoLock());
    Found found = TRY(find(system, label));
    InstallOffer offer;
    if (found.media && !osinfo_media_supports_installer_script(found.media.get())) {
        offer.reason = "the installer of this medium takes no answers";
        return offer;
    }
    GRef<OsinfoInstallScriptList> scripts = scriptsOf(found);
    offer.profiles = profilesOf(scripts.get(), found.os.get());
    offer.kernels = kernelsOf(found.media.get());
    if (offer.profiles.empty())
        offer.reason = osinfo_list_get_length(OSINFO_LIST(scripts.get())) == 0
                           ? "libosinfo has no answers for this system"
                           : "this system reads its answers from a floppy disk only";
    return offer;
}

Result<InstallFiles> installFiles(const std::string& system, const IsoLabel& label, const InstallProfile& profile,
                                  const InstallAnswers& answers)
{
    TRY(checkAnswers(answers, profile));
    std::lock_guard guard(osinfoLock());
    std::string keyboard = answers.keyboard.empty() ? layoutOf(answers.language) : answers.keyboard;
    if (profile.carrier == Carrier::Seed)
        return autoinstallFiles(answers, keyboard);
    Found found = TRY(find(system, label));
    GRef<OsinfoInstallScriptList> scripts = scriptsOf(found);
    GRef<OsinfoInstallConfig> config = configFrom(answers, profile);
    osinfo_install_config_set_l10n_keyboard(config.get(), keyboard.c_str());
    InstallFiles result;
    Status fine;
    eachOf<OsinfoInstallScript>(scripts.get(), [&](OsinfoInstallScript* script) {
        if (!fine || textOrNone(osinfo_install_script_get_profile(script)) != profile.name)
            return;
        osinfo_install_script_set_preferred_injection_method(
            script, profile.carrier == Carrier::Initrd ? OSINFO_INSTALL_SCRIPT_INJECTION_METHOD_INITRD
                                                       : OSINFO_INSTALL_SCRIPT_INJECTION_METHOD_CDROM);
        std::string name = textOrNone(osinfo_install_script_get_expected_filename(script));
        auto text = generate(script, found, config.get());
        if (text && answers.uefi && name == "autounattend.xml")
            text = answersForUefi(*text);
        if (!text) {
            fine = tl::unexpected<Error>(std::move(text).error());
            return;
        }
        if (name == "preseed.cfg")
            *text += alsoForDebian(answers);
        result.files[name] = std::move(*text);
        if (profile.carrier == Carrier::Initrd)
            result.commandLine = commandLine(script, found, config.get());
    });
    TRY(fine);
    if (result.files.empty())
        return failField("unattended.profile",
                         fmt::format("there is no installation \"{}\" of this system", profile.name));
    return result;
}

} // namespace diptych::machines
