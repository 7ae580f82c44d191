// org.diptych.Machines.ReadAppliance and ImportAppliance: machines that come from another hypervisor as one file.
#include "daemon/image_calls.h"
#include "daemon/machine_calls.h"
#include "daemon/transfer.h"

#include "images/ovf_read.h"

#include <sys/socket.h>

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

namespace {

constexpr const char* kCreate = "org.diptych.Machines.Create";

DiskSource* applianceDisksOrAnswer(Daemon& daemon, const CallPointer& call)
{
    DiskSource* source = daemon.services.disks.get();
    if (!source)
        call->error(Error{Code::NotSupported, "there are no disks here: " + daemon.services.imagesProblem, {}, 0});
    return source;
}

std::string_view firmwareWord(images::OvfMachine::Firmware firmware)
{
    using Firmware = images::OvfMachine::Firmware;
    return firmware == Firmware::Bios ? "bios" : firmware == Firmware::Uefi ? "uefi" : "secureUefi";
}

struct ReadMachine
{
    images::OvfMachine machine;
    std::map<std::string, std::string> addressUsers;
};

Result<ReadMachine> readMachine(DiskSource& source, Virtualization* virtualization, const std::string& text,
                                const std::map<std::string, uint64_t>& present)
{
    ReadMachine read{TRY(source.readAppliance(text, present)), {}};
    std::vector<std::string> addresses;
    for (const images::OvfCard& card : read.machine.cards)
        if (!card.mac.empty())
            addresses.push_back(card.mac);
    // Whose they are is told when it can be; making the machine asks again.
    if (auto users = virtualization && !addresses.empty() ? virtualization->usersOfAddresses(addresses)
                                                          : Result<std::map<std::string, std::string>>())
        read.addressUsers = std::move(*users);
    return read;
}

Json applianceJson(const ReadMachine& read)
{
    const images::OvfMachine& machine = read.machine;
    Json disks = Json::array(), cards = Json::array(), drives = Json::array(), left = Json::array();
    for (const images::OvfDrive& disk : machine.disks)
        disks.push_back({{"name", disk.id},
                         {"file", disk.file},
                         {"capacity", disk.capacity ? static_cast<int64_t>(*disk.capacity) : -1},
                         {"bus", disk.bus},
                         {"controller", disk.controller}});
    for (const images::OvfCard& card : machine.cards) {
        const auto user = read.addressUsers.find(card.mac);
        cards.push_back({{"network", card.network},
                         {"model", card.model},
                         {"mac", card.mac},
                         {"macUser", user == read.addressUsers.end() ? "" : user->second}});
    }
    for (const images::OvfMedium& medium : machine.media)
        drives.push_back({{"file", medium.file}});
    for (const images::OvfLeft& one : machine.left)
        left.push_back({{"kind", one.kind}, {"name", one.name}});
    return {{"name", machine.name},
            {"product", machine.product},
            {"vendor", machine.vendor},
            {"version", machine.version},
            {"annotation", machine.annotation},
            {"licences", machine.licences},
            {"system", machine.system},
            {"systemText", machine.systemText},
            {"firmware", firmwareWord(machine.firmware)},
            {"tpm", machine.tpm},
            {"vcpus", machine.cpus},
            {"memory", machine.memory},
            {"disks", std::move(disks)},
            {"cards", std::move(cards)},
            {"drives", std::move(drives)},
            {"left", std::move(left)}};
}

void readAppliance(Daemon& daemon, const CallPointer& call)
{
    DiskSource* source = applianceDisksOrAnswer(daemon, call);
    if (!source)
        return;
    auto text = call->parameters()["descriptor"].get<std::string>();
    std::map<std::string, uint64_t> present;
    for (const Json& file : call->parameters()["files"])
        if (auto size = file["size"].get<int64_t>(); size >= 0)
            present[file["name"].get<std::string>()] = static_cast<uint64_t>(size);
    Virtualization* virtualization = daemon.services.virtualization.get();
    daemon.workers.run(
        [source, virtualization, text, present] { return readMachine(*source, virtualization, text, present); },
        [call](const Result<ReadMachine>& read) {
            if (read)
                call->reply({{"machine", applianceJson(*read)}});
            else
                call->error(read.error());
        });
}

/// As Machines.Create has it, with the disks and CDs that came.
Json createParameters(Json spec, const images::ImportedMachine& machine)
{
    Json more = Json::array(), drives = Json::array();
    for (size_t i = 1; i < machine.disks.size(); ++i)
        more.push_back({{"pool", images::kDiskPool}, {"volume", machine.disks[i].name + ".qcow2"}});
    for (const std::optional<images::Disk>& medium : machine.drives) {
        Json drive = Json::object();
        if (medium)
            drive["medium"] = {{"pool", images::kDiskPool}, {"volume", medium->name + ".iso"}};
        drives.push_back(std::move(drive));
    }
    spec["disk"] = {
        {"kind", "existing"}, {"pool", images::kDiskPool}, {"volume", machine.disks.front().name + ".qcow2"}};
    spec["moreDisks"] = std::move(more);
    spec["drives"] = std::move(drives);
    return {{"spec", std::move(spec)}};
}

Result<Json> receiveMachine(DiskSource& source, Virtualization& virtualization, int from, uint64_t size,
                            const Json& spec, Progress& progress)
{
    const std::string file = TRY(source.temporaryFile());
    if (auto received = receiveFile(from, file, size, progress); !received) {
        dropFile(file);
        return tl::unexpected<Error>(received.error());
    }
    auto make = [&](const images::ImportedMachine& machine) {
        return virtualization.call(kCreate, createParameters(spec, machine), progress);
    };
    return source.importMachine(file, spec["name"].get<std::string>(), make, progress);
}

/// What can be said before hundreds of megabytes are sent.
Status checkBeginning(const Daemon& daemon, const std::string& name, int64_t size)
{
    TRY(checkInstanceName(name, "spec.name"));
    if (size <= 0)
        return failField("size", "a file has at least one byte");
    // The archive, and beside it what was in it: its disks come into a third place when the archive has gone.
    constexpr int64_t copies = 2;
    TRY(checkRoom(daemon.paths.disks, static_cast<uint64_t>(std::min(size, INT64_MAX / copies)) * copies));
    if (daemon.registry.findName(name))
        return tl::unexpected<Error>(
            Error{Code::Exists, fmt::format("name: there is an instance \"{}\" already", name), "spec.name", 0});
    return {};
}

void importAppliance(Daemon& daemon, const CallPointer& call)
{
    DiskSource* source = applianceDisksOrAnswer(daemon, call);
    if (!source)
        return;
    Virtualization* virtualization = daemon.services.virtualization.get();
    if (!virtualization) {
        call->error(Error{Code::NotSupported, "this helper has no libvirt", {}, 0});
        return;
    }
    Json spec = call->parameters()["spec"];
    const auto size = call->parameters()["size"].get<int64_t>();
    const auto name = spec["name"].get<std::string>();
    Status good = checkBeginning(daemon, name, size);
    auto pair = socketPair(SOCK_STREAM);
    if (!good || !pair) {
        call->error(good ? pair.error() : good.error());
        return;
    }
    auto ours = std::make_shared<UniqueFd>(std::move(pair->ours));
    auto work = [source, virtualization, ours, size, spec](Progress& progress) {
        // Before anything new: what a helper that was killed had named.
        source->dropUnfinished([virtualization](const std::string& path) -> Result<bool> {
            return !TRY(virtualization->usersOfFile(path)).empty();
        });
        auto result =
            receiveMachine(*source, *virtualization, ours->get(), static_cast<uint64_t>(size), spec, progress);
        ours->reset(); // whoever still sends learns that nobody reads any more
        return result;
    };
    call->upgrade({{"operation", beginTask(daemon, call, {"importMachine", name, {}, work})}}, std::move(pair->theirs));
}
} // namespace

Status addAppliancesApi(Daemon& daemon)
{
    if (DiskSource* source = daemon.services.disks.get(); source && daemon.services.virtualization)
        daemon.workers.submit([source, virtualization = daemon.services.virtualization.get()] {
            source->dropUnfinished([virtualization](const std::string& path) -> Result<bool> {
                return !TRY(virtualization->usersOfFile(path)).empty();
            });
        });
    TRY(daemon.server.handle("org.diptych.Machines.ReadAppliance", Mode::Plain,
                             [&daemon](const CallPointer& call) { readAppliance(daemon, call); }));
    return daemon.server.handle("org.diptych.Machines.ImportAppliance", Mode::Upgrade,
                                [&daemon](const CallPointer& call) { importAppliance(daemon, call); });
}

} // namespace diptych
