#include "machines/windows_answers.h"

#include "machines/xml.h"

namespace diptych::machines {

namespace {

/// One element "wcm:action=add" of a list, with these children.
void add(pugi::xml_node list, const char* name, std::initializer_list<std::pair<const char*, const char*>> values)
{
    pugi::xml_node one = element(list, name, {{"wcm:action", "add"}});
    for (const auto& [key, value] : values)
        textElement(one, key, value);
}

/// As Microsoft describes it for UEFI (its order is that of the disk); sizes in MiB.
void divide(pugi::xml_node disk, const std::string& label, const std::string& letter)
{
    disk.remove_child("CreatePartitions");
    disk.remove_child("ModifyPartitions");
    constexpr const char* wcm = "http://schemas.microsoft.com/WMIConfig/2002/State";
    pugi::xml_node create = element(disk, "CreatePartitions", {{"xmlns:wcm", wcm}});
    add(create, "CreatePartition", {{"Order", "1"}, {"Type", "EFI"}, {"Size", "260"}});
    add(create, "CreatePartition", {{"Order", "2"}, {"Type", "MSR"}, {"Size", "128"}});
    add(create, "CreatePartition", {{"Order", "3"}, {"Type", "Primary"}, {"Extend", "true"}});
    pugi::xml_node modify = element(disk, "ModifyPartitions", {{"xmlns:wcm", wcm}});
    add(modify, "ModifyPartition", {{"Order", "1"}, {"PartitionID", "1"}, {"Format", "FAT32"}, {"Label", "System"}});
    add(modify, "ModifyPartition", {{"Order", "2"}, {"PartitionID", "2"}});
    add(modify, "ModifyPartition",
        {{"Order", "3"},
         {"PartitionID", "3"},
         {"Format", "NTFS"},
         {"Label", label.c_str()},
         {"Letter", letter.c_str()}});
}

} // namespace

Result<std::string> answersForUefi(const std::string& answers)
{
    pugi::xml_document document;
    TRY(parseXml(answers, document, Comments::Keep));
    bool divided = false;
    for (pugi::xml_node settings : document.child("unattend").children("settings"))
        for (pugi::xml_node component : settings.children("component")) {
            pugi::xml_node disk = component.child("DiskConfiguration").child("Disk");
            pugi::xml_node to =
                component.child("ImageInstall").child("OSImage").child("InstallTo").child("PartitionID");
            if (!disk || !to)
                continue;
            pugi::xml_node was = disk.child("ModifyPartitions").child("ModifyPartition");
            // Copies: what they are of goes.
            const std::string label = was.child_value("Label"), letter = was.child_value("Letter");
            divide(disk, label.empty() ? "Windows" : label, letter.empty() ? "C" : letter);
            to.text().set("3");
            divided = true;
        }
    if (!divided)
        return fail(Code::NotSupported, "libosinfo's answers for Windows divide no disk where they should");
    return writeXml(document.document_element());
}

} // namespace diptych::machines
