// What a domain's XML says, ours or somebody else's.
#pragma once

#include "base/result.h"
#include "instances/instance.h"
#include "machines/installation.h"

#include <optional>
#include <string>
#include <vector>

namespace diptych::machines {

struct DiskInfo
{
    std::string target, path, format, backing, device; ///< device: "disk" "cdrom"; path empty: no medium or no file
    bool readOnly = false;
};

struct InterfaceInfo
{
    std::string mac, network, bridge, tap, model;
};

struct DomainInfo
{
    std::string title, description; ///< shortened
    std::string name, id, type;     ///< type: "kvm" "qemu"
    std::string machine, architecture, emulator, firmware, kernel;
    std::string label, securityModel;       ///< of the live domain
    uint64_t memory = 0, currentMemory = 0; ///< bytes
    unsigned maximumCpus = 0, cpus = 0;
    int64_t quota = -1; ///< µs per period, of all of QEMU
    uint64_t period = 0;
    std::vector<DiskInfo> disks;
    std::vector<InterfaceInfo> interfaces;
    std::vector<std::string> devices; ///< "disk virtio vda", "interface virtio", "rng virtio" ...
    std::string guestSocket, recordFile, consoleLog, console; ///< console: "/dev/pts/3" of the live domain
    std::optional<InstanceSpec> spec;                         ///< from our metadata
    std::optional<Installation> installation;                 ///< it is to be installed without questions
};

Result<DomainInfo> readDomain(const std::string& xml);
/// What can be told as a spec of a domain that we did not make.
InstanceSpec foreignSpec(const DomainInfo& domain);

} // namespace diptych::machines
