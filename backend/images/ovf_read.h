// What an OVF descriptor says of a machine (DMTF DSP0243, 0.9 to 2.1, and what oVirt and virt-v2v make of it). Pure:
// text in, values out. It was written by a stranger: sizes, numbers of things and units have bounds, and every error
// names the element that is to blame.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diptych::images {

constexpr size_t kLargestDescriptor = size_t{4} << 20;
constexpr size_t kMostOvfDisks = 16, kMostOvfCards = 16, kMostOvfMedia = 4, kMostOvfItems = 1000;

struct OvfFile
{
    std::string name;             ///< in the archive; never a path
    std::optional<uint64_t> size; ///< what is said of it
    bool gzip = false;
};

struct OvfDrive
{
    std::string id, file;             ///< file empty: a disk that begins empty
    std::optional<uint64_t> capacity; ///< bytes that the machine sees
    std::string bus, controller;      ///< "ide" "scsi" "sata" "nvme" "virtio" or empty; "lsilogic" as it is written
    bool gzip = false;
};

struct OvfCard
{
    std::string network, model; ///< as they are called there
    std::string mac;            ///< "52:54:00:12:34:56", one that a card may have; or empty
};

/// A CD drive with what is in it.
struct OvfMedium
{
    std::string file; ///< empty: nothing
    bool gzip = false;
};

/// What is in it and can't be carried over.
struct OvfLeft
{
    /// Devices: "sound" "floppy" "optical" (of more drives than are taken) "serial" "parallel" "controller" "other".
    /// "configurations": those not taken; "unattached": a disk that the machine does not have; "properties": what
    /// somebody should say at the first start; "file": one that is no disk; "signature": nobody looked at it.
    std::string kind;
    std::string name; ///< as it is called there; may be empty
};

struct OvfMachine
{
    std::string name, product, vendor, version, annotation;
    std::vector<std::string> licences;
    std::string system, systemText; ///< libosinfo's id, or empty; as it is called there
    enum class Firmware { Bios, Uefi, SecureUefi } firmware = Firmware::Bios;
    bool tpm = false;
    unsigned cpus = 1;
    uint64_t memory = 0; ///< bytes; 0: it does not say
    std::vector<OvfDrive> disks;
    std::vector<OvfCard> cards;
    std::vector<OvfMedium> media;
    std::vector<OvfLeft> left;
    std::vector<OvfFile> files; ///< all that it refers to
};

/// Of several machines in one archive NotSupported: a machine is taken, not a data centre.
Result<OvfMachine> readOvf(std::string_view xml);

/// All disks of the DiskSection that have a file, whoever has them.
Result<std::vector<OvfDrive>> ovfDrives(std::string_view xml);

/// present: names and sizes of what is there. Each file of a disk or a CD drive has to be, with the size that is said
/// of it.
Status checkOvfFiles(const OvfMachine& machine, const std::map<std::string, uint64_t>& present);

/// "byte * 2^20", "MegaBytes", "GB" ...: how many bytes; absent when that is none of them.
std::optional<uint64_t> ovfUnit(std::string_view unit);

/// libosinfo's id for what VMware, VirtualBox and oVirt call a system ("debian11_64Guest", "Debian11_64", "rhel_8x64"),
/// or for a CIM OSType with its version; empty where nothing is meant without a doubt.
std::string osinfoOfWord(std::string_view word);
std::string osinfoOfCim(unsigned type, std::string_view version);

} // namespace diptych::images
