#include "runtime/sysctl.h"

#include "base/files.h"
#include "runtime/mountapi.h"

#include <algorithm>
#include <fcntl.h>
#include <linux/magic.h>
#include <unistd.h>

namespace diptych::runtime {

static bool isOf(const std::string& key, std::initializer_list<std::string_view> keys)
{
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

static const char* namespaceOf(const std::string& key, oci::NamespaceKind& kind)
{
    if (key.rfind("net.", 0) == 0) {
        kind = oci::NamespaceKind::Network;
        return "network";
    }
    if (key.rfind("fs.mqueue.", 0) == 0 ||
        isOf(key, {"kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall", "kernel.shmmax",
                   "kernel.shmmni", "kernel.shm_rmid_forced"})) {
        kind = oci::NamespaceKind::Ipc;
        return "ipc";
    }
    if (isOf(key, {"kernel.domainname", "kernel.hostname"})) {
        kind = oci::NamespaceKind::Uts;
        return "uts";
    }
    return nullptr;
}

// "net/ipv4/ip_forward" is the other spelling; in it a dot is part of a name ("net/ipv4/conf/eth0.1/...").
static std::string dotted(std::string key)
{
    if (key.find('/') < key.find('.'))
        for (char& c : key)
            c = c == '/' ? '.' : c == '.' ? '/' : c;
    return key;
}

static std::string fileOf(const std::string& key)
{
    std::string path = dotted(key);
    for (char& c : path)
        c = c == '.' ? '/' : c == '/' ? '.' : c;
    return path;
}

Status checkSysctl(const oci::Config& config)
{
    for (auto& [key, value] : config.linux_.sysctl) {
        std::string field = "linux.sysctl." + key;
        oci::NamespaceKind kind{};
        const char* name = namespaceOf(dotted(key), kind);
        bool plain =
            std::all_of(key.begin(), key.end(), [](unsigned char c) { return isalnum(c) || strchr("._-/:", c); });
        if (!name || !plain || fileOf(key).find("..") != std::string::npos)
            return oci::wrongField(field, "is not a setting of a namespace");
        if (!config.find(kind))
            return oci::wrongField(field, fmt::format("needs a {} namespace of the container's own", name));
        // The host name is always config.json's to say, and one place says what a name is.
        if (dotted(key) == "kernel.hostname" ||
            (dotted(key) == "kernel.domainname" && !config.domainname.empty() && config.domainname != value))
            return oci::wrongField(field, fmt::format("is what \"{}\" is for", dotted(key).substr(7)));
        if (value.find('\n') != std::string::npos)
            return oci::wrongField(field, "must be one line");
    }
    return {};
}

Status applySysctl(const oci::Config& config)
{
    if (config.linux_.sysctl.empty())
        return {};
    UniqueFd proc = TRY(openFile("/proc/sys", O_PATH | O_DIRECTORY | O_NOFOLLOW));
    if (TRY(fileSystemMagic(proc.get())) != PROC_SUPER_MAGIC)
        return fail(Code::Failed, "/proc/sys is not procfs");
    for (auto& [key, value] : config.linux_.sysctl) {
        std::string field = "linux.sysctl." + key;
        UniqueFd file = TRYX(openBeneath(proc.get(), fileOf(key), O_WRONLY), field);
        if (::write(file.get(), value.data(), value.size()) != static_cast<ssize_t>(value.size()))
            return failErrno(field);
    }
    return {};
}

} // namespace diptych::runtime
