#include "machines/installation.h"

#include "machines/domain_devices.h"
#include "machines/xml.h"

namespace diptych::machines {

namespace {

void fill(pugi::xml_node note, const Installation& installation)
{
    setAttribute(note, "done", installation.done ? "yes" : "no");
    if (installation.done)
        return;
    setAttribute(note, "kernel", installation.kernel);
    setAttribute(note, "initrd", installation.initrd);
    if (!installation.seed.empty())
        setAttribute(note, "seed", installation.seed);
    setAttribute(note, "cmdline", installation.commandLine);
}

/// On the bus that a seed of a cloud image is on: not every kernel with drivers for virtio has SATA's.
Status addSeed(pugi::xml_node domain, const std::string& path)
{
    pugi::xml_node devices = domain.child("devices");
    bool modern = std::string_view(devices.child("disk").child("target").attribute("bus").value()) == "virtio";
    if (modern && !devices.find_child_by_attribute("controller", "type", "scsi"))
        element(devices, "controller", {{"type", "scsi"}, {"index", "0"}, {"model", "virtio-scsi"}});
    DiskSource seed{path, "raw"};
    TRY(addDevice(domain, "disk", {{"device", "cdrom"}, {"bus", modern ? "scsi" : "sata"}}, &seed));
    return {};
}

} // namespace

std::string installationXml(const Installation& installation)
{
    pugi::xml_document document;
    pugi::xml_node note = element(document, "installation");
    fill(note, installation);
    return writeXml(note);
}

void appendInstallation(pugi::xml_node metadata, const Installation& installation)
{
    std::string prefix = installationPrefix;
    pugi::xml_node note = element(metadata, (prefix + ":installation").c_str());
    note.append_attribute(("xmlns:" + prefix).c_str()).set_value(installationUri);
    fill(note, installation);
}

std::optional<Installation> installationOf(pugi::xml_node domain)
{
    pugi::xml_node note = metadataOf(domain, installationUri);
    if (!note)
        return {};
    return Installation{note.attribute("kernel").value(), note.attribute("initrd").value(),
                        note.attribute("seed").value(), note.attribute("cmdline").value(),
                        std::string_view(note.attribute("done").value()) == "yes"};
}

std::optional<Installation> installationOf(const std::string& domainXml)
{
    if (domainXml.find(installationUri) == std::string::npos) // nearly all
        return {};
    pugi::xml_document document;
    if (!parseXml(domainXml, document))
        return {};
    return installationOf(document.child("domain"));
}

Result<std::string> installerXml(const std::string& domainXml)
{
    pugi::xml_document document;
    TRY(parseXml(domainXml, document, Comments::Keep));
    pugi::xml_node domain = document.child("domain");
    auto installation = installationOf(domain);
    if (!installation || installation->kernel.empty())
        return fail(Code::WrongState, fmt::format("{} is not to be installed", domain.child_value("name")));
    pugi::xml_node os = domain.child("os");
    for (const auto& [name, value] :
         {std::pair("kernel", installation->kernel), std::pair("initrd", installation->initrd),
          std::pair("cmdline", installation->commandLine)}) {
        while (os.remove_child(name)) {
        }
        textElement(os, name, value);
    }
    if (!installation->seed.empty())
        TRY(addSeed(domain, installation->seed));
    domain.remove_child("on_reboot");
    textElement(domain, "on_reboot", "destroy");
    return writeXml(domain);
}

} // namespace diptych::machines
