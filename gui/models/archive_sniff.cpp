#include "models/archive_sniff.h"

#include <QFile>

#include <memory>
#include <zlib.h>

namespace diptych::models {

namespace {

constexpr int blockSize = 512;
constexpr int mostEntries = 400;
constexpr int sizeOffset = 124;
constexpr int sizeLength = 12;
constexpr int magicOffset = 257;
constexpr qint64 mostBytes = qint64{64} << 20; ///< decompressed

/// Of the kinds that only the helper can look into.
bool isCompressed(const QByteArray& head)
{
    return head.startsWith("\x28\xb5\x2f\xfd") ||
           head.startsWith("\xfd"
                           "7zXZ") ||
           head.startsWith("BZh");
}

QString nameOf(const QByteArray& header)
{
    const QByteArray name = header.left(100);
    QString text = QString::fromUtf8(name.left(name.indexOf('\0') < 0 ? name.size() : name.indexOf('\0')));
    if (text.startsWith(QLatin1String("./")))
        text.remove(0, 2);
    return text;
}

/// Of a virtual machine: as the helper tells them apart.
bool isDisk(const QByteArray& head)
{
    const auto has = [&head](qsizetype at, const char* bytes) { return head.mid(at).startsWith(bytes); };
    const bool ova = has(magicOffset, "ustar") && nameOf(head).endsWith(QLatin1String(".ovf"));
    return ova || has(0, "QFI\xfb") || has(0, "KDMV") || has(0, "COWD") || has(0, "# Disk DescriptorFile") ||
           has(0x40, "\x7f\x10\xda\xbe") || has(0, "vhdxfile") || has(0x8001, "CD001") || has(510, "\x55\xaa") ||
           has(512, "EFI PART");
}

bool looksLikeDisk(const QString& path)
{
    constexpr qint64 enough = 0x9000; // an ISO says so behind its sixteenth sector
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && isDisk(file.read(enough));
}

struct CloseGzip
{
    void operator()(gzFile file) const { gzclose(file); }
};
/// gzip or plain: zlib finds out.
using MaybeGzip = std::unique_ptr<gzFile_s, CloseGzip>;

} // namespace

ArchiveKind sniffArchive(const QString& path)
{
    if (looksLikeDisk(path))
        return ArchiveKind::Disk;
    const MaybeGzip file(gzopen(QFile::encodeName(path).constData(), "rb"));
    if (!file)
        return ArchiveKind::Unknown;
    qint64 at = 0;
    for (int entry = 0; entry < mostEntries && at < mostBytes && gzseek(file.get(), at, SEEK_SET) == at; ++entry) {
        QByteArray header(blockSize, '\0');
        header.resize(std::max(0, gzread(file.get(), header.data(), blockSize)));
        if (entry == 0 && isCompressed(header))
            return ArchiveKind::Unknown;
        if (header.size() < blockSize || header.at(0) == '\0')
            break;
        if (header.mid(magicOffset, 5) != "ustar")
            return entry == 0 ? ArchiveKind::NoTar : ArchiveKind::Unknown;
        const QString name = nameOf(header);
        if (name == QLatin1String("manifest.json") || name == QLatin1String("oci-layout") ||
            name == QLatin1String("index.json") || name.startsWith(QLatin1String("blobs/sha256")))
            return ArchiveKind::Image;
        for (const char* directory : {"bin", "etc/", "usr/", "lib", "sbin", "var/", "dev/", "root/"})
            if (name.startsWith(QLatin1String(directory)))
                return ArchiveKind::RootFs;
        bool isNumber = false;
        const qint64 size = header.mid(sizeOffset, sizeLength - 1).trimmed().toLongLong(&isNumber, 8);
        if (!isNumber)
            break;
        at += blockSize + (size + blockSize - 1) / blockSize * blockSize;
    }
    return ArchiveKind::Unknown;
}

} // namespace diptych::models
