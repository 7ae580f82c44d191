#include "machines/driver.h"

#include "base/files.h"
#include "base/log.h"
#include "base/names.h"
#include "machines/disk_users.h"
#include "machines/machine_xml.h"
#include "machines/network.h"
#include "machines/snapshot_pictures.h"

#include <sys/stat.h>
#include <unistd.h>

namespace diptych::machines {

/// Writable disks in files that nobody else needs, neither as a disk nor as what another disk is built upon.
std::vector<std::string> MachineDriver::ownDisks(virConnectPtr connection, const Seen& seen)
{
    std::set<std::string> paths;
    for (const DiskInfo& disk : seen.info.disks) {
        struct stat status
        {
        };
        if (disk.device == "disk" && !disk.readOnly && lstat(disk.path.c_str(), &status) == 0 &&
            S_ISREG(status.st_mode))
            paths.insert(disk.path);
    }
    auto users = usersOfFiles(connection, seen.info.id);
    if (!users) {
        logf(Level::Warning, "the disks of {} stay: {}", seen.info.name, users.error().message);
        return {}; // can't know: none is its alone
    }
    for (const auto& [path, who] : *users)
        paths.erase(path);
    return {paths.begin(), paths.end()};
}

Result<std::pair<std::vector<std::string>, std::vector<std::string>>> MachineDriver::removalPlan(const std::string& id)
{
    TRY(checkId(id));
    std::vector<std::string> deleted, kept;
    auto seen = look(id);
    std::string own = filesOf(id).directory;
    if (exists(filesOf(id).state())) {
        deleted.push_back(own);
        if (auto state = readState(filesOf(id)))
            kept.push_back(state->baseDisk);
        return std::pair(deleted, kept);
    }
    if (!seen)
        return tl::unexpected<Error>(std::move(seen).error());
    // Of a domain of somebody else only the definition goes, unless its disks are ticked.
    for (const DiskInfo& disk : seen->info.disks) {
        if (!disk.path.empty())
            kept.push_back(disk.path);
    }
    return std::pair(deleted, kept);
}

Status MachineDriver::remove(const std::string& id, bool deleteDisk)
{
    TRY(checkId(id));
    MachineFiles files = filesOf(id);
    ConnectRef connection = TRY(m_act->get());
    auto seen = look(id);
    if (!seen && (seen.error().code != Code::NotFound || !exists(files.state())))
        return tl::unexpected<Error>(std::move(seen).error());
    std::vector<std::string> disks;
    if (seen) {
        if (seen->active)
            return fail(Code::WrongState, fmt::format("{} runs: stop it first", seen->info.name));
        if (!seen->kept && deleteDisk)
            disks = ownDisks(connection.get(), *seen);
        unsigned flags = VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA |
                         VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA;
        // The firmware's variables are part of what a disk is.
        bool variables = seen->kept || deleteDisk;
        flags |= variables ? VIR_DOMAIN_UNDEFINE_NVRAM : VIR_DOMAIN_UNDEFINE_KEEP_NVRAM;
        if (virDomainUndefineFlags(seen->domain.get(), flags) < 0)
            return failLibvirt(fmt::format("undefine {}", seen->info.name));
        unlink(serialLog(id).c_str()); // of one that we made
        if (seen->info.installation)
            deleteInstaller(connection.get(), *seen->info.installation);
    }
    for (const std::string& disk : disks) {
        if (unlink(disk.c_str()) < 0)
            return failErrno(disk);
    }
    if (auto state = readState(files); state || exists(files.state())) {
        if (state)
            if (auto released = releaseAddress(connection.get(), state->network, state->mac); !released)
                logf(Level::Warning, "machine {}: {}", id, released.error().message);
        TRY(removeTreeByTrash(files.directory, m_paths.trash()));
    }
    if (Status gone = forgetPictures(m_paths, id); !gone)
        logf(Level::Warning, "machine {}: {}", id, gone.error().message);
    m_records->forget(id);
    m_sizes->forget(id);
    {
        std::lock_guard lock(m_mutex);
        m_live.erase(id);
    }
    changed(id);
    return {};
}

} // namespace diptych::machines
