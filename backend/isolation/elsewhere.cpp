// A machine on another host: nothing is compared with this host, for it says nothing of that one. What follows from
// what libvirt tells of a domain is told; the rest is not seen from here.
#include "isolation/facts.h"

namespace diptych::isolation {

namespace {

constexpr const char* source = "libvirt domain XML";

/// Another kernel, whatever is inside: containers that libvirt manages have none.
bool hasOwnKernel(const std::string& type)
{
    for (std::string_view one :
         {"qemu", "kvm", "xen", "hvf", "bhyve", "vmware", "esx", "gsx", "vbox", "hyperv", "test"})
        if (type == one)
            return true;
    return false;
}

std::string hypervisor(const Facts& facts)
{
    std::string emulator = facts.outsideText({"domain", "emulator"});
    return emulator.empty() ? facts.domainType() : emulator.substr(emulator.rfind('/') + 1);
}

Evidence typeOf(const Facts& facts)
{
    return {"type of the domain", facts.domainType(), source, ""};
}

Row cpuElsewhere(const Facts& facts)
{
    std::string type = facts.domainType(), vcpus = facts.outsideText({"domain", "vcpus"});
    std::vector<Evidence> evidence{typeOf(facts), {"processors of the domain", vcpus, source, ""}};
    if (auto quota = Facts::numberOf(facts.outside({"domain", "quota"})); quota && *quota > 0)
        evidence.push_back(
            {"limit on the host", fmt::format("{} {}", *quota, facts.outsideText({"domain", "period"})), source, ""});
    const char* statement = type == "kvm" ? "cpuKvm" : type == "qemu" ? "cpuEmulated" : "cpuVirtual";
    return makeRow("cpu", type == "kvm" ? Wall::Own : Wall::Emulated, statement, {{"vcpus", vcpus}}, evidence);
}

Row networkElsewhere(const Facts& facts)
{
    std::string model = facts.outsideText({"network", "model"}), bridge = facts.outsideText({"network", "bridge"});
    if (!facts.outside({"network"}))
        return makeRow("network", Wall::Own, "netOwnNone", {}, {typeOf(facts)});
    std::string network = facts.outsideText({"network", "network"});
    return makeRow("network", Wall::Emulated, "netVirtual", {{"driver", model.empty() ? "a card" : model}},
                   {{"card of the domain", model, source, ""},
                    {"network of the domain", network.empty() ? bridge : network, source, ""}});
}

Row diskElsewhere(const Facts& facts)
{
    std::string path = facts.outsideText({"disk", "path"}), format = facts.outsideText({"disk", "format"});
    std::string target = facts.outsideText({"disk", "target"});
    return makeRow("disk", Wall::Emulated, format.empty() ? "diskVirtual" : "diskFile",
                   {{"device", target}, {"format", format}}, {{"disk on its host", path, source, ""}});
}

Row devicesElsewhere(const Facts& facts)
{
    std::string devices = facts.outsideText({"domain", "devices"});
    bool passed = devices.find("hostdev") != std::string::npos;
    return makeRow("devices", passed ? Wall::Shared : Wall::Own, passed ? "devicesPassed" : "devicesVirtual",
                   {{"count", facts.outsideText({"domain", "pci"})}}, {{"devices of the domain", devices, source, ""}});
}

} // namespace

std::vector<Row> rowsElsewhere(const Facts& facts)
{
    std::vector<Row> rows;
    for (const char* resource : {"kernel", "processes", "files", "network", "users", "hostname", "memory", "cpu",
                                 "disk", "syscalls", "capabilities", "keys", "label", "devices", "clock"})
        rows.push_back(notMeasured(resource, "on another machine: not seen from here"));
    if (!hasOwnKernel(facts.domainType()))
        return rows;
    for (Row& row : rows) {
        if (row.resource == "kernel")
            row = makeRow("kernel", Wall::Own, "kernelGuest", {{"command", hypervisor(facts)}}, {typeOf(facts)});
        else if (row.resource == "syscalls")
            row = makeRow("syscalls", Wall::Own, "syscallsOwn", {}, {typeOf(facts)});
        else if (row.resource == "cpu")
            row = cpuElsewhere(facts);
        else if (row.resource == "network")
            row = networkElsewhere(facts);
        else if (row.resource == "disk" && facts.outside({"disk"}))
            row = diskElsewhere(facts);
        else if (row.resource == "devices")
            row = devicesElsewhere(facts);
        else if (auto memory = Facts::numberOf(facts.outside({"domain", "memory"})); memory && row.resource == "memory")
            row = makeRow("memory", Wall::Own, "memoryGuest", {{"total", humanBytes(*memory)}},
                          {{"memory of the domain", humanBytes(*memory), source, ""}});
        std::string model = facts.outsideText({"domain", "securityModel"});
        std::string label = facts.outsideText({"domain", "securityLabel"});
        if (row.resource == "label" && (model == "apparmor" || model == "selinux") && !label.empty())
            row = makeRow("label", Wall::Own, "labelOwnConfined", {{"label", label}},
                          {{"security label of its process", label, source, ""}});
    }
    return rows;
}

} // namespace diptych::isolation
