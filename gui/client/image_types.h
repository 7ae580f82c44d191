// Values of org.diptych.Images beside the image itself, and what a container changed in its image.
#pragma once

#include "client/types.h"

namespace diptych::client {

/// A line of the image's history; digest empty for a step that made no layer.
struct ImageStep
{
    QString createdBy;
    QString comment;
    qint64 createdAt = 0;
    QString digest;
    qint64 size = 0;     ///< of the blob
    qint64 unpacked = 0; ///< on the disk
    QStringList sharedWith;
};
struct ImageDetails
{
    Image image;
    QList<ImageStep> history;
    QString config;
    QString manifest;
};

/// One path, of a layer or of what a container changed.
struct PathEntry
{
    enum class Kind { File, Directory, Link, Other };
    enum class Mark { None, Added, Changed, Deleted };
    QString path;
    Kind kind = Kind::File;
    Mark mark = Mark::None;
    qint64 size = 0;
    int mode = -1; ///< negative: not told
    QString target;
};
struct PathPage
{
    QList<PathEntry> entries; ///< sorted by path
    bool more = false;
};

/// Whether a certificate must be good. Nothing said: it must, but for a registry on the helper's own machine.
using Tls = std::optional<bool>;
struct ImagePlatform
{
    QString name;      ///< "linux/arm64", "linux/arm/v7"
    bool host = false; ///< the helper's machine
    bool runs = false; ///< a container of it can run there
};
struct Registry
{
    QString name;
    QString username;
};
struct Credentials
{
    QString registry;
    QString username;
    QString password;
};

struct PrunePlan
{
    struct Garbage
    {
        QString reference;
        QString digest;
        qint64 bytes = 0;
    };
    QList<Garbage> images;
    QStringList kept;
    qint64 bytes = 0;
};

enum class ExportFormat { OciArchive, DockerArchive };
enum class ImportFormat { Auto, Archive, RootFs, Disk };

/// Of virtual machines. path: on the helper's host.
struct Disk
{
    QString name;
    QString format; ///< "qcow2" or "iso"
    QString path;
    qint64 capacity = 0;
    qint64 allocation = 0;
};
enum class DiskFormat { Qcow2, Ova, Vmdk, Vdi, Raw };

struct ImportRequest
{
    QString file;      ///< on this machine
    QString reference; ///< of a disk: its name; may be empty where the archive names its images
    ImportFormat format = ImportFormat::Auto;
    // of a plain root file system
    QStringList command;
    QStringList environment;
    QString workingDirectory;
    QStringList exposedPorts;
};

} // namespace diptych::client
