<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>NameCheck</name>
    <message numerus="yes">
        <source>At most %n characters.</source>
        <translation>
            <numerusform>At most %n character.</numerusform>
            <numerusform>At most %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NamespaceBoxes</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n core</numerusform>
            <numerusform>%n cores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WiringRows</name>
    <message numerus="yes">
        <source>%1; and %n more</source>
        <translation>
            <numerusform>%1; and %n more</numerusform>
            <numerusform>%1; and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WiringScene</name>
    <message numerus="yes">
        <source>and %n more: search, or see the list below</source>
        <translation>
            <numerusform>and %n more: search, or see the list below</numerusform>
            <numerusform>and %n more: search, or see the list below</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::AppliancePanel</name>
    <message numerus="yes">
        <source>%n disk(s), into the pool “diptych”:</source>
        <translation>
            <numerusform>%n disk, into the pool “diptych”:</numerusform>
            <numerusform>%n disks, into the pool “diptych”:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::DeleteDialog</name>
    <message numerus="yes">
        <source>%n instances</source>
        <translation>
            <numerusform>%n instance</numerusform>
            <numerusform>%n instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) are not stopped: kill them first</source>
        <translation>
            <numerusform>%n instance is not stopped: kill it first</numerusform>
            <numerusform>%n instances are not stopped: kill them first</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::ImageDeleteDialog</name>
    <message numerus="yes">
        <source>Delete %n images?</source>
        <translation>
            <numerusform>Delete %n image?</numerusform>
            <numerusform>Delete %n images?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::KillGroupDialog</name>
    <message numerus="yes">
        <source>%n process(es) and thread(s) in it and in the groups inside end at once.</source>
        <translation>
            <numerusform>%n process in it ends at once.</numerusform>
            <numerusform>%n processes and threads in it and in the groups inside end at once.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::NewMachineDialog</name>
    <message numerus="yes">
        <source>This host has %n processor(s).</source>
        <translation>
            <numerusform>This host has %n processor.</numerusform>
            <numerusform>This host has %n processors.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::PullDialog</name>
    <message numerus="yes">
        <source>%n tag(s). Choose one, or write it.</source>
        <translation>
            <numerusform>%n tag. Choose it, or write it.</numerusform>
            <numerusform>%n tags. Choose one, or write it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::models::GroupModel</name>
    <message numerus="yes">
        <source>%n killed for memory</source>
        <translation>
            <numerusform>%n killed for memory</numerusform>
            <numerusform>%n killed for memory</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::models::ImageModel</name>
    <message numerus="yes">
        <source>%n instance(s)</source>
        <translation>
            <numerusform>%n instance</numerusform>
            <numerusform>%n instances</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::models::NamespaceModel</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n process(es)</source>
        <translation>
            <numerusform>%n process</numerusform>
            <numerusform>%n processes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::models::WiringModel</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::ComparePage</name>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n core</numerusform>
            <numerusform>%n cores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::FindingsCard</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::GroupDetail</name>
    <message numerus="yes">
        <source>%n process(es), with the groups inside</source>
        <translation>
            <numerusform>%n process, with the groups inside</numerusform>
            <numerusform>%n processes, with the groups inside</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::GroupsPage</name>
    <message numerus="yes">
        <source>the first %n</source>
        <translation>
            <numerusform>the first %n</numerusform>
            <numerusform>the first %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s), %1</source>
        <translation>
            <numerusform>%n group, %1</numerusform>
            <numerusform>%n groups, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::HostPage</name>
    <message numerus="yes">
        <source>%1 · %n core(s) · %2</source>
        <translation>
            <numerusform>%1 · %n core · %2</numerusform>
            <numerusform>%1 · %n cores · %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::ImageLayersTab</name>
    <message numerus="yes">
        <source>stored once for %n images</source>
        <translation>
            <numerusform>stored once for %n image</numerusform>
            <numerusform>stored once for %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more image(s) share layers with it.</source>
        <translation>
            <numerusform>%n more image shares layers with it.</numerusform>
            <numerusform>%n more images share layers with it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::ImagesPage</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::InstancesPage</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::NamespaceDetail</name>
    <message numerus="yes">
        <source>the first %n</source>
        <translation>
            <numerusform>the first %n</numerusform>
            <numerusform>the first %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n process(es) in it</source>
        <translation>
            <numerusform>%n process in it</numerusform>
            <numerusform>%n processes in it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::NamespacesPage</name>
    <message numerus="yes">
        <source>%n namespace(s)</source>
        <translation>
            <numerusform>%n namespace</numerusform>
            <numerusform>%n namespaces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n process(es) could not be looked at</source>
        <translation>
            <numerusform>, %n process could not be looked at</numerusform>
            <numerusform>, %n processes could not be looked at</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::NewInstancePage</name>
    <message numerus="yes">
        <source>%1   ·   %n layer(s), %2</source>
        <translation>
            <numerusform>%1   ·   %n layer, %2</numerusform>
            <numerusform>%1   ·   %n layers, %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::OthersPanel</name>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n task</numerusform>
            <numerusform>%n tasks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::OverviewPage</name>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n container</numerusform>
            <numerusform>%n containers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n virtual machine(s)</source>
        <translation>
            <numerusform>%n virtual machine</numerusform>
            <numerusform>%n virtual machines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n process(es)</source>
        <translation>
            <numerusform>%n process</numerusform>
            <numerusform>%n processes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more that nobody registered</source>
        <translation>
            <numerusform>%n more that nobody registered</numerusform>
            <numerusform>%n more that nobody registered</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::PathTree</name>
    <message numerus="yes">
        <source>%n added</source>
        <translation>
            <numerusform>%n added</numerusform>
            <numerusform>%n added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted</source>
        <translation>
            <numerusform>%n deleted</numerusform>
            <numerusform>%n deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n path(s)</source>
        <translation>
            <numerusform>%n path</numerusform>
            <numerusform>%n paths</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::ProcessesTab</name>
    <message numerus="yes">
        <source>%n process(es) inside. The host sees none of them: only QEMU.</source>
        <translation>
            <numerusform>%n process inside. The host sees none of them: only QEMU.</numerusform>
            <numerusform>%n processes inside. The host sees none of them: only QEMU.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n process(es). Each is a process of the host too, under another number.</source>
        <translation>
            <numerusform>%n process. Each is a process of the host too, under another number.</numerusform>
            <numerusform>%n processes. Each is a process of the host too, under another number.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::StoragePage</name>
    <message numerus="yes">
        <source>The group and all of its %n volumes are deleted from the disks of the helper&apos;s machine, also those that libvirt did not make. Nobody can bring them back.</source>
        <translation>
            <numerusform>The group and its one volume are deleted from the disks of the helper&apos;s machine, also what libvirt did not make. Nobody can bring them back.</numerusform>
            <numerusform>The group and all of its %n volumes are deleted from the disks of the helper&apos;s machine, also those that libvirt did not make. Nobody can bring them back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::TimeStrip</name>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n h</numerusform>
            <numerusform>%n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d</source>
        <translation>
            <numerusform>%n d</numerusform>
            <numerusform>%n d</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation>
            <numerusform>%n s</numerusform>
            <numerusform>%n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::TrafficCard</name>
    <message numerus="yes">
        <source>%n other kind(s)</source>
        <translation>
            <numerusform>%n other kind</numerusform>
            <numerusform>%n other kinds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::WallsTab</name>
    <message numerus="yes">
        <source>Take %n wall(s) down</source>
        <translation>
            <numerusform>Take %n wall down</numerusform>
            <numerusform>Take %n walls down</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) became possible, none reaches this machine.</source>
        <translation>
            <numerusform>%n thing became possible, none reaches this machine.</numerusform>
            <numerusform>%n things became possible, none reaches this machine.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) became possible, of which reach this machine: %1.</source>
        <translation>
            <numerusform>%n thing became possible, of which reach this machine: %1.</numerusform>
            <numerusform>%n things became possible, of which reach this machine: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are further copies of it: %n.</source>
        <translation>
            <numerusform>There is %n further copy of it.</numerusform>
            <numerusform>There are %n further copies of it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::WorkList</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::shell::HelperStatus</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::widgets::LineChart</name>
    <message numerus="yes">
        <source>%n s ago</source>
        <translation>
            <numerusform>%n s ago</numerusform>
            <numerusform>%n s ago</numerusform>
        </translation>
    </message>
</context>
</TS>
