// Disks of virtual machines that came from elsewhere, in a directory that libvirt knows as a storage pool: qcow2 files,
// and ISO files as they are. Whatever comes in is read by a qemu-img that sees nothing else (enclose.h), and written
// anew: no header of a stranger is ever opened by a machine's QEMU.
// Threads: any; each import works in a directory of its own.
#pragma once

#include "base/json.h"
#include "images/disk_formats.h"
#include "instances/driver.h"

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace diptych::images {

/// What libvirt calls the directory.
inline constexpr const char* kDiskPool = "diptych";

struct Disk
{
    std::string name, path;
    DiskFormat format = DiskFormat::Qcow2; ///< Qcow2 or Iso
    uint64_t capacity = 0;                 ///< bytes that a machine sees
    uint64_t allocation = 0;               ///< bytes on this host
    int64_t changedAt = 0;                 ///< Unix ms
};

/// By its first bytes.
Result<DiskKind> kindOf(const std::string& file);

/// A machine's disk as its domain names it. base: the raw file that a twin's overlay is of, or empty.
struct MachineDisk
{
    std::string path, format, base;
};

/// What came of a machine's archive.
struct ImportedMachine
{
    std::vector<Disk> disks;
    std::vector<std::optional<Disk>> drives; ///< for CDs, each with its medium or empty
};

struct OpenedAppliance;
struct OvfDrive;
struct OvfMedium;
struct OvfMachine;

/// What an archive of a machine says of it.
struct Appliance
{
    std::string name;
    unsigned cpus = 1;
    uint64_t memory = 0; ///< bytes
    std::string domainXml;
};

class Disks final
{
public:
    /// Both are made; staging is emptied, and lies on the same file system.
    Disks(std::string directory, std::string staging);

    [[nodiscard]] const std::string& directory() const { return m_directory; }
    [[nodiscard]] Result<std::vector<Disk>> list() const;
    [[nodiscard]] Result<Disk> find(const std::string& name) const;
    /// The path of a file to be written, alone in a directory of staging: import() reads it and removes the directory.
    [[nodiscard]] Result<std::string> temporaryFile() const;
    /// format: what somebody says that it is, against what its bytes say; empty: the bytes alone. name: of the disk; an
    /// OVA's second one is "<name>-2". Nothing is left of what fails.
    Result<std::vector<Disk>> import(const std::string& file, const std::string& name, std::optional<DiskFormat> format,
                                     Progress& progress) const;
    /// An OVA whose machine is made here too: its disks, those that begin empty too, in the order of the machine, named
    /// as by import(), and its CDs, "<name>-cd"; then make(). What fails, is cancelled, or ends with this process
    /// leaves none of them: see dropUnfinished().
    Result<Json> importMachine(const std::string& file, const std::string& name,
                               const std::function<Result<Json>(const ImportedMachine&)>& make, Progress& progress);
    /// Disks that an earlier process gave names to, and then ended before there was a machine. used: whether somebody
    /// has the file; an error leaves it for the next time.
    void dropUnfinished(const std::function<Result<bool>(const std::string& path)>& used);
    [[nodiscard]] Status remove(const std::string& name) const;

    /// A file in a directory of its own for the caller to remove: qcow2, raw, vmdk or vdi.
    Result<std::string> exportDisk(const MachineDisk& disk, DiskFormat format, Progress& progress) const;
    /// The same as an OVA (with a stream-optimized VMDK), or as a tar of the qcow2 disk and the domain's XML.
    Result<std::string> exportAppliance(const MachineDisk& disk, const Appliance& appliance, DiskFormat format,
                                        Progress& progress) const;

private:
    [[nodiscard]] std::string pathOf(const std::string& name, DiskFormat format) const;
    [[nodiscard]] Status checkFree(const std::string& name) const;
    Result<std::string> convertStranger(const std::string& work, const std::string& file, const DiskKind& kind,
                                        Progress& progress) const;
    Result<std::vector<Disk>> importAppliance(const std::string& file, const std::string& name,
                                              Progress& progress) const;
    Result<std::string> convertDrive(const OpenedAppliance& opened, const OvfDrive& drive, size_t index,
                                     Progress& progress) const;
    Result<std::string> takeMedium(const OpenedAppliance& opened, const OvfMedium& medium, size_t index,
                                   Progress& progress) const;
    struct Ready ///< to be named
    {
        std::string file, name;
        DiskFormat format = DiskFormat::Qcow2;
    };
    Result<std::vector<Disk>> keepAll(const std::vector<Ready>& ready) const;
    Result<std::vector<Ready>> convertMachine(const OpenedAppliance& opened, const OvfMachine& machine,
                                              const std::string& name, Progress& progress) const;
    [[nodiscard]] std::string notePath(const std::string& name) const { return m_notes + "/" + name; }
    Result<Disk> keep(const std::string& file, const std::string& name, DiskFormat format) const;

    std::string m_directory, m_staging, m_notes;
    std::mutex m_unfinishedLock;
    std::vector<std::string> m_unfinished; ///< names of notes that were there when this process began
};

} // namespace diptych::images
