#include "models/wall_words.h"

#include "models/statements.h"

#include <QCoreApplication>

#include <span>

namespace diptych::models {

namespace {

struct FigureWord
{
    const char* word;
    const char* text;
};

constexpr FigureWord Figures[] = {
    {"believed", QT_TRANSLATE_NOOP("Figure", "Believed inside")},
    {"charged", QT_TRANSLATE_NOOP("Figure", "Charged")},
    {"anonymous", QT_TRANSLATE_NOOP("Figure", "programs")},
    {"fileCache", QT_TRANSLATE_NOOP("Figure", "page cache")},
    {"sharedMemory", QT_TRANSLATE_NOOP("Figure", "shared memory")},
    {"kernelMemory", QT_TRANSLATE_NOOP("Figure", "kernel")},
    {"difference", QT_TRANSLATE_NOOP("Figure", "difference")},
    {"resident", QT_TRANSLATE_NOOP("Figure", "Resident")},
    {"unique", QT_TRANSLATE_NOOP("Figure", "alone")},
    {"sharedPart", QT_TRANSLATE_NOOP("Figure", "share of shared")},
    {"guestMemory", QT_TRANSLATE_NOOP("Figure", "guest's memory")},
    {"hypervisor", QT_TRANSLATE_NOOP("Figure", "QEMU's own")},
    {"rss", QT_TRANSLATE_NOOP("Figure", "RSS, added up")},
    {"swap", QT_TRANSLATE_NOOP("Figure", "Swapped")},
    {"ksm", QT_TRANSLATE_NOOP("Figure", "Merged (KSM)")},
    {"guest", QT_TRANSLATE_NOOP("Figure", "Guest")},
    {"guestUsed", QT_TRANSLATE_NOOP("Figure", "in use")},
    {"guestCache", QT_TRANSLATE_NOOP("Figure", "guest's page cache")},
    {"guestFree", QT_TRANSLATE_NOOP("Figure", "unused")},
    {"guestKernel", QT_TRANSLATE_NOOP("Figure", "guest's kernel")},
    {"balloon", QT_TRANSLATE_NOOP("Figure", "balloon")},
    {"memoryBound", QT_TRANSLATE_NOOP("Figure", "Memory")},
    {"cpuBound", QT_TRANSLATE_NOOP("Figure", "CPU")},
    {"pidsBound", QT_TRANSLATE_NOOP("Figure", "Processes")},
    {"calls", QT_TRANSLATE_NOOP("Figure", "System calls")},
    {"exits", QT_TRANSLATE_NOOP("Figure", "VM exits")},
    {"nsHeld", QT_TRANSLATE_NOOP("Figure", "Who is in it")},
    {"nsOwner", QT_TRANSLATE_NOOP("Figure", "Owner")},
    {"nsCreator", QT_TRANSLATE_NOOP("Figure", "Maker")},
    {"nsMap", QT_TRANSLATE_NOOP("Figure", "Users")},
    {"nsParent", QT_TRANSLATE_NOOP("Figure", "Above it")},
    {"pid", QT_TRANSLATE_NOOP("Figure", "Process number")},
    {"uid", QT_TRANSLATE_NOOP("Figure", "User")},
    {"command", QT_TRANSLATE_NOOP("Figure", "Command")},
    {"group", QT_TRANSLATE_NOOP("Figure", "Control group")},
    {"namespaces", QT_TRANSLATE_NOOP("Figure", "Namespaces")},
    {"privileges", QT_TRANSLATE_NOOP("Figure", "Privileges")},
    {"resident memory", QT_TRANSLATE_NOOP("Figure", "Memory")},
    {"threads", QT_TRANSLATE_NOOP("Figure", "Threads")},
};

} // namespace

static QString lookUp(std::span<const FigureWord> words, const char* context, const QString& word)
{
    for (const FigureWord& one : words)
        if (word == QLatin1StringView(one.word))
            return QCoreApplication::translate(context, one.text);
    return word;
}

QString workloadMaker(const QString& maker)
{
    static constexpr FigureWord makers[] = {
        {"host", QT_TRANSLATE_NOOP("Workload", "This machine")},
        {"podman", QT_TRANSLATE_NOOP("Workload", "Podman")},
        {"docker", QT_TRANSLATE_NOOP("Workload", "Docker")},
        {"containerd", QT_TRANSLATE_NOOP("Workload", "containerd")},
        {"crio", QT_TRANSLATE_NOOP("Workload", "CRI-O")},
        {"kubernetes", QT_TRANSLATE_NOOP("Workload", "Kubernetes")},
        {"lxc", QT_TRANSLATE_NOOP("Workload", "LXC")},
        {"nspawn", QT_TRANSLATE_NOOP("Workload", "systemd-nspawn")},
        {"flatpak", QT_TRANSLATE_NOOP("Workload", "Flatpak")},
        {"bwrap", QT_TRANSLATE_NOOP("Workload", "bubblewrap")},
        {"unshare", QT_TRANSLATE_NOOP("Workload", "unshare")},
        {"libvirt", QT_TRANSLATE_NOOP("Workload", "another libvirt")},
        {"qemu", QT_TRANSLATE_NOOP("Workload", "QEMU without libvirt")},
        {"service", QT_TRANSLATE_NOOP("Workload", "systemd services with limits or walls")},
        {"scope", QT_TRANSLATE_NOOP("Workload", "systemd scopes with limits or walls")},
        {"namespaces", QT_TRANSLATE_NOOP("Workload", "Namespaces of unknown makers")},
    };
    return lookUp(makers, "Workload", maker);
}

QString workloadForm(const QString& form)
{
    static constexpr FigureWord forms[] = {
        {"container", QT_TRANSLATE_NOOP("WorkloadForm", "container")},
        {"machine", QT_TRANSLATE_NOOP("WorkloadForm", "virtual machine")},
        {"sandbox", QT_TRANSLATE_NOOP("WorkloadForm", "sandbox")},
        {"service", QT_TRANSLATE_NOOP("WorkloadForm", "service")},
        {"host", QT_TRANSLATE_NOOP("WorkloadForm", "host")},
    };
    return lookUp(forms, "WorkloadForm", form);
}

QString figureName(const QString& name)
{
    for (const FigureWord& one : Figures)
        if (name == QLatin1StringView(one.word))
            return QCoreApplication::translate("Figure", one.text);
    return resourceName(name);
}

} // namespace diptych::models
