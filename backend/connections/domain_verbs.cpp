#include "connections/domains.h"
#include "machines/console.h"
#include "machines/domain_read.h"
#include "machines/domain_state.h"
#include "machines/domain_xml.h"
#include "machines/install_run.h"
#include "machines/xml.h"

#include <cmath>
#include <optional>
#include <thread>

namespace diptych::connections {

using machines::DomainRef;
using machines::failLibvirt;
using machines::nameOf;

Status Domains::start(const std::string& id)
{
    return machines::startDomain(TRY(find(id)).get());
}

Status Domains::stop(const std::string& id, std::chrono::milliseconds timeout, const Progress& progress)
{
    DomainRef domain = TRY(find(id));
    if (virDomainIsActive(domain.get()) == 0)
        return fail(Code::WrongState, fmt::format("machine {} does not run", nameOf(domain.get())));
    if (auto xml = machines::xmlOf(domain.get(), 0); xml && machines::installationOf(*xml))
        return kill(id); // an installer hears no power button
    virDomainInfo info{};
    if (virDomainGetInfo(domain.get(), &info) == 0 && info.state == VIR_DOMAIN_PAUSED)
        virDomainResume(domain.get()); // a paused guest hears nothing
    if (virDomainShutdown(domain.get()) < 0)
        return failLibvirt(fmt::format("shut down machine {}", nameOf(domain.get())));
    auto deadline = std::chrono::steady_clock::now() + timeout;
    while (virDomainIsActive(domain.get()) == 1) {
        if (progress.cancelled())
            return fail(Code::Cancelled, fmt::format("stopping {} was cancelled", nameOf(domain.get())));
        if (std::chrono::steady_clock::now() >= deadline)
            return kill(id);
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    return {};
}

Status Domains::kill(const std::string& id)
{
    DomainRef domain = TRY(find(id));
    if (virDomainDestroy(domain.get()) < 0)
        return failLibvirt(fmt::format("kill machine {}", nameOf(domain.get())));
    return {};
}

Status Domains::pause(const std::string& id)
{
    DomainRef domain = TRY(find(id));
    if (virDomainSuspend(domain.get()) < 0)
        return failLibvirt(fmt::format("pause machine {}", nameOf(domain.get())));
    return {};
}

Status Domains::resume(const std::string& id)
{
    DomainRef domain = TRY(find(id));
    if (virDomainResume(domain.get()) < 0)
        return failLibvirt(fmt::format("resume machine {}", nameOf(domain.get())));
    return {};
}

Status Domains::rename(const std::string& id, const std::string& name)
{
    DomainRef domain = TRY(find(id));
    if (virDomainRename(domain.get(), name.c_str(), 0) < 0)
        return failLibvirt(fmt::format("rename {} to {}", nameOf(domain.get()), name));
    return {};
}

Status Domains::undefine(const std::string& id)
{
    DomainRef domain = TRY(find(id));
    if (virDomainIsActive(domain.get()) == 1)
        return fail(Code::WrongState, fmt::format("{} runs: stop it first", nameOf(domain.get())));
    auto xml = machines::xmlOf(domain.get(), VIR_DOMAIN_XML_INACTIVE);
    auto installation = xml ? machines::installationOf(*xml) : std::nullopt;
    constexpr unsigned plain =
        unsigned{VIR_DOMAIN_UNDEFINE_MANAGED_SAVE} | unsigned{VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA};
    constexpr unsigned all =
        plain | unsigned{VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA} | unsigned{VIR_DOMAIN_UNDEFINE_KEEP_NVRAM};
    std::optional<Error> first;
    // A hypervisor refuses the flags of what it has not got.
    for (unsigned flags : {all, plain, 0u}) {
        if (virDomainUndefineFlags(domain.get(), flags) == 0) {
            if (installation)
                machines::deleteInstaller(virDomainGetConnect(domain.get()), *installation);
            return {};
        }
        const virError* last = virGetLastError();
        bool flagsRefused = last && (last->code == VIR_ERR_INVALID_ARG || last->code == VIR_ERR_NO_SUPPORT);
        if (!first || !flagsRefused)
            first = machines::libvirtError(fmt::format("undefine {}", nameOf(domain.get())));
        if (!flagsRefused)
            return tl::unexpected<Error>(std::move(*first));
    }
    if (virDomainUndefine(domain.get()) == 0)
        return {};
    return tl::unexpected<Error>(std::move(*first));
}

/// The number of processors where it is whole, the scheduler's quota besides where it is not; then the memory.
Status Domains::setLimits(const std::string& id, const Limits& limits)
{
    DomainRef domain = TRY(find(id));
    bool active = virDomainIsActive(domain.get()) == 1;
    unsigned flags = unsigned{VIR_DOMAIN_AFFECT_CONFIG} | (active ? unsigned{VIR_DOMAIN_AFFECT_LIVE} : 0);
    machines::DomainInfo info = TRY(machines::readDomain(TRY(machines::xmlOf(domain.get(), 0))));
    if (limits.cpus > 0 && limits.cpus != std::floor(limits.cpus))
        TRYX(machines::setQuota(domain.get(), machines::quotaFor(limits.cpus), flags), info.name);
    unsigned cpus = machines::vcpusFor(limits.cpus, info.maximumCpus);
    if (cpus != info.cpus && virDomainSetVcpusFlags(domain.get(), cpus, flags) < 0)
        return failLibvirt(fmt::format("vCPUs of {}", info.name));
    uint64_t memory = limits.memory ? limits.memory : info.memory;
    if (memory != info.currentMemory && virDomainSetMemoryFlags(domain.get(), memory / 1024, flags) < 0)
        return failLibvirt(fmt::format("memory of {}", info.name));
    return {};
}

Result<std::vector<std::string>> Domains::disks(const std::string& id)
{
    machines::DomainInfo info = TRY(machines::readDomain(TRY(xml(id))));
    std::vector<std::string> paths;
    for (const machines::DiskInfo& disk : info.disks)
        if (!disk.path.empty())
            paths.push_back(disk.path);
    return paths;
}

Result<std::string> Domains::xml(const std::string& id)
{
    DomainRef domain = TRY(find(id));
    return machines::xmlOf(domain.get(), VIR_DOMAIN_XML_INACTIVE);
}

Result<Json> Domains::facts(const std::string& id)
{
    DomainRef domain = TRY(find(id));
    std::string text = TRY(machines::xmlOf(domain.get(), 0));
    machines::DomainInfo info = TRY(machines::readDomain(text));
    pugi::xml_document document;
    TRY(machines::parseXml(text, document));
    size_t pci = 0;
    for (pugi::xml_node device : document.child("domain").child("devices").children()) {
        pci += std::string_view(device.child("address").attribute("type").value()) == "pci" ? 1 : 0;
        if (std::string_view(device.name()) == "hostdev")
            info.devices.push_back(fmt::format("hostdev {}", device.attribute("type").value()));
    }
    Json known{{"elsewhere", true},
               {"domain",
                {{"type", info.type},
                 {"emulator", info.emulator},
                 {"machine", info.machine},
                 {"vcpus", info.cpus},
                 {"memory", info.currentMemory},
                 {"quota", info.quota},
                 {"period", info.period},
                 {"devices", info.devices},
                 {"pci", pci},
                 {"securityModel", info.securityModel},
                 {"securityLabel", info.label}}}};
    if (!info.interfaces.empty()) {
        const machines::InterfaceInfo& card = info.interfaces.front();
        known["network"] = {{"network", card.network}, {"bridge", card.bridge}, {"model", card.model}};
    }
    for (const machines::DiskInfo& disk : info.disks)
        if (disk.device == "disk" && !disk.path.empty() && !known.contains("disk"))
            known["disk"] = {{"path", disk.path}, {"format", disk.format}, {"target", disk.target}};
    return known;
}

Result<UniqueFd> Domains::console(const std::string& id)
{
    machines::ConnectRef connection = TRY(m_connection->get());
    DomainRef domain = TRY(find(id));
    if (virDomainIsActive(domain.get()) != 1)
        return fail(Code::WrongState, fmt::format("machine {} does not run", nameOf(domain.get())));
    return machines::openConsole(connection.get(), domain.get(), "");
}

} // namespace diptych::connections
