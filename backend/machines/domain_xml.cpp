#include "machines/domain_xml.h"

#include "instances/json.h"
#include "machines/xml.h"

#include <algorithm>
#include <cmath>

namespace diptych::machines {

unsigned vcpusFor(double cpus, unsigned maximum)
{
    if (cpus <= 0)
        return maximum;
    return std::clamp(static_cast<unsigned>(std::ceil(cpus)), 1U, maximum);
}

int64_t quotaFor(double cpus)
{
    // libvirt takes no quota below 1 ms: 1 % of a core, the least that can be asked for, is exactly that.
    return cpus <= 0 ? -1 : std::max<int64_t>(1000, std::llround(cpus * static_cast<double>(cpuPeriod)));
}

uint64_t memoryFor(const Limits& limits)
{
    // libvirt counts KiB; the balloon whole pages.
    return (limits.memory ? limits.memory : defaultMemory) & ~uint64_t{4095};
}

static std::string metadataText(const InstanceSpec& spec)
{
    // Any user may read a domain's XML on libvirt's read-only socket. What is passed in the environment is often
    // secret: it stays in our own state file.
    InstanceSpec readable = spec;
    readable.environment.clear();
    return dumpJson(toJson(readable));
}

std::string metadataXml(const InstanceSpec& spec)
{
    pugi::xml_document document;
    // Without prefix and namespace: virDomainSetMetadata() puts them in, and refuses what has them.
    textElement(document, "instance", metadataText(spec));
    return writeXml(document.first_child());
}

static void appendResources(pugi::xml_node domain, const DomainPlan& plan)
{
    std::string memory = std::to_string(memoryFor(plan.spec.limits));
    textElement(domain, "memory", memory, {{"unit", "b"}});
    textElement(domain, "currentMemory", memory, {{"unit", "b"}});
    unsigned current = vcpusFor(plan.spec.limits.cpus, plan.maximumCpus);
    textElement(domain, "vcpu", std::to_string(plan.maximumCpus),
                {{"placement", "static"}, {"current", std::to_string(current)}});
    // All but the first are plugged in before the guest starts: only then can they be taken away while it runs.
    pugi::xml_node vcpus = element(domain, "vcpus");
    for (unsigned i = 0; i < plan.maximumCpus; ++i)
        element(vcpus, "vcpu",
                {{"id", std::to_string(i)},
                 {"enabled", i < current ? "yes" : "no"},
                 {"hotpluggable", i == 0 ? "no" : "yes"}});
    if (int64_t quota = quotaFor(plan.spec.limits.cpus); quota > 0) {
        // Over all of QEMU, emulated devices too: what a container's cpu.max counts.
        pugi::xml_node tune = element(domain, "cputune");
        textElement(tune, "global_period", std::to_string(cpuPeriod));
        textElement(tune, "global_quota", std::to_string(quota));
    }
}

static void appendBoot(pugi::xml_node domain, const DomainPlan& plan)
{
    bool x86 = plan.architecture == "x86_64";
    pugi::xml_node os = element(domain, "os");
    // pc boots quicker than q35 under TCG: fewer buses to look through.
    textElement(os, "type", "hvm", {{"arch", plan.architecture}, {"machine", x86 ? "pc" : "virt"}});
    textElement(os, "kernel", plan.kernel);
    textElement(os, "initrd", plan.initrd);
    // quiet: each character on the emulated serial port costs an exit. panic: ends at once instead of standing still.
    // cryptomgr.notests: the kernel would try out each of its ciphers at each start, a fifth of an emulated boot.
    std::string cmdline = std::string("console=") + (x86 ? "ttyS0" : "ttyAMA0") + " quiet panic=-1 cryptomgr.notests";
    // An emulated processor on a busy host misses ticks: the kernel would take the timer for broken, and stop.
    if (!plan.kvm && x86)
        cmdline += " no_timer_check";
    textElement(os, "cmdline", cmdline);
    pugi::xml_node features = element(domain, "features");
    element(features, "acpi");
    if (plan.kvm)
        element(domain, "cpu", {{"mode", "host-passthrough"}, {"check", "none"}});
    else
        element(domain, "cpu", {{"mode", "maximum"}, {"check", "none"}});
    element(domain, "clock", {{"offset", "utc"}});
    // A machine lives once per start, as a container does: a reboot or a panic inside ends it.
    textElement(domain, "on_poweroff", "destroy");
    textElement(domain, "on_reboot", "destroy");
    textElement(domain, "on_crash", "destroy");
}

static void appendDisk(pugi::xml_node devices, const DomainPlan& plan)
{
    pugi::xml_node disk = element(devices, "disk", {{"type", "file"}, {"device", "disk"}});
    // Types are always written, and the chain is closed: QEMU never guesses what a guest wrote into its first sectors.
    element(disk, "driver", {{"name", "qemu"}, {"type", "qcow2"}, {"discard", "unmap"}});
    element(disk, "source", {{"file", plan.disk}});
    pugi::xml_node backing = element(disk, "backingStore", {{"type", "file"}});
    element(backing, "format", {{"type", "raw"}});
    element(backing, "source", {{"file", plan.baseDisk}});
    element(backing, "backingStore");
    element(disk, "target", {{"dev", "vda"}, {"bus", "virtio"}});
}

static void appendHostFile(pugi::xml_node devices, const std::string& path)
{
    pugi::xml_node disk = element(devices, "disk", {{"type", "file"}, {"device", "disk"}});
    element(disk, "driver", {{"name", "qemu"}, {"type", "raw"}});
    element(disk, "source", {{"file", path}});
    element(disk, "backingStore");
    element(disk, "target", {{"dev", "vdb"}, {"bus", "virtio"}});
    element(disk, "readonly");
}

static void appendCard(pugi::xml_node devices, const DomainPlan& plan)
{
    pugi::xml_node interface = element(devices, "interface", {{"type", "network"}});
    element(interface, "mac", {{"address", plan.mac}});
    element(interface, "source", {{"network", plan.network}});
    element(interface, "model", {{"type", "virtio"}});
    element(interface, "rom", {{"enabled", "no"}}); // never boots from the network: saves loading the ROM
}

static void appendChannels(pugi::xml_node devices, const DomainPlan& plan)
{
    pugi::xml_node serial = element(devices, "serial", {{"type", "pty"}});
    element(serial, "log", {{"file", plan.consoleLog}, {"append", "off"}});
    element(serial, "target", {{"port", "0"}});
    pugi::xml_node console = element(devices, "console", {{"type", "pty"}});
    element(console, "target", {{"type", "serial"}, {"port", "0"}});
    // libvirt chooses the socket's path, in a directory that it made for this domain alone.
    pugi::xml_node guest = element(devices, "channel", {{"type", "unix"}});
    element(guest, "target", {{"type", "virtio"}, {"name", "org.diptych.guest.0"}});
    pugi::xml_node record = element(devices, "channel", {{"type", "file"}});
    element(record, "source", {{"path", plan.record}, {"append", "on"}});
    element(record, "target", {{"type", "virtio"}, {"name", "org.diptych.record.0"}});
}

static void appendDevices(pugi::xml_node domain, const DomainPlan& plan)
{
    pugi::xml_node devices = element(domain, "devices");
    if (!plan.emulator.empty())
        textElement(devices, "emulator", plan.emulator);
    appendDisk(devices, plan);
    if (!plan.hostFile.empty())
        appendHostFile(devices, plan.hostFile);
    element(devices, "controller", {{"type", "usb"}, {"model", "none"}});
    if (!plan.network.empty())
        appendCard(devices, plan);
    appendChannels(devices, plan);
    pugi::xml_node balloon = element(devices, "memballoon", {{"model", "virtio"}});
    element(balloon, "stats", {{"period", "2"}});
    pugi::xml_node rng = element(devices, "rng", {{"model", "virtio"}});
    textElement(rng, "backend", "/dev/urandom", {{"model", "random"}});
}

std::string domainXml(const DomainPlan& plan)
{
    pugi::xml_document document;
    pugi::xml_node domain = element(document, "domain", {{"type", plan.kvm ? "kvm" : "qemu"}});
    textElement(domain, "name", plan.spec.name);
    textElement(domain, "uuid", plan.id);
    if (plan.title.empty()) {
        std::string qualified = std::string(metadataPrefix) + ":instance";
        textElement(element(domain, "metadata"), qualified.c_str(), metadataText(plan.spec),
                    {{"xmlns:diptych", std::string(metadataUri)}});
    } else {
        textElement(domain, "title", plan.title);
    }
    appendResources(domain, plan);
    appendBoot(domain, plan);
    appendDevices(domain, plan);
    // relabel no: libvirt would give the kernel and the base disk, which others use too, to QEMU's user, who could then
    // write them. Who owns which file is decided in files.cpp.
    pugi::xml_node label = element(domain, "seclabel", {{"type", "static"}, {"model", "dac"}, {"relabel", "no"}});
    textElement(label, "label", plan.qemuLabel);
    if (plan.fewQuestions) {
        // Before a guest runs libvirt asks QEMU for each of some 400 properties of its processor, one by one; told that
        // this QEMU can't list what it left out, it reads the CPUID words, three questions. They say the same.
        domain.append_attribute("xmlns:qemu") = "http://libvirt.org/schemas/domain/qemu/1.0";
        pugi::xml_node capabilities = element(domain, "qemu:capabilities");
        element(capabilities, "qemu:del", {{"capability", "cpu-unavailable-features"}});
    }
    return writeXml(domain);
}

} // namespace diptych::machines
