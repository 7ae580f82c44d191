// What would keep a machine from moving to another libvirt, found out before anything is begun. Asks both; changes
// neither (but for having the target look again at its pools).
#pragma once

#include "machines/domain_read.h"
#include "machines/handles.h"

#include <pugixml.hpp>

namespace diptych::machines {

struct Hindrance
{
    std::string field;   ///< "to" "name" "id" ... or a device's key, "disk:vda"
    std::string message; ///< plain words
};

/// What becomes of a disk that it writes.
struct DiskMove
{
    enum class How { Copied, Flattened, Shared };
    std::string target, path;
    How how = How::Copied;
    uint64_t capacity = 0; ///< what the guest sees
    uint64_t bytes = 0;    ///< the most that it takes there
    bool safe = false;     ///< shared: proved to be one file, and no host keeps any of it to itself
};

/// One move as it is looked at.
struct Move
{
    ConnectRef source, target;
    DomainRef domain; ///< of the source
    pugi::xml_document document;
    DomainInfo info;
    bool live = false; ///< it runs, and would go on running there
    bool copy = false; ///< disks are copied, not shared
    std::vector<Hindrance> problems;
    std::vector<DiskMove> disks;

    [[nodiscard]] pugi::xml_node root() const { return document.child("domain"); }
    void add(std::string field, std::string message) { problems.push_back({std::move(field), std::move(message)}); }
};

/// Disks that travel when they are copied: those that it writes.
bool travels(const DiskInfo& disk);
/// The pool of the directory that the file is in, looked at again; null: there is none, or none that is active.
PoolRef poolOf(virConnectPtr connection, const std::string& path);
std::string fileName(const std::string& path);

/// The volume and those below it, by what the pools say of them; refused where one is in no pool.
Result<std::vector<VolumeRef>> knownVolumes(virConnectPtr connection, const std::string& path);
/// problems and disks; document and info must be what runs now, or what will start.
void findHindrances(Move& move);
/// Its part about disks (migration_disks.cpp).
void checkDisks(Move& move);

} // namespace diptych::machines
