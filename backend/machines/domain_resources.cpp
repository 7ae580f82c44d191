// Processors, memory and boot order of a domain's XML.
#include "machines/domain_devices.h"
#include "machines/xml.h"

#include <algorithm>

namespace diptych::machines {

namespace {

void setBytes(pugi::xml_node node, uint64_t bytes)
{
    setAttribute(node, "unit", "KiB");
    node.text().set(std::to_string(bytes >> 10).c_str());
}

/// sockets x dies x cores x threads has to be the maximum: more sockets where that can be, else no word about it.
void fitTopology(pugi::xml_node domain, unsigned maximum)
{
    pugi::xml_node topology = domain.child("cpu").child("topology");
    if (!topology)
        return;
    unsigned each = topology.attribute("dies").as_uint(1) * topology.attribute("cores").as_uint(1) *
                    topology.attribute("threads").as_uint(1);
    if (each > 0 && maximum % each == 0)
        setAttribute(topology, "sockets", std::to_string(maximum / each));
    else
        domain.child("cpu").remove_child(topology);
}

} // namespace

Status setVcpus(pugi::xml_node domain, unsigned current, unsigned maximum)
{
    if (maximum < 1 || maximum > 1024)
        return failField("maximum", "maximum is 1 to 1024");
    if (current < 1 || current > maximum)
        return failField("current", fmt::format("current is 1 to the maximum, {}", maximum));
    pugi::xml_node node = childOf(domain, "vcpu");
    node.text().set(std::to_string(maximum).c_str());
    node.remove_attribute("current");
    if (current != maximum)
        setAttribute(node, "current", std::to_string(current));
    domain.remove_child("vcpus"); // says of each whether it is there: libvirt makes it anew
    fitTopology(domain, maximum);
    return {};
}

Status setMemory(pugi::xml_node domain, uint64_t current, uint64_t maximum)
{
    constexpr uint64_t least = uint64_t{1} << 20, most = uint64_t{1} << 46;
    if (maximum < least || maximum > most)
        return failField("maximum", "maximum is 1 MiB to 64 TiB");
    if (current < least || current > maximum)
        return failField("current", "current is 1 MiB to the maximum");
    setBytes(childOf(domain, "memory"), maximum);
    setBytes(childOf(domain, "currentMemory"), current);
    return {};
}

std::vector<std::string> bootOf(pugi::xml_node domain)
{
    std::vector<std::pair<unsigned, std::string>> ordered;
    for (pugi::xml_node device : domain.child("devices").children())
        if (pugi::xml_node boot = device.child("boot"))
            ordered.emplace_back(boot.attribute("order").as_uint(), keyOf(device));
    std::sort(ordered.begin(), ordered.end());
    std::vector<std::string> keys;
    for (auto& [order, key] : ordered)
        keys.push_back(std::move(key));
    if (!keys.empty())
        return keys;
    // The older way: kinds, the first device of each.
    for (pugi::xml_node boot : domain.child("os").children("boot")) {
        std::string_view kind = boot.attribute("dev").value();
        for (pugi::xml_node device : domain.child("devices").children()) {
            std::string_view type = device.name(), what = device.attribute("device").as_string("disk");
            bool fits = (kind == "network" && type == "interface") ||
                        (kind == "hd" && type == "disk" && what == "disk") ||
                        (kind == "cdrom" && type == "disk" && what == "cdrom") ||
                        (kind == "fd" && type == "disk" && what == "floppy");
            if (!fits)
                continue;
            keys.push_back(keyOf(device));
            break;
        }
    }
    return keys;
}

Status setBoot(pugi::xml_node domain, const std::vector<std::string>& keys)
{
    for (const std::string& key : keys) {
        pugi::xml_node device = findDevice(domain, key);
        std::string_view type = device.name();
        if (type != "disk" && type != "interface")
            return failField("order", fmt::format("nothing can be booted from {}", key));
        if (std::count(keys.begin(), keys.end(), key) > 1)
            return failField("order", fmt::format("{} is there twice", key));
    }
    while (domain.child("os").remove_child("boot")) {
    }
    for (pugi::xml_node device : domain.child("devices").children())
        device.remove_child("boot");
    for (size_t i = 0; i < keys.size(); ++i)
        findDevice(domain, keys[i])
            .append_child("boot")
            .append_attribute("order")
            .set_value(static_cast<unsigned>(i + 1));
    return {};
}

void setBootMenu(pugi::xml_node domain, bool on)
{
    pugi::xml_node os = domain.child("os");
    if (on == hasBootMenu(domain))
        return;
    os.remove_child("bootmenu");
    if (on)
        element(os, "bootmenu", {{"enable", "yes"}, {"timeout", "3000"}});
}

bool hasBootMenu(pugi::xml_node domain)
{
    return std::string_view(domain.child("os").child("bootmenu").attribute("enable").value()) == "yes";
}

} // namespace diptych::machines
