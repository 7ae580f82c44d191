// What an instance shares with this host and what is walled off, and how we know. Nothing here depends on the
// instance's kind: each row compares what the probe says from inside (guest/README.md) with what the host says about
// itself and about the instance (Driver::hostFacts). Pure functions but for identifyHost(); any thread.
#pragma once

#include "base/json.h"
#include "instances/instance.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace diptych::isolation {

/// What tells this host from any other, and its init from any other process.
struct HostIdentity
{
    std::string bootId;                            ///< /proc/sys/kernel/random/boot_id
    std::string release;                           ///< uname(2)
    std::string hostname;                          ///< of the host's UTS namespace
    std::map<std::string, std::string> namespaces; ///< "pid" -> "pid:[4026531836]", of PID 1, else of the helper itself
    std::string namespacesOf = "1";                ///< "1", or "self" where /proc/1/ns can't be read
    int cpus = 0;                                  ///< online
    uint64_t memory = 0;                           ///< bytes, MemTotal
    int capabilities = 0;                          ///< that this kernel knows
    std::string securityModules;                   ///< "capability,apparmor"; empty when it can't be read
};
/// Blocks for a few reads in /proc.
HostIdentity identifyHost();

/// One thing that was looked at. command can be copied and run on the host (as root); empty when only the inside can
/// say it.
struct Evidence
{
    std::string claim; ///< stable words: "boot id inside", "boot id of the host"
    std::string value;
    std::string source; ///< file or call
    std::string command;
};

/// How far apart, of one resource.
enum class Wall {
    NotMeasured = 0,
    Shared = 1,   ///< the same object that the host's own processes use
    Divided = 2,  ///< the host kernel's, seen through a namespace, a limit or a filter
    Emulated = 3, ///< emulated or paravirtual hardware in a process of the host, or a kernel in user space
    Own = 4,      ///< of another kernel behind the processor's or the device model's wall
};

struct Row
{
    std::string resource; ///< kernel processes files network users hostname memory cpu disk syscalls
                          ///< capabilities keys label devices clock
    Wall level = Wall::NotMeasured;
    std::string statement; ///< stable id of the sentence, for translation: "kernelShared", "netVeth" ...
    std::map<std::string, std::string> values; ///< fill the translated sentence: {"release": "6.1.0"}
    std::string text;                          ///< the sentence in English
    std::vector<Evidence> evidence;
};

/// Always the fifteen rows, in the order given above. probe may be null: rows that need it then are NotMeasured, with
/// statement "notMeasured" and the reason. hostFacts as Driver::hostFacts gives it; any part may be missing.
std::vector<Row> evidence(const Instance& instance, const Json* probe, const Json& hostFacts, const HostIdentity& host);

std::string_view toString(Wall level); ///< "notMeasured" "shared" "divided" "emulated" "own"
/// {"resource", "level": 0..4, "statement", "values", "text", "evidence": [{"claim", "value", "source", "command"}]}
Json toJson(const Row& row);
Json toJson(const HostIdentity& host);

} // namespace diptych::isolation
