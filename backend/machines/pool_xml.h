// Storage pools of what is there already: a file system on a disk, another host's directory, a volume group, an iSCSI
// target. Pure.
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace diptych::machines {

/// As org.diptych.Storage.PoolSource; what a type does not have is empty.
struct PoolSource
{
    std::string type, device, host, source;
};

/// Errors name "source.<field>" or "path"; the path must have been checked as a directory of the host.
Result<std::string> poolXml(const std::string& name, const PoolSource& source, const std::string& path);
/// The types that libvirt was built without are told with the reason. text: virConnectGetStoragePoolCapabilities.
struct PoolTypeOffer
{
    std::string type, reason;
};
Result<std::vector<PoolTypeOffer>> poolTypes(const std::string& text);

} // namespace diptych::machines
