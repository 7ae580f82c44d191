// The domain of a virtual machine of one's own choosing: not a twin, but one that boots from its disk or from a medium.
// Typed in, text out.
#pragma once

#include "machines/domain_devices.h"
#include "machines/installation.h"

#include <optional>

namespace diptych::machines {

struct MachinePlan
{
    std::string name, id;
    bool kvm = false;
    std::string architecture = "x86_64";
    unsigned vcpus = 1;
    uint64_t memory = 0; ///< bytes
    enum class Firmware { Bios, Uefi, SecureUefi } firmware = Firmware::Bios;
    bool tpm = false;
    bool clipboard = false; ///< a channel for what is copied inside or outside
    bool modern = true;     ///< virtio; false: what systems know without drivers (SATA, e1000e)
    DiskSource disk;
    std::vector<DiskSource> moreDisks;             ///< booted from after it
    std::vector<std::string> moreNetworks;         ///< a card each
    std::optional<DiskSource> medium, seed;        ///< booted first while it is there; read by cloud-init
    std::vector<std::optional<DiskSource>> drives; ///< more for CDs, each with a medium or empty
    std::string network;                           ///< empty: none
    std::vector<std::string> macs; ///< of network's card, then of the others; missing or empty: libvirt chooses
    bool networkBoot = false;      ///< tried after disk and medium
    std::string system;            ///< libosinfo's id, for whoever looks; empty: not known
    std::optional<Installation> installation;
    bool keepsLog = false; ///< what comes out of its serial line, by this host's virtlogd
    bool displayListens =
        false; ///< on an address of its host, for who comes by ssh; else nobody but libvirt reaches it
};

std::string machineXml(const MachinePlan& plan);
/// Where libvirt's own logs of machines are.
constexpr const char* logDirectory = "/var/log/libvirt/qemu";
/// Where that lies: there, by the machine's UUID, which no other name ever takes.
std::string serialLog(const std::string& id);

} // namespace diptych::machines
