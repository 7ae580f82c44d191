// Where an instance's memory is, and which limit really binds it: figures and bounds, each with how we know.
//
// Memory is told in bars whose parts add up: "charged" (what its control group counts), "resident" (what its processes
// have mapped, shared pages by their share), and for another kernel "guest" (what that kernel does with its memory).
// A part's part is the bar's name; a bar is the figure of that name.
#pragma once

#include "cgroups/cgroup.h"
#include "isolation/evidence.h"

namespace diptych::isolation {

struct Figure
{
    /// "limit" "believed"; "charged" of "anonymous" "fileCache" "sharedMemory" "kernelMemory" "difference"; "resident"
    /// of "unique" "sharedPart", or "guestMemory" "hypervisor"; "rss" "swap" "ksm"; "guest" of "guestUsed"
    /// "guestCache" "guestFree" "guestKernel" "balloon"
    std::string name;
    std::string part;             ///< the bar it is a part of, or empty
    std::optional<int64_t> bytes; ///< nothing: not known, the row says why. "difference" may be below 0
    Row row;                      ///< sentence and evidence; its resource is the name
};

struct Resources
{
    std::vector<Figure> figures;
    std::vector<Row> bounds; ///< resource "memoryBound" "cpuBound" "pidsBound"; the evidence is the way up to the root
};

/// Where to look; tests give directories of their own.
struct ResourceSources
{
    std::string proc = "/proc";
    cgroups::Hierarchies hierarchies;
    std::string root{}; ///< in front of the paths of other engines' files
};

/// probe and hostFacts as for evidence(). Blocks: reads the maps of every process in the instance's control group.
Resources resources(const Instance& instance, const Json* probe, const Json& hostFacts, const HostIdentity& host,
                    const ResourceSources& sources);
/// {"figures": [{"name", "part", "bytes", "statement", "values", "text", "evidence"}], "bounds": [row]}
Json toJson(const Resources& resources);

} // namespace diptych::isolation
