#include "models/appliance_file.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSet>
#include <QXmlStreamReader>

#include <algorithm>

namespace diptych::models {

using namespace Qt::StringLiterals;

namespace {

constexpr int tarBlock = 512;
constexpr int mostTarEntries = 2000;
constexpr qint64 largestText = 512 * 1024; ///< a call of the helper takes one mebibyte
constexpr qsizetype longestMember = 100;   ///< what a plain header has room for

QString say(const char* text)
{
    return QCoreApplication::translate("Appliance", text);
}

QByteArray fieldOf(const QByteArray& header, int at, int length)
{
    const QByteArray field = header.mid(at, length);
    const qsizetype end = field.indexOf('\0');
    return end < 0 ? field : field.left(end);
}

/// Octal digits, or from 8 GiB on bytes with the highest bit set. Negative: neither.
qint64 sizeOf(const QByteArray& header)
{
    const QByteArray field = header.mid(124, 12);
    if (!(quint8(field.at(0)) & 0x80)) {
        bool good = false;
        const qint64 size = fieldOf(header, 124, 12).trimmed().toLongLong(&good, 8);
        return good ? size : -1;
    }
    qint64 size = 0;
    for (qsizetype i = 4; i < field.size(); ++i)
        size = size << 8 | quint8(field.at(i));
    return size;
}

QString memberName(const QByteArray& header)
{
    QByteArray name = fieldOf(header, 0, 100);
    // ustar's own way with long names.
    if (const QByteArray prefix = fieldOf(header, 345, 155);
        !prefix.isEmpty() && header.mid(257, 6) == QByteArray("ustar", 6))
        name = prefix + '/' + name;
    if (name.startsWith("./"))
        name.remove(0, 2);
    return QString::fromUtf8(name);
}

/// Reads headers and passes over what is between them.
void readTar(QFile& file, ApplianceFile& found)
{
    for (int count = 0; count < mostTarEntries; ++count) {
        const QByteArray header = file.read(tarBlock);
        if (header.size() < tarBlock || header.at(0) == '\0')
            return;
        const qint64 size = sizeOf(header), at = file.pos();
        if (size < 0 || header.mid(257, 5) != "ustar") {
            found.problem = say(QT_TRANSLATE_NOOP("Appliance", "This is no OVA: it can't be read as a tar archive."));
            return;
        }
        const char type = header.at(156);
        if (type == '0' || type == '\0') {
            found.files.append({memberName(header), size});
            if (found.descriptor.isEmpty() && found.files.last().name.endsWith(u".ovf"_s) && size <= largestText)
                found.descriptor = QString::fromUtf8(file.read(size));
        }
        if (!file.seek(at + (size + tarBlock - 1) / tarBlock * tarBlock))
            return;
    }
}

/// What may lie beside: nothing that leads elsewhere.
bool isBelow(const QString& name)
{
    const QStringList parts = name.split(u'/');
    return name.toUtf8().size() <= longestMember && std::none_of(parts.cbegin(), parts.cend(), [](const QString& part) {
               return part.isEmpty() || part == u"."_s || part == u".."_s;
           });
}

QStringList filesNamedIn(const QString& descriptor)
{
    QStringList names;
    QXmlStreamReader reader(descriptor);
    while (!reader.atEnd() && names.size() < mostTarEntries) {
        if (reader.readNext() != QXmlStreamReader::StartElement || reader.name() != u"File"_s)
            continue;
        for (const QXmlStreamAttribute& attribute : reader.attributes())
            if (attribute.name() == u"href"_s && isBelow(attribute.value().toString()))
                names.append(attribute.value().toString());
    }
    return names;
}

void addBeside(const QFileInfo& descriptor, const QString& name, ApplianceFile& found)
{
    const QFileInfo file(descriptor.absoluteDir().filePath(name));
    if (!file.isFile())
        return; // the helper says that it is missing
    found.files.append({name, file.size()});
    found.pack.members.append({name, file.filePath()});
}

void readBeside(QFile& file, const QString& path, ApplianceFile& found)
{
    const QFileInfo info(path);
    found.descriptor = QString::fromUtf8(file.read(largestText));
    if (!isBelow(info.fileName()))
        found.problem = say(QT_TRANSLATE_NOOP("Appliance", "The file's name is too long: give it a shorter one."));
    addBeside(info, info.fileName(), found);
    addBeside(info, info.completeBaseName() + u".mf"_s, found);
    QSet<QString> there;
    for (const QString& name : filesNamedIn(found.descriptor))
        if (!there.contains(name)) {
            there.insert(name);
            addBeside(info, name, found);
        }
}

} // namespace

ApplianceFile readApplianceFile(const QString& path)
{
    ApplianceFile found;
    found.pack.file = path;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        found.problem = file.errorString();
        return found;
    }
    const bool alone = path.endsWith(u".ovf"_s, Qt::CaseInsensitive);
    if (alone && file.size() > largestText)
        found.problem = say(QT_TRANSLATE_NOOP("Appliance", "The descriptor is larger than 512 KiB."));
    else if (alone)
        readBeside(file, path, found);
    else
        readTar(file, found);
    if (found.problem.isEmpty() && found.descriptor.isEmpty())
        found.problem = say(QT_TRANSLATE_NOOP("Appliance", "There is no OVF descriptor in it."));
    return found;
}

} // namespace diptych::models
