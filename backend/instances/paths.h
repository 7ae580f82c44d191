// Where everything lives. The daemon fills it from its command line; tests give it a directory of their own.
#pragma once

#include <string>

namespace diptych {

struct Paths
{
    std::string state = "/var/lib/diptych"; ///< 0700 root: images/ instances/<id>/ kernels/ activity.sqlite
    std::string run = "/run/diptych";       ///< 0755: diptych.sock; 0700 below: runtime/ (diptych-run --root)
    std::string runtime = "/usr/libexec/diptych/diptych-run";
    std::string guest = "/usr/libexec/diptych/diptych-guest";
    std::string data = "/usr/share/diptych";               ///< seccomp.json and other resources the helper reads
    std::string cgroup = "/diptych";                       ///< parent of all our groups
    std::string disks = "/var/lib/libvirt/images/diptych"; ///< imported disks: QEMU's user must get there
    std::string libvirtUri = "qemu:///system";

    [[nodiscard]] std::string images() const { return state + "/images"; }
    [[nodiscard]] std::string instance(const std::string& id) const { return state + "/instances/" + id; }
    [[nodiscard]] std::string instances() const { return state + "/instances"; }
    [[nodiscard]] std::string kernels() const { return state + "/kernels"; }
    [[nodiscard]] std::string trash() const { return state + "/trash"; }
    [[nodiscard]] std::string runtimeRoot() const { return run + "/runtime"; }
    [[nodiscard]] std::string socket() const { return run + "/diptych.sock"; }
};

} // namespace diptych
