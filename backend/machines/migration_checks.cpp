#include "machines/migration_checks.h"

#include "machines/clipboard.h"
#include "machines/xml.h"

namespace diptych::machines {

namespace {

std::string reason()
{
    return libvirtError("").message.substr(2); // without ": "
}

std::string hostId(virConnectPtr connection)
{
    CString text(virConnectGetCapabilities(connection));
    pugi::xml_document document;
    if (!text || !parseXml(text.get(), document))
        return {};
    return document.first_child().child("host").child_value("uuid");
}

void checkTarget(Move& move)
{
    const char* here = virConnectGetType(move.source.get());
    const char* there = virConnectGetType(move.target.get());
    if (!here || !there || std::string_view(here) != there)
        move.add("to",
                 fmt::format("the target is {}, and it runs on {}: machines move between the same hypervisors only",
                             there ? there : "of an unknown kind", here ? here : "an unknown kind"));
    std::string id = hostId(move.source.get());
    if (!id.empty() && id == hostId(move.target.get()))
        move.add("to", "the target is the same host");
}

void checkNames(Move& move)
{
    if (DomainRef(virDomainLookupByName(move.target.get(), move.info.name.c_str())))
        move.add("name", fmt::format("there is a machine \"{}\" already: rename one of them", move.info.name));
    if (DomainRef other{virDomainLookupByUUIDString(move.target.get(), move.info.id.c_str())})
        move.add("id",
                 fmt::format("a machine there has the same UUID, {}: it is \"{}\"", move.info.id, nameOf(other.get())));
}

Result<std::string> capabilities(const Move& move, const char* emulator, const char* machine)
{
    CString text(virConnectGetDomainCapabilities(move.target.get(), emulator, move.info.architecture.c_str(), machine,
                                                 move.info.type.c_str(), 0));
    if (!text)
        return tl::unexpected<Error>(Error{Code::NotSupported, reason(), {}, 0});
    return std::string(text.get());
}

bool unknownThere()
{
    int code = virGetLastErrorCode();
    return code == VIR_ERR_NO_SUPPORT || code == VIR_ERR_OPERATION_UNSUPPORTED;
}

/// From the general to the particular: the first that it refuses is what it lacks.
void checkHypervisor(Move& move)
{
    if (!capabilities(move, nullptr, nullptr)) {
        if (!unknownThere())
            move.add("type", fmt::format("{} machines of type {} can't run there: {}", move.info.architecture,
                                         move.info.type, reason()));
        return;
    }
    const std::string& machine = move.info.machine;
    if (!machine.empty() && !capabilities(move, nullptr, machine.c_str()))
        move.add("machine", fmt::format("the machine type {} is not known there: {}", machine, reason()));
    const std::string& emulator = move.info.emulator;
    auto own = emulator.empty() ? capabilities(move, nullptr, nullptr) : capabilities(move, emulator.c_str(), nullptr);
    if (!own) {
        move.add("emulator", fmt::format("the emulator {} is not there: {}", emulator, reason()));
        return;
    }
    pugi::xml_document document;
    if (!parseXml(*own, document))
        return;
    std::string loader = move.root().child("os").child_value("loader");
    bool found = loader.empty();
    for (pugi::xml_node value : document.first_child().child("os").child("loader").children("value"))
        found = found || loader == value.child_value();
    if (!found)
        move.add("firmware", fmt::format("the firmware {} is not there", loader));
    unsigned most = document.first_child().child("vcpu").attribute("max").as_uint();
    if (most > 0 && move.info.maximumCpus > most)
        move.add("vcpus", fmt::format("it can have {} vCPUs, and {} are the most there", move.info.maximumCpus, most));
}

/// The processor that the guest sees, against what the target can give.
void checkCpu(Move& move)
{
    pugi::xml_node cpu = move.root().child("cpu");
    std::string_view mode = cpu.attribute("mode").as_string("custom");
    if (!cpu || mode == "maximum")
        return;
    int compared = VIR_CPU_COMPARE_IDENTICAL;
    if (mode == "host-passthrough" || mode == "host-model") {
        CString text(virConnectGetCapabilities(move.source.get()));
        pugi::xml_document document;
        pugi::xml_node host;
        if (text && parseXml(text.get(), document))
            host = document.first_child().child("host").child("cpu");
        if (!host.child("model"))
            return;
        compared =
            virConnectCompareCPU(move.target.get(), writeXml(host).c_str(), VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE);
    } else if (cpu.child("model")) {
        compared = virConnectCompareHypervisorCPU(move.target.get(), nullptr, move.info.architecture.c_str(), nullptr,
                                                  move.info.type.c_str(), writeXml(cpu).c_str(),
                                                  VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE);
    }
    bool incompatible =
        compared == VIR_CPU_COMPARE_INCOMPATIBLE || (compared < 0 && virGetLastErrorCode() == VIR_ERR_CPU_INCOMPATIBLE);
    if (incompatible)
        move.add("cpu", fmt::format("its processor, {}, can't be had there: {}",
                                    cpu.child("model") ? cpu.child_value("model") : "that of its host",
                                    compared < 0 ? reason() : "the host's lacks some of it"));
}

void checkMemory(Move& move)
{
    virNodeInfo node{};
    if (virNodeGetInfo(move.target.get(), &node) == 0 && (uint64_t{node.memory} << 10) < move.info.currentMemory)
        move.add("memory", fmt::format("it has {} MiB, and the whole target {} MiB", move.info.currentMemory >> 20,
                                       node.memory >> 10));
}

void checkInterface(Move& move, pugi::xml_node node)
{
    std::string key = fmt::format("interface:{}", node.child("mac").attribute("address").value());
    std::string network = node.child("source").attribute("network").value();
    std::string bridge = node.child("source").attribute("bridge").value();
    std::string_view type = node.attribute("type").value();
    if (type == "hostdev")
        move.add(key, "it is a device of this host, which can't go along");
    if (type == "network") {
        NetworkRef there(virNetworkLookupByName(move.target.get(), network.c_str()));
        if (!there)
            move.add(key, fmt::format("there is no network \"{}\"", network));
        else if (virNetworkIsActive(there.get()) == 0)
            move.add(key, fmt::format("the network \"{}\" is not started there", network));
    }
    if (type != "bridge")
        return;
    virInterfacePtr there = virInterfaceLookupByName(move.target.get(), bridge.c_str());
    if (there)
        virInterfaceFree(there);
    else if (virGetLastErrorCode() == VIR_ERR_NO_INTERFACE) // else it does not tell of interfaces
        move.add(key, fmt::format("there is no bridge {}", bridge));
}

void checkDevices(Move& move)
{
    for (pugi::xml_node node : move.root().child("devices").children()) {
        std::string_view kind = node.name();
        if (kind == "interface")
            checkInterface(move, node);
        else if (kind == "hostdev")
            move.add("hostdev", fmt::format("a {} device of its host was given to it: take it away first",
                                            node.attribute("type").as_string()));
        else if (kind == "filesystem")
            move.add(fmt::format("filesystem:{}", node.child("target").attribute("dir").value()),
                     "it shares a directory of its host: take the share away first");
        else if (kind == "tpm" && std::string_view(node.child("backend").attribute("type").value()) == "passthrough")
            move.add("tpm", "it has its host's own TPM");
        else if (kind == "channel" && std::string_view(node.attribute("type").value()) == "qemu-vdagent" && move.live &&
                 clipboardPins(move.source.get()))
            move.add("channel", "QEMU before 10.1 can't take its clipboard channel along while it runs: remove the "
                                "channel, or move it while it is off");
        else if (kind == "tpm" && !move.live)
            move.add("tpm",
                     "what is in its TPM would stay behind while it is off: start it, and move it while it runs");
    }
}

/// What libvirt keeps of it besides its definition, and would leave behind.
void checkState(Move& move)
{
    if (move.info.spec)
        move.add("id", "it is a twin of a container: its files belong to the helper of this machine");
    if (int count = virDomainSnapshotNum(move.domain.get(), 0); count > 0)
        move.add("snapshots", fmt::format("it has {} snapshot{}, which libvirt can't take along: delete them first",
                                          count, count == 1 ? "" : "s"));
    if (int count = virDomainListAllCheckpoints(move.domain.get(), nullptr, 0); count > 0)
        move.add("checkpoints", fmt::format("it has {} backup checkpoints, which libvirt can't take along", count));
    if (virDomainHasManagedSaveImage(move.domain.get(), 0) == 1)
        move.add("saved", "its memory was saved to this host's disk: start it, or drop what was saved");
    if (!move.live && *move.root().child("os").child_value("nvram") != '\0')
        move.add("firmware",
                 "its UEFI variables would stay behind while it is off: start it, and move it while it runs");
}

} // namespace

void findHindrances(Move& move)
{
    checkTarget(move);
    if (!move.problems.empty())
        return; // nothing else could be compared
    checkNames(move);
    checkState(move);
    checkHypervisor(move);
    checkCpu(move);
    checkMemory(move);
    checkDevices(move);
    checkDisks(move);
}

} // namespace diptych::machines
