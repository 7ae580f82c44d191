// The devices of a domain as properties, and changes of them in its XML. Pure: works on a parsed document, anybody's.
// Only the properties of the table in domain_devices.cpp can be set, each to a word from its list or a checked number:
// paths of the host, emulators, command lines and host devices can't be said here. What is not named stays as it was.
#pragma once

#include "base/result.h"

#include <map>
#include <pugixml.hpp>
#include <string>
#include <vector>

namespace diptych::machines {

using Properties = std::map<std::string, std::string>;

struct Device
{
    /// "disk:vda" "interface:52:54:00:11:22:33" "filesystem:data" "hostdev:0x1d6b:0x0002" "controller:scsi:0" "rng:0":
    /// the same in the live document and in the next.
    std::string key;
    std::string type;      ///< name of the element
    Properties properties; ///< those that are there; a disk's "source" is its path, "format" its type
};

std::vector<Device> devicesOf(pugi::xml_node domain);
/// A disk name of this bus that none of the documents has; empty when all are taken.
std::string freeTarget(const std::vector<pugi::xml_node>& domains, std::string_view bus);
/// Null when there is none.
pugi::xml_node findDevice(pugi::xml_node domain, const std::string& key);
std::string keyOf(pugi::xml_node device);

/// Where a disk's content is, or what is written to a serial port; made by whoever may name paths.
struct DiskSource
{
    std::string path, format;
    bool block = false;
};

/// A number that no controller of this kind has in any of the documents.
std::string freeController(const std::vector<pugi::xml_node>& domains, const std::string& kind);

/// type: disk, interface, graphics, video, rng, tpm, watchdog, sound, input, serial, controller... The new element; a
/// disk gets the first free name of its bus, an interface the address that is given ("mac") or libvirt's. properties:
/// as in Device, without source and format. Errors name "properties.<name>".
Result<pugi::xml_node> addDevice(pugi::xml_node domain, const std::string& type, const Properties& properties,
                                 const DiskSource* source = nullptr);
/// A network card on a bridge or an interface of the host, which whoever calls decided that it may have. mode: of
/// macvtap ("direct").
pugi::xml_node addHostCard(pugi::xml_node domain, const std::string& kind, const std::string& device,
                           const std::string& mode, const std::string& model, const std::string& mac);
/// Empty values are taken away. source null: as it was; a path that is empty: ejected (removable media only).
Status changeDevice(pugi::xml_node domain, const std::string& key, const Properties& properties,
                    const DiskSource* source = nullptr);
Status removeDevice(pugi::xml_node domain, const std::string& key);

/// Of the whole: what it starts with, and what it can get while it runs. A topology that no longer fits goes.
Status setVcpus(pugi::xml_node domain, unsigned current, unsigned maximum);
Status setMemory(pugi::xml_node domain, uint64_t current, uint64_t maximum); ///< bytes
/// Keys of disks and interfaces, first tried first; all others are not booted from.
Status setBoot(pugi::xml_node domain, const std::vector<std::string>& keys);
std::vector<std::string> bootOf(pugi::xml_node domain);
/// The firmware's own, for a few seconds before it boots.
void setBootMenu(pugi::xml_node domain, bool on);
bool hasBootMenu(pugi::xml_node domain);

} // namespace diptych::machines
