// The domain XML of a twin machine. Typed in, text out: what is not a field here (command lines, emulators, loaders,
// host devices, raw XML) can't get into a domain of ours.
#pragma once

#include "base/result.h"
#include "instances/instance.h"

#include <cstdint>
#include <string>

namespace diptych::machines {

/// XML namespace of our metadata element.
inline constexpr const char* metadataUri = "https://diptych.example/xmlns/instance/1";
inline constexpr const char* metadataPrefix = "diptych";
/// Scheduler period, µs.
inline constexpr uint64_t cpuPeriod = 100000;
/// RAM when the limits name none: a machine can't have "all".
inline constexpr uint64_t defaultMemory = uint64_t{512} << 20;

struct DomainPlan
{
    std::string id;
    InstanceSpec spec;
    bool kvm = false;
    std::string architecture = "x86_64";
    unsigned maximumCpus = 1;                                       ///< vCPUs that can be plugged in while it runs
    std::string kernel, initrd, disk, baseDisk, record, consoleLog; ///< absolute paths
    std::string mac, network;                                       ///< network empty: no card
    std::string hostFile;                                           ///< a second disk, read-only
    std::string title;         ///< a throw-away copy's: it has this instead of our metadata, and is nobody's instance
    std::string qemuLabel;     ///< "+uid:+gid"
    std::string emulator;      ///< empty: libvirt's choice
    bool fewQuestions = false; ///< libvirt knows how to start it with fewer questions to QEMU (x86, libvirt 6)
};

std::string domainXml(const DomainPlan& plan);
/// Our metadata element alone, for virDomainSetMetadata().
std::string metadataXml(const InstanceSpec& spec);
/// vCPUs for a limit: ceil(cpus), maximum when there is none.
unsigned vcpusFor(double cpus, unsigned maximum);
/// µs per cpuPeriod for all threads of QEMU together; -1 no limit.
int64_t quotaFor(double cpus);
/// bytes, never 0
uint64_t memoryFor(const Limits& limits);

} // namespace diptych::machines
