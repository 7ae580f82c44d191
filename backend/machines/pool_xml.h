// Storage pools other than directories: a file system on a disk, another host's directory, a volume group, an iSCSI
// target, a disk with partitions. Pure.
#pragma once

#include "base/result.h"

#include <pugixml.hpp>
#include <string>
#include <vector>

namespace diptych::machines {

/// As org.diptych.Storage.PoolSource; what a type does not have is empty.
struct PoolSource
{
    std::string type, device = {}, host = {}, source = {}, format = {}, initiator = {}, user = {};
    std::string secret = {};  ///< libvirt's usage name of the password
    bool build = false;       ///< what it is of is made
    int64_t port = 0;         ///< 0: the usual one
    std::string version = {}; ///< of NFS
};

/// A name or an address, and nothing that a program could take for an option.
Status checkServerName(const std::string& host, const char* field);
/// 0: the usual one.
Status checkPort(int64_t port, const char* field);
/// Errors name "source.<field>" or "path"; the path must have been checked as a directory of the host.
Result<std::string> poolXml(const std::string& name, const PoolSource& source, const std::string& path);
/// What a pool is of, from libvirt's XML: "host:/directory", a device, a group, an IQN; empty for a directory.
std::string sourceText(pugi::xml_node pool);
/// libvirt's words about a pool that can't be built or started, as an error of the parameter that they are about.
Error poolFault(const PoolSource& source, bool building, const std::string& words);
/// The types that libvirt was built without are told with the reason. text: virConnectGetStoragePoolCapabilities.
struct PoolTypeOffer
{
    std::string type, reason;
};
Result<std::vector<PoolTypeOffer>> poolTypes(const std::string& text);

} // namespace diptych::machines
