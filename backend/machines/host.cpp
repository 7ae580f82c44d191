#include "machines/host.h"

#include "base/files.h"
#include "machines/xml.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fcntl.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace diptych::machines {

Result<QemuUser> qemuUserFrom(const std::string& capabilities)
{
    pugi::xml_document document;
    TRY(parseXml(capabilities, document));
    for (pugi::xml_node model : document.child("capabilities").child("host").children("secmodel")) {
        if (std::string_view(model.child_value("model")) != "dac")
            continue;
        for (pugi::xml_node label : model.children("baselabel")) {
            QemuUser user;
            unsigned uid = 0, gid = 0;
            if (sscanf(label.child_value(), "+%u:+%u", &uid, &gid) != 2)
                continue;
            user.uid = uid;
            user.gid = gid;
            return user;
        }
    }
    return fail(Code::NotSupported, "libvirt does not say which user QEMU runs as");
}

Result<QemuUser> qemuUser(virConnectPtr connection)
{
    CString text(virConnectGetCapabilities(connection));
    if (!text)
        return failLibvirt("read libvirt's capabilities");
    return qemuUserFrom(text.get());
}

std::string accelerationFrom(const std::string& cpuinfo, bool kvmOpens, const char* override)
{
    if (override && (std::string_view(override) == "kvm" || std::string_view(override) == "tcg"))
        return override;
    for (std::string_view line : split(cpuinfo, '\n')) {
        if (!line.starts_with("flags"))
            continue;
        auto words = split(line, ' ');
        bool able = std::any_of(words.begin(), words.end(), [](auto word) { return word == "vmx" || word == "svm"; });
        return able && kvmOpens ? "kvm" : "tcg";
    }
    // Other architectures list no such flag; there the device alone tells.
    return kvmOpens && cpuinfo.find("flags") == std::string::npos ? "kvm" : "tcg";
}

std::string acceleration()
{
    auto cpuinfo = readFile("/proc/cpuinfo");
    bool kvmOpens = openFile("/dev/kvm", O_RDWR).has_value();
    return accelerationFrom(cpuinfo.value_or(""), kvmOpens, getenv("DIPTYCH_ACCELERATION"));
}

unsigned hostCpus()
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? static_cast<unsigned>(count) : 1;
}

std::string hostArchitecture()
{
    utsname name{};
    uname(&name);
    return name.machine;
}

} // namespace diptych::machines
