#include "machines/driver.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "base/names.h"
#include "instances/place.h"
#include "machines/network.h"
#include "machines/xml.h"

#include <sys/stat.h>
#include <unistd.h>

namespace diptych::machines {

constexpr uint64_t smallestDisk = uint64_t{1} << 30; ///< sparse: room for the guest to write

static std::string networkOf(const InstanceSpec& spec)
{
    return spec.network.name.empty() ? "default" : spec.network.name;
}

static Status checkTexts(const InstanceSpec& spec)
{
    for (const auto* list : {&spec.command, &spec.environment}) {
        for (const std::string& text : *list)
            TRY(checkXmlText(text, list == &spec.command ? "command" : "environment"));
    }
    TRY(checkXmlText(spec.user, "user"));
    return checkXmlText(spec.workingDirectory, "workingDirectory");
}

Result<DomainPlan> MachineDriver::planFor(const std::string& id, const InstanceSpec& spec, virConnectPtr connection)
{
    MachineFiles files = filesOf(id);
    DomainPlan plan;
    plan.id = id;
    plan.spec = spec;
    plan.kvm = acceleration() == "kvm";
    plan.architecture = hostArchitecture();
    plan.maximumCpus = std::max(hostCpus(), vcpusFor(spec.limits.cpus, 1024));
    if (spec.limits.cpus <= 0)
        plan.maximumCpus = hostCpus();
    plan.kernel = files.kernel();
    plan.initrd = files.initrd();
    plan.disk = files.disk();
    plan.record = files.record();
    plan.consoleLog = files.console();
    plan.mac = macFor(id);
    plan.network = networkOf(spec);
    plan.qemuLabel = TRY(qemuUser(connection)).label();
    unsigned long libvirt = 0;
    plan.fewQuestions =
        plan.architecture == "x86_64" && virConnectGetLibVersion(connection, &libvirt) == 0 && libvirt >= 6'000'000;
    return plan;
}

Result<std::string> MachineDriver::preview(const InstanceSpec& spec)
{
    TRY(checkSpec(spec));
    TRY(checkTexts(spec));
    ConnectRef connection = TRY(m_act->get());
    DomainPlan plan = TRY(planFor(newId(), spec, connection.get()));
    images::Image image = TRY(m_images.find(spec.image));
    plan.baseDisk = fmt::format("{}/disks/{}.raw", m_paths.images(), image.digest);
    return domainXml(plan);
}

Status MachineDriver::makeFiles(const std::string& id, const InstanceSpec& spec, virConnectPtr connection,
                                Progress& progress)
{
    MachineFiles files = filesOf(id);
    images::Image image = TRY(m_images.find(spec.image));
    images::Process process = TRY(m_images.resolve(image, spec));
    progress.report("kernel", -1, {});
    images::Kernel kernel = TRY(images::findKernel(m_paths));
    std::string base = TRY(images::initramfs(m_paths, kernel));
    progress.report("buildDisk", -1, image.reference);
    MachineState state;
    state.spec = spec;
    state.createdAt = unixMilliseconds();
    state.baseDisk = TRY(m_images.disk(image, smallestDisk, progress));
    if (progress.cancelled())
        return fail(Code::Cancelled, "cancelled");
    QemuUser user = TRY(qemuUser(connection));
    TRY(createOverlay(files, state.baseDisk, user, progress));
    TRY(linkKernel(m_paths, files, kernel));

    progress.report("network", -1, spec.network.name);
    DomainPlan plan = TRY(planFor(id, spec, connection));
    Address address = TRY(reserveAddress(connection, plan.network, plan.mac, spec.name));
    state.mac = plan.mac;
    state.network = plan.network;
    state.address = address.address;

    struct stat status
    {
    };
    if (stat(base.c_str(), &status) < 0)
        return failErrno(base);
    state.initramfsSize = static_cast<uint64_t>(status.st_size);
    TRY(writeInitrd(files, base, state.initramfsSize, guestConfig(spec, process, address)));
    TRY(resetRecord(files, user));
    TRY(openWay(m_paths, files, state.baseDisk, user));
    progress.report("defineDomain", -1, spec.name);
    plan.baseDisk = state.baseDisk;
    TRY(writeState(files, state));
    DomainRef domain(virDomainDefineXMLFlags(connection, domainXml(plan).c_str(), VIR_DOMAIN_DEFINE_VALIDATE));
    if (!domain)
        return failLibvirt(fmt::format("define machine {}", spec.name));
    return {};
}

Result<Instance> MachineDriver::create(const std::string& id, const InstanceSpec& spec, Progress& progress)
{
    TRY(checkId(id));
    TRY(checkSpec(spec));
    TRY(checkTexts(spec));
    if (!spec.ports.empty())
        return failField("ports", "ports of a virtual machine can't be published: reach it by its address");
    ConnectRef connection = TRY(m_act->get());
    if (DomainRef taken(virDomainLookupByName(connection.get(), spec.name.c_str())); taken)
        return fail(Code::Exists, fmt::format("a machine called {} exists", spec.name));
    MachineFiles files = filesOf(id);
    // Marked from its first moment: whoever finds the mark after a crash knows that all of it may go, and by the name
    // in it on which network an address may be reserved.
    TRY(makePlace(m_paths, id, [&](const std::string& directory) {
        return writeFileAtomic(MachineFiles(directory).making(), networkOf(spec));
    }));
    Status made = makeFiles(id, spec, connection.get(), progress);
    if (made && progress.cancelled())
        made = fail(Code::Cancelled, fmt::format("making {} was cancelled", spec.name));
    if (made && unlink(files.making().c_str()) < 0)
        made = failErrno(files.making());
    if (!made) {
        undoCreate(id, connection.get());
        return tl::unexpected<Error>(std::move(made).error());
    }
    changed(id);
    return describe(id);
}

void MachineDriver::undoCreate(const std::string& id, virConnectPtr connection)
{
    DomainRef domain(virDomainLookupByUUIDString(connection, id.c_str()));
    if (domain) {
        virDomainDestroy(domain.get());
        if (virDomainUndefineFlags(domain.get(), VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | VIR_DOMAIN_UNDEFINE_NVRAM) < 0)
            logLine(Level::Warning, libvirtError(fmt::format("roll back machine {}", id)).message);
    }
    MachineFiles files = filesOf(id);
    std::string network = readFile(files.making()).value_or("");
    if (auto released = releaseAddress(connection, network, macFor(id)); !released)
        logf(Level::Warning, "machine {}: {}", id, released.error().message);
    if (auto removed = removeTreeByTrash(files.directory, m_paths.trash()); !removed)
        logf(Level::Warning, "machine {}: {}", id, removed.error().message);
}

void MachineDriver::rollBack(virConnectPtr connection)
{
    auto names = listDirectory(m_paths.instances());
    for (const std::string& id : names ? *names : std::vector<std::string>{}) {
        if (!checkId(id) || !exists(filesOf(id).making()))
            continue;
        logf(Level::Notice, "machine {} was left half made: rolled back", id);
        undoCreate(id, connection);
    }
}

} // namespace diptych::machines
