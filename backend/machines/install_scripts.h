// What libosinfo knows of installing a system without questions: which ways there are, and the files that answer for
// the person. The scripts are the database's; any thread, but never the daemon's loop.
#pragma once

#include "machines/iso_files.h"

#include <map>
#include <vector>

namespace diptych::machines {

/// How a script gets to the installer.
enum class Carrier {
    Initrd, ///< in the root of its initial file system: its kernel is started directly, with a command line
    Seed,   ///< on a CD-ROM "CIDATA" that goes with the installer; its kernel is started directly
    Medium  ///< in the root of a second CD-ROM, where it looks by itself
};
/// A kind of installation: "jeos" (no more than it takes), "desktop", "server".
struct InstallProfile
{
    std::string name;
    Carrier carrier = Carrier::Initrd;
    bool needsInternet = false;
    std::string keyFormat; ///< of a product key, "$" for each character; empty: none is asked for
    std::vector<std::string> firmwares = {"bios", "uefi"}; ///< that it can be started with
};
/// Where a medium has the installer's kernel and initial file system.
using KernelPaths = std::pair<std::string, std::string>;

struct InstallOffer
{
    std::vector<InstallProfile> profiles;
    std::string reason;               ///< why there are none
    std::vector<KernelPaths> kernels; ///< to be looked for, in this order
};
/// system: libosinfo's id. label: of the medium; what the database says of that very medium comes first.
Result<InstallOffer> installOffer(const std::string& system, const IsoLabel& label);

struct InstallAnswers
{
    std::string profile, hostname, user, fullName, password;
    std::string language, timezone; ///< "de_DE", "Europe/Berlin"
    std::string keyboard;           ///< X11's layout, "de"; empty: the language's
    std::string productKey;
    bool virtio = true; ///< the disk is /dev/vda, else /dev/sda
    bool uefi = false;
};
/// Errors name the fields "unattended.user" ...
Status checkAnswers(const InstallAnswers& answers, const InstallProfile& profile);

struct InstallFiles
{
    std::map<std::string, std::string> files; ///< name -> content; passwords in plain text
    std::string commandLine;                  ///< Carrier::Initrd and Seed
};
Result<InstallFiles> installFiles(const std::string& system, const IsoLabel& label, const InstallProfile& profile,
                                  const InstallAnswers& answers);

} // namespace diptych::machines
