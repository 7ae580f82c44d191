// What the helper remembers of a container: <state>/instances/<id>/instance.json, written beside and renamed.
#pragma once

#include "images/images.h"
#include "instances/instance.h"

#include <string>
#include <vector>

namespace diptych::containers {

/// Where it sits on a libvirt network. Empty address: no network of its own, or not reserved yet.
struct Link
{
    std::string network, mac, address, gateway, bridge;
    unsigned prefix = 24;
};

struct Record
{
    std::string id;
    InstanceSpec spec;
    bool creating = false; ///< create() is under way, or was cut off: list() clears it away
    int64_t createdAt = 0; ///< Unix ms
    uint32_t idBase = 0;   ///< host uid and gid of the container's 0; idCount follow
    images::Process process;
    std::vector<std::string> lower; ///< overlay, top first; empty: rootfs/ is a file system of its own
    Link link;
    bool running = false; ///< was started and its end has not been recorded yet
    int64_t startedAt = 0, finishedAt = 0, startNanoseconds = 0;
    std::optional<int> exitCode;
    bool oomKilled = false;
    std::string problem;
};

constexpr uint32_t idCount = 65536;
/// Above what systemd hands out dynamically (to 1879048191) and below the sign bit: "unused" in systemd's UIDS-GIDS.md.
constexpr uint32_t firstIdBase = 1879048192;
constexpr uint32_t lastIdBase = 2147483647 - idCount + 1;

/// The lowest range that is neither in taken nor in /etc/subuid or /etc/subgid (there a user may be mapped).
Result<uint32_t> freeIdBase(const std::vector<uint32_t>& taken, const std::string& subuid = "/etc/subuid",
                            const std::string& subgid = "/etc/subgid");

/// directory: <state>/instances/<id>
Status saveRecord(const std::string& directory, const Record& record);
Result<Record> loadRecord(const std::string& directory);

} // namespace diptych::containers
