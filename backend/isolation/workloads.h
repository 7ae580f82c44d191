// What runs isolated or limited on this machine though nobody told us: found by control groups and namespaces.
#pragma once

#include "isolation/resources.h"

#include <set>

namespace diptych::isolation {

struct Workload
{
    int pid = 0; ///< its first process
    uint64_t startTime = 0;
    std::string maker;      ///< "podman" "docker" "containerd" "crio" "kubernetes" "lxc" "nspawn" "flatpak" "libvirt"
                            ///< "bwrap" "unshare" "qemu" "service" "scope", or "namespaces": nobody known
    std::string name, form; ///< form: "container" "machine" "sandbox" "service"
    std::string command;
    uint64_t uid = 0;
    std::string group;                   ///< of it alone; empty where it shares one with others
    std::vector<std::string> namespaces; ///< of its first process, those that are not the host's
    std::vector<int> processes;
    double cpus = 0; ///< limits of its own group, 0: none
    uint64_t memoryLimit = 0, pidsLimit = 0, memory = 0;
    int64_t startedAt = 0; ///< Unix ms
};

/// ours: control groups of instances, which are passed over with all below them; oursPids: their processes. Reads some
/// ten files of each process of the machine. Blocks.
std::vector<Workload> findWorkloads(const HostIdentity& host, const ResourceSources& sources,
                                    const std::set<std::string>& ours = {}, const std::set<int>& oursPids = {});

/// "pid:PID:START": tells a workload from a later one of the same number.
std::string idOf(const Workload& workload);
/// What diptych-guest would say as far as /proc shows it from outside, in its shape; nothing is read through the
/// process's root, where others may have put what they like.
Json outsideProbe(const Workload& workload, const HostIdentity& host, const ResourceSources& sources);
/// As Driver::hostFacts. Of a bare QEMU also "domain", from its command line.
Json outsideFacts(const Workload& workload, const ResourceSources& sources);

} // namespace diptych::isolation
