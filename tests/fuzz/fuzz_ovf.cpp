// libFuzzer target: an OVF descriptor and a manifest that anybody wrote. What is taken keeps within its bounds, and
// every refusal says what it is about.
#include "images/disk_formats.h"
#include "images/ovf_manifest.h"
#include "images/ovf_read.h"

#include <cstdlib>

namespace {

using namespace diptych::images;

void demand(bool what)
{
    if (!what)
        abort();
}

void checkMachine(const OvfMachine& machine)
{
    demand(machine.cpus >= 1 && machine.cpus <= 1024);
    demand(machine.memory <= uint64_t{1} << 46);
    demand(!machine.disks.empty() && machine.disks.size() <= kMostOvfDisks);
    demand(machine.cards.size() <= kMostOvfCards && machine.media.size() <= kMostOvfMedia);
    for (const OvfCard& card : machine.cards)
        demand(card.mac.empty() || card.mac.size() == 17);
    std::map<std::string, uint64_t> present;
    for (const OvfFile& file : machine.files) {
        demand(!file.name.empty() && file.name.front() != '/');
        demand(("/" + file.name + "/").find("/../") == std::string::npos);
        present[file.name] = file.size.value_or(1);
    }
    for (const OvfDrive& disk : machine.disks) {
        demand(!disk.file.empty() || disk.capacity.has_value());
        demand(!disk.capacity || (*disk.capacity > 0 && *disk.capacity <= kLargestDisk));
        demand(disk.file.empty() || present.contains(disk.file));
    }
    for (const OvfMedium& medium : machine.media)
        demand(medium.file.empty() || present.contains(medium.file));
    (void)checkOvfFiles(machine, present);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (auto machine = readOvf(text))
        checkMachine(*machine);
    else
        demand(!machine.error().message.empty());
    (void)ovfDrives(text);
    (void)ovfUnit(text);
    (void)osinfoOfWord(text);
    if (auto digests = readManifest(text))
        for (const OvfDigest& digest : *digests)
            demand(digest.hex.size() >= 40);
    return 0;
}
