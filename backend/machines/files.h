// A machine's own files, <state>/instances/<id>/: machine.json (what libvirt does not keep), disk.qcow2, vmlinuz,
// initrd.img, config.json, record.jsonl, console.log, timeline.json. README.md says who owns which, and why.
#pragma once

#include "base/json.h"
#include "images/images.h"
#include "instances/driver.h"
#include "instances/paths.h"
#include "machines/host.h"
#include "machines/network.h"

#include <optional>
#include <string>

namespace diptych::machines {

struct MachineFiles
{
    explicit MachineFiles(const std::string& directoryPath) : directory(directoryPath) {}
    std::string directory;
    [[nodiscard]] std::string state() const { return directory + "/machine.json"; }
    [[nodiscard]] std::string making() const
    {
        return directory + "/machine.making";
    } ///< there while create() is at work
    [[nodiscard]] std::string disk() const { return directory + "/disk.qcow2"; }
    [[nodiscard]] std::string kernel() const { return directory + "/vmlinuz"; }
    [[nodiscard]] std::string initrd() const { return directory + "/initrd.img"; }
    [[nodiscard]] std::string config() const { return directory + "/config.json"; }
    [[nodiscard]] std::string record() const { return directory + "/record.jsonl"; }
    [[nodiscard]] std::string console() const { return directory + "/console.log"; }
    [[nodiscard]] std::string timeline() const { return directory + "/timeline.json"; }
};

/// machine.json
struct MachineState
{
    InstanceSpec spec;
    std::string baseDisk, mac, address, network;
    uint64_t initramfsSize = 0;                           ///< bytes of initrd.img before config's archive
    int64_t createdAt = 0, startedAt = 0, finishedAt = 0; ///< Unix ms
    int64_t click = 0, createBegin = 0, createEnd = 0;    ///< of the last start, CLOCK_MONOTONIC ns
    std::optional<int> exitCode;
    std::string problem;
};
Status writeState(const MachineFiles& files, const MachineState& state);
Result<MachineState> readState(const MachineFiles& files);

/// config.json for diptych-guest, guest/README.md.
Json guestConfig(const InstanceSpec& spec, const images::Process& process, const Address& address);
/// initrd.img: the first size bytes of base, and config in an archive behind them.
Status writeInitrd(const MachineFiles& files, const std::string& base, uint64_t size, const Json& config);
/// A kernel that stays the same when the host's is replaced: a hard link to a copy below <state>/kernels.
Status linkKernel(const Paths& paths, const MachineFiles& files, const images::Kernel& kernel);
Status createOverlay(const MachineFiles& files, const std::string& baseDisk, const QemuUser& user, Progress& progress);
/// An empty record that QEMU may append to.
Status resetRecord(const MachineFiles& files, const QemuUser& user);
/// Lets QEMU's user through the closed directories above its files, and read those that it shares with other machines.
Status openWay(const Paths& paths, const MachineFiles& files, const std::string& baseDisk, const QemuUser& user);

} // namespace diptych::machines
