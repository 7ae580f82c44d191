// org.diptych.Disks
#include "base/names.h"
#include "daemon/daemon.h"
#include "daemon/image_calls.h"
#include "daemon/transfer.h"

#include <sys/socket.h>

namespace diptych {

using images::DiskFormat;
using varlink::CallPointer;
using varlink::Mode;

namespace {
DiskSource* disksOrAnswer(Daemon& daemon, const CallPointer& call)
{
    DiskSource* source = daemon.services.disks.get();
    if (!source)
        call->error(Error{Code::NotSupported, "there are no disks here: " + daemon.services.imagesProblem, {}, 0});
    return source;
}

void listDisks(Daemon& daemon, const CallPointer& call)
{
    DiskSource* source = disksOrAnswer(daemon, call);
    if (!source)
        return;
    daemon.workers.run([source] { return source->list(); },
                       [call](const Result<std::vector<images::Disk>>& disks) {
                           if (!disks) {
                               call->error(disks.error());
                               return;
                           }
                           Json all = Json::array();
                           for (const images::Disk& disk : *disks)
                               all.push_back({{"name", disk.name},
                                              {"format", diskFormatName(disk.format)},
                                              {"path", disk.path},
                                              {"capacity", disk.capacity},
                                              {"allocation", disk.allocation},
                                              {"changedAt", disk.changedAt}});
                           call->reply({{"disks", std::move(all)}});
                       });
}

void removeDisk(Daemon& daemon, const CallPointer& call)
{
    DiskSource* source = disksOrAnswer(daemon, call);
    if (!source)
        return;
    auto name = call->parameters()["name"].get<std::string>();
    ActivityEntry entry = daemon.entryFor(*call, "deleteDisk");
    entry.subject = name;
    auto work = [source, virtualization = daemon.services.virtualization.get(), name]() -> Status {
        const images::Disk disk = TRY(source->find(name));
        if (virtualization)
            if (auto users = TRYX(virtualization->usersOfFile(disk.path), "who uses it can't be asked"); !users.empty())
                return fail(Code::Busy, fmt::format("the disk {} is needed by {}", name, fmt::join(users, ", ")));
        return source->remove(name);
    };
    daemon.workers.run(work,
                       [&daemon, call, entry](const Status& removed) { answerChange(daemon, call, entry, removed); });
}

Result<Json> receiveDisk(DiskSource& source, int from, uint64_t size, const std::string& name,
                         std::optional<DiskFormat> format, Progress& progress)
{
    const std::string file = TRY(source.temporaryFile());
    if (auto received = receiveFile(from, file, size, progress); !received) {
        dropFile(file);
        return tl::unexpected<Error>(received.error());
    }
    Json names = Json::array();
    for (const images::Disk& disk : TRY(source.import(file, name, format, progress)))
        names.push_back(disk.name);
    return Json{{"disks", std::move(names)}};
}

void importDisk(Daemon& daemon, const CallPointer& call)
{
    DiskSource* source = disksOrAnswer(daemon, call);
    if (!source)
        return;
    auto name = call->parameters()["name"].get<std::string>(), word = call->parameters()["format"].get<std::string>();
    auto size = call->parameters()["size"].get<int64_t>();
    Status good = checkInstanceName(name);
    if (good && size <= 0)
        good = failField("size", "a disk has at least one byte");
    std::optional<DiskFormat> format;
    if (good && word != "auto") {
        auto known = images::diskFormatFrom(word);
        good = known ? Status{} : Status(tl::unexpected<Error>(known.error()));
        format = known ? std::optional(*known) : std::nullopt;
    }
    auto pair = socketPair(SOCK_STREAM);
    if (!good || !pair) {
        call->error(good ? pair.error() : good.error());
        return;
    }
    auto ours = std::make_shared<UniqueFd>(std::move(pair->ours));
    auto work = [source, ours, size, name, format](Progress& progress) {
        auto result = receiveDisk(*source, ours->get(), static_cast<uint64_t>(size), name, format, progress);
        ours->reset(); // whoever still sends learns that nobody reads any more
        return result;
    };
    call->upgrade({{"operation", beginTask(daemon, call, {"importDisk", name, {}, work})}}, std::move(pair->theirs));
}

std::string savedName(const std::string& name, DiskFormat format, bool appliance)
{
    std::string_view word = diskFormatName(format);
    return fmt::format("{}.{}", name, appliance && format == DiskFormat::Qcow2 ? "qcow2.tar" : word);
}

void exportDisk(Daemon& daemon, const CallPointer& call)
{
    DiskSource* source = disksOrAnswer(daemon, call);
    if (!source)
        return;
    auto name = call->parameters()["name"].get<std::string>();
    auto format = images::diskFormatFrom(call->parameters()["format"].get<std::string>());
    if (!format) {
        call->error(format.error());
        return;
    }
    auto work = [&daemon, source, name, format = *format](Progress& progress) -> Result<Json> {
        images::Disk disk = TRY(source->find(name));
        const std::string as = disk.format == DiskFormat::Iso ? "raw" : "qcow2";
        return offerFile(daemon, TRY(source->exportDisk({disk.path, as, {}}, format, progress)),
                         savedName(name, format, false));
    };
    call->reply({{"operation", beginTask(daemon, call, {"exportDisk", name, {}, work})}});
}

Result<std::string> exportMachine(DiskSource& source, Driver& driver, const Instance& instance, DiskFormat format,
                                  Progress& progress)
{
    const images::MachineDisk disk = TRY(diskOfMachine(driver, instance));
    const Json domain = TRY(driver.hostFacts(instance.id)).value("domain", Json::object());
    images::Appliance appliance{instance.spec.name, domain.value("vcpus", 1U),
                                domain.value("maximumMemory", uint64_t{0}), TRY(driver.configuration(instance.id))};
    return source.exportAppliance(disk, appliance, format, progress);
}

Result<std::string> exportContainer(DiskSource& source, Driver& driver, const Instance& instance, DiskFormat format,
                                    Progress& progress)
{
    if (format == DiskFormat::Ova)
        return failField("format", "a container has no kernel of its own: take its disk alone");
    const WritableLayer layer = TRY(driver.writableLayer(instance.id));
    // Stands still while it is read, as for a commit.
    const bool running = instance.state == State::Running;
    if (running)
        TRY(driver.pause(instance.id));
    auto file = source.exportContainer(instance.spec.image, layer, format, progress);
    if (running)
        TRY(driver.resume(instance.id));
    return file;
}

void exportInstance(Daemon& daemon, const CallPointer& call)
{
    DiskSource* source = disksOrAnswer(daemon, call);
    const Registry::Entry* entry =
        source ? findOrAnswer(daemon, call, call->parameters()["instance"].get<std::string>()) : nullptr;
    if (!entry)
        return;
    auto format = images::diskFormatFrom(call->parameters()["format"].get<std::string>());
    if (!format) {
        call->error(format.error());
        return;
    }
    auto work = [&daemon, source, driver = entry->driver, instance = entry->instance,
                 format = *format](Progress& progress) -> Result<Json> {
        const bool machine = instance.spec.kind == Kind::Machine;
        std::string file = TRY(machine ? exportMachine(*source, *driver, instance, format, progress)
                                       : exportContainer(*source, *driver, instance, format, progress));
        return offerFile(daemon, file, savedName(instance.spec.name, format, machine));
    };
    Task task{"exportDisk", entry->instance.spec.name, {entry->instance.id}, work};
    call->reply({{"operation", beginTask(daemon, call, std::move(task))}});
}
} // namespace

Status addDisksApi(Daemon& daemon)
{
    auto handle = [&daemon](const char* method, Mode mode, void (*work)(Daemon&, const CallPointer&)) {
        return daemon.server.handle(method, mode, [&daemon, work](const CallPointer& call) { work(daemon, call); });
    };
    TRY(handle("org.diptych.Disks.List", Mode::Plain, listDisks));
    TRY(handle("org.diptych.Disks.Import", Mode::Upgrade, importDisk));
    TRY(handle("org.diptych.Disks.Export", Mode::Plain, exportDisk));
    TRY(handle("org.diptych.Disks.ExportInstance", Mode::Plain, exportInstance));
    return handle("org.diptych.Disks.Delete", Mode::Plain, removeDisk);
}

} // namespace diptych
