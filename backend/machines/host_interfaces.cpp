#include "machines/host_interfaces.h"

#include "base/files.h"
#include "machines/xml.h"

#include <algorithm>

namespace diptych::machines {

namespace {

HostInterfaces asTheKernelHas()
{
    const std::string root = "/sys/class/net";
    HostInterfaces all;
    auto names = listDirectory(root);
    for (const std::string& name : names ? *names : std::vector<std::string>{}) {
        std::string at = root + "/" + name;
        if (exists(at + "/bridge"))
            all.bridges.push_back(name);
        else if (readFile(at + "/type").value_or("") == "1\n" && !exists(at + "/master") &&
                 !exists(at + "/tun_flags") && !exists(at + "/macvtap"))
            all.devices.push_back(name);
    }
    return all;
}

HostInterfaces asLibvirtSays(virConnectPtr connection)
{
    HostInterfaces all;
    virInterfacePtr* found = nullptr;
    int count = virConnectListAllInterfaces(connection, &found, 0);
    for (int i = 0; i < count; ++i) {
        CString text(virInterfaceGetXMLDesc(found[i], 0));
        pugi::xml_document document;
        if (text && parseXml(text.get(), document)) {
            pugi::xml_node root = document.child("interface");
            std::string_view type = root.attribute("type").value();
            if (type == "bridge")
                all.bridges.emplace_back(root.attribute("name").value());
            else if (type == "ethernet")
                all.devices.emplace_back(root.attribute("name").value());
        }
        virInterfaceFree(found[i]);
    }
    free(found);
    return all;
}

} // namespace

HostInterfaces hostInterfaces(virConnectPtr connection, bool elsewhere)
{
    HostInterfaces all = elsewhere ? asLibvirtSays(connection) : asTheKernelHas();
    std::sort(all.bridges.begin(), all.bridges.end());
    std::sort(all.devices.begin(), all.devices.end());
    return all;
}

Status checkInterfaceName(const std::string& name)
{
    bool good =
        !name.empty() && name.size() <= 15 && name != "." && name != ".." &&
        std::all_of(name.begin(), name.end(), [](unsigned char c) { return isgraph(c) && c != '/' && c != ':'; });
    if (!good)
        return failField("device", "an interface is called by at most 15 letters, digits and signs");
    return {};
}

} // namespace diptych::machines
