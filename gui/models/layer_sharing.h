// Which layers an image shares with which others, as a picture: images are rows, layers stand side by side with a width
// by their size, and a layer that several images begin with is one block across all their rows: it is stored once.
#pragma once

#include "client/types.h"

namespace diptych::models {

struct SharingBlock
{
    QString digest;
    qint64 begin = 0; ///< bytes before it in its images
    qint64 size = 0;
    int depth = 0; ///< how many layers lie below it
    int firstRow = 0;
    int rows = 1;
    bool again = false; ///< the same layer at another place of the picture: not stored again
};

struct SharingPicture
{
    QList<QStringList> rows; ///< each an image with all its names, the asked one first
    QList<SharingBlock> blocks;
    qint64 width = 0;      ///< bytes of the largest image
    qint64 stored = 0;     ///< of all these images, as they are on the disk
    qint64 separately = 0; ///< if each had its layers for itself
    int others = 0;        ///< images that share layers too and have no row; they count in the sums
};

SharingPicture sharingOf(const QList<client::Image>& images, const QString& reference, int maxRows = 8);

/// What deleting these references would free: layers that no other image has; a digest with a further name stays.
qint64 freedBy(const QList<client::Image>& images, const QStringList& references);

} // namespace diptych::models
