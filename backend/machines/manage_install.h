// An installation without questions, prepared: what its first start needs, as volumes beside the machine's disk.
#pragma once

#include "instances/driver.h"
#include "machines/install_scripts.h"
#include "machines/installation.h"
#include "machines/volumes.h"

#include <optional>

namespace diptych::machines {

struct InstallOrder
{
    std::string name;         ///< of the machine
    std::string system;       ///< libosinfo's id
    std::string pool, volume; ///< the medium
    std::string diskPool;
    std::string firmware; ///< "bios" "uefi" "secureUefi"
    bool network = false, tpm = false;
    InstallAnswers answers;
};
struct Prepared
{
    std::optional<Installation> installation; ///< Carrier::Initrd and Seed
    std::optional<DiskSource> medium;         ///< Carrier::Medium
};
/// Errors name the fields of org.diptych.Machines.Create. What was made goes with undo.
Result<Prepared> prepareInstallation(virConnectPtr connection, const InstallOrder& order, Undo& undo,
                                     Progress& progress);
/// A new volume of these bytes; raw.
Result<DiskSource> storeBytes(virConnectPtr connection, const std::string& pool, const std::string& stem,
                              const std::string& suffix, const std::string& bytes, Undo& undo);

} // namespace diptych::machines
