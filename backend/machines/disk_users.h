// Who needs which file: disks of all domains, and what those are built upon. Nothing that is needed by somebody else is
// ever deleted; who can't be asked counts as somebody who needs it.
#pragma once

#include "machines/handles.h"

#include <map>
#include <set>

namespace diptych::machines {

/// The file and those below it, by what the qcow2 headers say; every format is told, none is guessed from content.
Result<std::vector<std::string>> backingChain(const std::string& path, const std::string& format);

/// path -> "domain web", "snapshot before of web" or "volume images/clone.qcow2". except: the UUID of a domain that
/// does not count, nor what its own disks are built upon. volumes false: domains only.
using Users = std::map<std::string, std::set<std::string>>;
/// Of this file, or of this block device by whatever link either of the two names it (/dev/vg/lv, /dev/mapper/vg-lv).
std::set<std::string> usersOf(const Users& users, const std::string& path);
/// How what is below a disk is found out: by reading its header, or on another host by what libvirt says of volumes.
/// unknown: what libvirt does not tell either, as a sentence each; may need anything.
struct Headers
{
    bool byLibvirt = false;
    std::vector<std::string> unknown = {};
};
Result<Users> usersOfFiles(virConnectPtr connection, const std::string& except, bool volumes = true);
Result<Users> usersOfFiles(virConnectPtr connection, const std::string& except, bool volumes, Headers& headers);
/// Disks of the domains that run, themselves only: who loses them when they go now.
Result<Users> usersOfRunning(virConnectPtr connection);

} // namespace diptych::machines
