// Names of the helper's stable words. Each table is a pair of the word and its text in English, marked for translation.
#include "models/statements.h"

#include "client/errors.h"
#include "models/reasons.h"
#include "models/word_table.h"

#include <QRegularExpression>

namespace diptych::models {

using namespace Qt::StringLiterals;

namespace {

constexpr Word Resources[] = {
    {"kernel", QT_TRANSLATE_NOOP("Resource", "Kernel")},
    {"processes", QT_TRANSLATE_NOOP("Resource", "Processes")},
    {"files", QT_TRANSLATE_NOOP("Resource", "Files")},
    {"network", QT_TRANSLATE_NOOP("Resource", "Network")},
    {"users", QT_TRANSLATE_NOOP("Resource", "Users")},
    {"hostname", QT_TRANSLATE_NOOP("Resource", "Host name")},
    {"memory", QT_TRANSLATE_NOOP("Resource", "Memory")},
    {"cpu", QT_TRANSLATE_NOOP("Resource", "CPU")},
    {"disk", QT_TRANSLATE_NOOP("Resource", "Disk")},
    {"syscalls", QT_TRANSLATE_NOOP("Resource", "System calls")},
    {"capabilities", QT_TRANSLATE_NOOP("Resource", "Capabilities")},
    {"keys", QT_TRANSLATE_NOOP("Resource", "Keys")},
    {"label", QT_TRANSLATE_NOOP("Resource", "Security label")},
    {"devices", QT_TRANSLATE_NOOP("Resource", "Devices")},
    {"clock", QT_TRANSLATE_NOOP("Resource", "Clock")},
};

constexpr Word Outcomes[] = {
    {"ok", QT_TRANSLATE_NOOP("Outcome", "done")},
    {"failed", QT_TRANSLATE_NOOP("Outcome", "failed")},
    {"denied", QT_TRANSLATE_NOOP("Outcome", "refused")},
    {"cancelled", QT_TRANSLATE_NOOP("Outcome", "cancelled")},
};

constexpr Word Permissions[] = {
    {"org.diptych.observe", QT_TRANSLATE_NOOP("Permission", "look at instances")},
    {"org.diptych.lifecycle", QT_TRANSLATE_NOOP("Permission", "start, stop and change instances")},
    {"org.diptych.lifecycle.other", QT_TRANSLATE_NOOP("Permission", "cancel the work of others")},
    {"org.diptych.create", QT_TRANSLATE_NOOP("Permission", "create instances")},
    {"org.diptych.delete", QT_TRANSLATE_NOOP("Permission", "delete instances and images")},
    {"org.diptych.image", QT_TRANSLATE_NOOP("Permission", "make images")},
    {"org.diptych.controlgroup", QT_TRANSLATE_NOOP("Permission", "change control groups")},
    {"org.diptych.connection", QT_TRANSLATE_NOOP("Permission", "add and remove libvirt connections")},
    {"org.diptych.terminal", QT_TRANSLATE_NOOP("Permission", "open terminals and read logs")},
    {"org.diptych.xml", QT_TRANSLATE_NOOP("Permission", "edit the XML of machines")},
    {"org.diptych.hardware", QT_TRANSLATE_NOOP("Permission", "change the hardware of machines")},
    {"org.diptych.storage", QT_TRANSLATE_NOOP("Permission", "change storage")},
    {"org.diptych.network", QT_TRANSLATE_NOOP("Permission", "change networks")},
    {"org.diptych.walls", QT_TRANSLATE_NOOP("Permission", "take walls of throw-away copies down")},
};

constexpr Word MissingTitles[] = {
    {"kvm", QT_TRANSLATE_NOOP("Missing", "No hardware virtualization (KVM)")},
    {"cgroup2", QT_TRANSLATE_NOOP("Missing", "No unified control groups (cgroup v2)")},
    {"libvirt", QT_TRANSLATE_NOOP("Missing", "libvirt does not answer")},
    {"polkit", QT_TRANSLATE_NOOP("Missing", "No polkit")},
    {"kernel", QT_TRANSLATE_NOOP("Missing", "No kernel for virtual machines")},
    {"bridge", QT_TRANSLATE_NOOP("Missing", "No network for instances")},
    {"userNamespaces", QT_TRANSLATE_NOOP("Missing", "No user namespaces")},
};

constexpr Word MissingMeanings[] = {
    {"kvm",
     QT_TRANSLATE_NOOP("Missing", "Virtual machines run in software (TCG): they work, and are many times slower.")},
    {"cgroup2",
     QT_TRANSLATE_NOOP("Missing", "The limits work through version 1; the pressure of single instances is not told.")},
    {"libvirt", QT_TRANSLATE_NOOP("Missing", "Virtual machines can't be seen or made. Containers work.")},
    {"polkit", QT_TRANSLATE_NOOP("Missing", "Only root and the group diptych may change anything.")},
    {"kernel", QT_TRANSLATE_NOOP("Missing", "Twin virtual machines can't be made. Containers work.")},
    {"bridge", QT_TRANSLATE_NOOP("Missing", "Instances can't reach each other or get an address.")},
    {"userNamespaces",
     QT_TRANSLATE_NOOP("Missing", "Root inside a container is root outside, held by the other walls.")},
};

/// What the helper said, as a sentence.
QString sentence(const QString& said)
{
    QString text = reasonText(said.trimmed());
    if (text.isEmpty())
        return text;
    // A name at the beginning (an image's, a host's, a file's) stays as it is written.
    static const QRegularExpression name(QStringLiteral("^\\S*[:/.@\\d]\\S"));
    if (!name.match(text).hasMatch())
        text[0] = text.at(0).toUpper();
    const QString ends = u".!?。！？"_s;
    if (!ends.contains(text.back())) //: the end of a sentence
        text += text == said.trimmed() ? u"."_s : QCoreApplication::translate("ErrorText", ".");
    return text;
}

// Not named tr: lupdate would read the call and not see what is marked inside.
QString inErrors(const char* text)
{
    return QCoreApplication::translate("ErrorText", text);
}

} // namespace

QString resourceName(const QString& resource)
{
    return look(Resources, "Resource", resource);
}

QString levelName(int level)
{
    switch (level) {
    case 1:
        return QCoreApplication::translate("Level", "shared");
    case 2:
        return QCoreApplication::translate("Level", "divided by the host's kernel");
    case 3:
        return QCoreApplication::translate("Level", "emulated");
    case 4:
        return QCoreApplication::translate("Level", "own, behind a machine's wall");
    default:
        return QCoreApplication::translate("Level", "not measured");
    }
}

QString levelDescription(int level)
{
    switch (level) {
    case 1:
        return QCoreApplication::translate("Level", "The same object that the host's own processes use.");
    case 2:
        return QCoreApplication::translate("Level",
                                           "The host kernel's, seen through a namespace, a limit or a filter.");
    case 3:
        return QCoreApplication::translate("Level",
                                           "Virtual hardware, or a kernel, that a process of the host emulates.");
    case 4:
        return QCoreApplication::translate("Level", "Of a kernel of its own, behind virtual hardware.");
    default:
        return QCoreApplication::translate("Level", "Nobody could look; the reason stands in the row.");
    }
}

QString outcomeName(const QString& outcome)
{
    return look(Outcomes, "Outcome", outcome);
}

QString permissionName(const QString& action)
{
    return look(Permissions, "Permission", action);
}

QString missingTitle(const client::Missing& missing)
{
    return look(MissingTitles, "Missing", missing.feature);
}

QString missingText(const client::Missing& missing)
{
    QString text;
    if (const QString meaning = look(MissingMeanings, "Missing", missing.feature); meaning != missing.feature)
        text = meaning;
    for (const QString& more : {sentence(missing.reason), sentence(missing.mend)}) {
        const bool apart = !text.isEmpty() && !more.isEmpty() && !text.endsWith(u'。');
        text += (apart ? u" "_s : QString()) + more;
    }
    return text;
}

QString errorText(const client::Error& error)
{
    // Without an action it is not the helper that refuses, but whom it asked: a registry.
    const bool byHelper = !error.field.isEmpty() || error.message.isEmpty() || error.message == error.name;
    if (error.name == client::errors::PermissionDenied && byHelper)
        return inErrors(
                   QT_TRANSLATE_NOOP("ErrorText", "You may not %1. Ask an administrator, or join the group diptych."))
            .arg(error.field.isEmpty() ? inErrors(QT_TRANSLATE_NOOP("ErrorText", "do this"))
                                       : permissionName(error.field));
    if (error.name == client::errors::MethodNotFound || error.name == u"org.varlink.service.MethodNotImplemented"_s) {
        const char* older = QT_TRANSLATE_NOOP(
            "ErrorText", "The helper is older than this window and can't do this (%1). Update it there.");
        return inErrors(older).arg(error.field.isEmpty() ? error.name : error.field);
    }
    if (error.name == u"org.diptych.InvalidArgument"_s && !error.field.isEmpty())
        return u"%1: %2"_s.arg(error.field, sentence(error.message));
    if (error.name == u"org.diptych.Busy"_s)
        return inErrors(QT_TRANSLATE_NOOP("ErrorText", "It is in use: %1")).arg(sentence(error.message));
    if (error.name == u"org.diptych.NoSpace"_s)
        return inErrors(QT_TRANSLATE_NOOP("ErrorText", "The disk is full: %1")).arg(sentence(error.message));
    return sentence(error.message.isEmpty() ? error.name : error.message);
}

} // namespace diptych::models
