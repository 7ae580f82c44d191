#include "machines/files.h"

#include "base/child.h"
#include "base/files.h"
#include "instances/json.h"
#include "machines/acl.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::machines {

namespace {

Status copyBeside(const std::string& from, const std::string& to, uint64_t size, std::string_view behind)
{
    UniqueFd source = TRY(openFile(from, O_RDONLY));
    std::string temporary = to + ".new";
    UniqueFd target = TRY(openFile(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0400));
    auto write = [&]() -> Status {
        TRYX(images::copyBytes(source.get(), target.get(), size), to);
        TRYX(writeAll(target.get(), behind), to);
        if (fdatasync(target.get()) < 0 || ::rename(temporary.c_str(), to.c_str()) < 0)
            return failErrno(to);
        return {};
    };
    Status written = write();
    if (!written)
        ::unlink(temporary.c_str());
    return written;
}

Result<uint64_t> sizeOf(const std::string& path)
{
    struct stat status
    {
    };
    if (stat(path.c_str(), &status) < 0)
        return failErrno(path);
    return static_cast<uint64_t>(status.st_size);
}

} // namespace

Status writeState(const MachineFiles& files, const MachineState& state)
{
    Json json = {{"version", 1},
                 {"spec", toJson(state.spec)},
                 {"baseDisk", state.baseDisk},
                 {"mac", state.mac},
                 {"address", state.address},
                 {"network", state.network},
                 {"initramfsSize", state.initramfsSize},
                 {"createdAt", state.createdAt},
                 {"startedAt", state.startedAt},
                 {"finishedAt", state.finishedAt},
                 {"click", state.click},
                 {"createBegin", state.createBegin},
                 {"createEnd", state.createEnd},
                 {"problem", state.problem}};
    if (state.exitCode)
        json["exitCode"] = *state.exitCode;
    return writeFileAtomic(files.state(), dumpJson(json, 2));
}

Result<MachineState> readState(const MachineFiles& files)
{
    Json json = TRYX(parseJson(TRY(readFile(files.state()))), files.state());
    JsonReader reader(json);
    MachineState state;
    state.spec = TRYX(specFrom(TRY(reader.object("spec"))), files.state());
    state.baseDisk = TRY(reader.string("baseDisk"));
    state.mac = TRY(reader.string("mac"));
    state.address = TRY(reader.string("address"));
    state.network = TRY(reader.string("network"));
    state.initramfsSize = TRY(reader.unsignedInteger("initramfsSize"));
    state.createdAt = TRY(reader.integer("createdAt"));
    state.startedAt = TRY(reader.integer("startedAt"));
    state.finishedAt = TRY(reader.integer("finishedAt"));
    state.click = TRY(reader.integer("click"));
    state.createBegin = TRY(reader.integer("createBegin"));
    state.createEnd = TRY(reader.integer("createEnd"));
    state.problem = TRY(reader.string("problem"));
    if (auto exitCode = TRY(reader.optionalInteger("exitCode")))
        state.exitCode = static_cast<int>(*exitCode);
    return state;
}

Json guestConfig(const InstanceSpec& spec, const images::Process& process, const Address& address)
{
    Json network = {{"dhcp", false},
                    {"address", fmt::format("{}/{}", address.address, address.prefix)},
                    {"gateway", address.gateway},
                    {"nameservers", Json::array({address.gateway})}};
    return {{"version", 1},
            {"hostname", spec.name},
            {"root", {{"device", "/dev/vda"}, {"type", "ext4"}}},
            {"process",
             {{"args", process.arguments},
              {"env", process.environment},
              {"cwd", process.workingDirectory},
              {"user", {{"uid", process.uid}, {"gid", process.gid}, {"additionalGids", process.groups}}},
              {"terminal", spec.terminal}}},
            {"stopSignal", process.stopSignal},
            {"network", std::move(network)},
            {"limits", {{"pids", spec.limits.pids}}}};
}

Status writeInitrd(const MachineFiles& files, const std::string& base, uint64_t size, const Json& config)
{
    TRY(writeFileAtomic(files.config(), dumpJson(config, 2)));
    std::string archive = images::configArchive(dumpJson(config));
    // An archive begins at a multiple of four: the kernel skips the zeros in between.
    std::string behind((4 - size % 4) % 4, '\0');
    return copyBeside(base, files.initrd(), size, behind + archive);
}

Status linkKernel(const Paths& paths, const MachineFiles& files, const images::Kernel& kernel)
{
    // Never the host's own file: QEMU's user gets access to what we link, and /boot is none of its business.
    std::string source = TRY(images::bootImage(paths, kernel));
    if (link(source.c_str(), files.kernel().c_str()) == 0)
        return {};
    uint64_t size = TRY(sizeOf(source));
    return copyBeside(source, files.kernel(), size, {});
}

Status createOverlay(const MachineFiles& files, const std::string& baseDisk, const QemuUser& user, Progress& progress)
{
    Command command;
    // The base's format is said, never guessed from its content.
    command.arguments = {"qemu-img", "create", "-q", "-f", "qcow2", "-b", baseDisk, "-F", "raw", "--", files.disk()};
    command.cancelled = [&progress] { return progress.cancelled(); };
    TRYX(runChecked(command), "make the machine's disk");
    if (chmod(files.disk().c_str(), 0600) < 0 || chown(files.disk().c_str(), user.uid, user.gid) < 0)
        return failErrno(files.disk());
    return {};
}

Status resetRecord(const MachineFiles& files, const QemuUser& user)
{
    UniqueFd fd = TRY(openFile(files.record(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600));
    if (fchown(fd.get(), user.uid, user.gid) < 0)
        return failErrno(files.record());
    return {};
}

Status openWay(const Paths& paths, const MachineFiles& files, const std::string& baseDisk, const QemuUser& user)
{
    for (std::string directory : {paths.state, paths.instances(), files.directory})
        TRY(allowUser(directory, user.uid, 1));
    for (std::string at = baseDisk.substr(0, baseDisk.rfind('/')); at.starts_with(paths.state + "/");
         at = at.substr(0, at.rfind('/')))
        TRY(allowUser(at, user.uid, 1));
    for (const std::string& file : {baseDisk, files.kernel(), files.initrd()})
        TRY(allowUser(file, user.uid, 4));
    return {};
}

} // namespace diptych::machines
