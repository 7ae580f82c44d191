// libFuzzer target: a domain's XML that anybody wrote. Written and read again it is the same; what a change sets and
// takes away again leaves no trace; nobody crashes on what libvirt would never say.
#include "machines/device_fields.h"
#include "machines/domain_edit.h"
#include "machines/domain_read.h"
#include "machines/host_devices.h"
#include "machines/systems.h"
#include "machines/xml.h"

#include <cstdlib>

namespace {

using namespace diptych::machines;

void demand(bool what)
{
    if (!what)
        abort();
}

/// Properties set and taken away again, on a device that has none of them.
void leavesNoTrace(pugi::xml_node domain, const std::string& key, const Properties& set, const char* element)
{
    if (!changeDevice(domain, key, {}) ||
        findDevice(domain, key).child(element)) // which may move it to its bus's names
        return;
    std::string before = writeXml(domain);
    Properties unset = set;
    for (auto& [name, value] : unset)
        value.clear();
    if (!changeDevice(domain, key, set))
        return;
    demand(writeXml(domain) != before);
    demand(changeDevice(domain, key, unset).has_value());
    demand(writeXml(domain) == before);
}

void change(pugi::xml_node domain)
{
    for (const Device& device : devicesOf(domain)) {
        // Several may have one name in a document that libvirt would refuse.
        pugi::xml_node found = findDevice(domain, device.key);
        if (!found || device.type != found.name())
            continue;
        if (device.type == "disk")
            leavesNoTrace(domain, device.key, {{"readBytes", "1"}, {"writeOperations", "2"}}, "iotune");
        if (device.type == "interface")
            leavesNoTrace(domain, device.key, {{"inboundAverage", "1"}, {"outboundAverage", "2"}}, "bandwidth");
    }
    (void)bootOf(domain);
    (void)setVcpus(domain, 1, 2);
    (void)setMemory(domain, 1 << 20, 1 << 21);
    shareMemory(domain);
    std::string once = writeXml(domain);
    shareMemory(domain);
    demand(writeXml(domain) == once);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    std::string text(reinterpret_cast<const char*>(data), size);
    (void)readHostDevice(text);
    (void)readIsoLabel(text);
    (void)findInIso(
        [&text](uint64_t at, size_t length) -> Result<std::string> {
            return text.substr(text.empty() ? 0 : (at - isoDescriptorAt) % text.size(), length);
        },
        "a/b");
    (void)installerXml(text);
    (void)readDomain(text);
    (void)vncIndex(text);
    pugi::xml_document document, again;
    if (!parseXml(text, document, Comments::Keep) || !document.child("domain"))
        return 0;
    std::string written = writeXml(document.child("domain"));
    if (!parseXml(written, again, Comments::Keep))
        return 0; // larger now than what is taken
    demand(writeXml(again.child("domain")) == written);
    (void)acceptEdited(written, written);
    (void)cloneXml(written, "clone", "0a1b2c3d-0000-4000-8000-000000000001", {});
    change(again.child("domain"));
    return 0;
}
