// All control groups of the machine, whoever made them, over all hierarchies at once.
#pragma once

#include "cgroups/cgroup.h"

namespace diptych::cgroups {

/// PSI of a group: percent of the last ten seconds in which some (full: all) of its tasks waited. v2 only.
struct Pressure
{
    double cpuSome = 0, memorySome = 0, memoryFull = 0, ioSome = 0;
};

struct Node
{
    std::string path; ///< "/" is the root of the hierarchies (of our own cgroup namespace)
    Statistics statistics;
    double cpus = 0;        ///< cpu.max or cfs_quota_us as cores, 0: no limit
    uint64_t cpuWeight = 0; ///< 1..10000 as v2 counts; 0: no cpu controller here
    unsigned processes = 0; ///< directly in it; those of other pid namespaces count too
    bool frozen = false;    ///< by itself or by a group above it
    std::optional<Pressure> pressure;
    std::vector<std::string> controllers; ///< that this group has files of, sorted
};

/// Parents before children, sorted by path, at most limit groups: TooMany would hide the rest, so more set is told.
struct Tree
{
    std::vector<Node> nodes;
    bool more = false;
};

/// Blocks: some 20 files for each group. Groups that go meanwhile are left out.
Result<Tree> readTree(const Hierarchies& hierarchies, size_t limit = 10000);

/// Whose work a group is, told from its path alone: the names that systemd, libvirt and the container engines give.
struct Owner
{
    /// "root", "slice", "service", "scope", "session", "diptych", "libvirt", "podman", "docker", "containerd", "crio",
    /// "kubernetes", "lxc", "nspawn", "flatpak", "other"
    std::string maker;
    std::string name; ///< for people: "ssh" for ssh.service, twelve digits of a container's id, a machine's name
};
Owner ownerOf(std::string_view path);

} // namespace diptych::cgroups
