#include "models/layer_sharing.h"

#include <QHash>
#include <QSet>

namespace diptych::models {

namespace {

struct Row
{
    QStringList names;
    QList<client::ImageLayer> layers;
    int common = 0; ///< layers it begins with like the asked image
};

int commonLayers(const QList<client::ImageLayer>& a, const QList<client::ImageLayer>& b)
{
    int count = 0;
    while (count < a.size() && count < b.size() && a.at(count).digest == b.at(count).digest)
        ++count;
    return count;
}

QStringList chainOf(const Row& row)
{
    QStringList chain;
    for (const client::ImageLayer& layer : row.layers)
        chain.append(layer.digest);
    return chain;
}

/// The asked image first, then those that share most with it; what shares among themselves stays together.
QList<Row> familyOf(const QList<client::Image>& images, const client::Image& asked)
{
    QSet<QString> wanted;
    for (const client::ImageLayer& layer : asked.layers)
        wanted.insert(layer.digest);
    QHash<QString, qsizetype> rowOf; // digest of the image -> row
    QList<Row> rows;
    for (const client::Image& image : images) {
        const bool shares = std::any_of(image.layers.cbegin(), image.layers.cend(),
                                        [&](const client::ImageLayer& layer) { return wanted.contains(layer.digest); });
        if (!shares)
            continue;
        if (const auto present = rowOf.constFind(image.digest); present != rowOf.cend()) {
            rows[*present].names.append(image.reference);
            continue;
        }
        rowOf.insert(image.digest, rows.size());
        rows.append({{image.reference}, image.layers, commonLayers(asked.layers, image.layers)});
    }
    std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
        const bool first = a.names.contains(asked.reference);
        if (first != b.names.contains(asked.reference))
            return first;
        if (a.common != b.common)
            return a.common > b.common;
        return chainOf(a) < chainOf(b);
    });
    return rows;
}

class Painter final
{
public:
    explicit Painter(const QList<Row>& rows) : m_rows(rows) {}

    QList<SharingBlock> blocks()
    {
        group(0, int(m_rows.size()), 0, 0);
        return std::move(m_blocks);
    }

private:
    void group(int from, int to, int depth, qint64 begin)
    {
        while (from < to) {
            const QList<client::ImageLayer>& layers = m_rows.at(from).layers;
            if (depth >= layers.size()) {
                ++from;
                continue;
            }
            const client::ImageLayer& layer = layers.at(depth);
            int end = from + 1;
            while (end < to && depth < m_rows.at(end).layers.size() &&
                   m_rows.at(end).layers.at(depth).digest == layer.digest)
                ++end;
            m_blocks.append({layer.digest, begin, layer.size, depth, from, end - from, m_seen.contains(layer.digest)});
            m_seen.insert(layer.digest);
            group(from, end, depth + 1, begin + layer.size);
            from = end;
        }
    }

    const QList<Row>& m_rows;
    QList<SharingBlock> m_blocks;
    QSet<QString> m_seen;
};

} // namespace

SharingPicture sharingOf(const QList<client::Image>& images, const QString& reference, int maxRows)
{
    const auto asked = std::find_if(images.cbegin(), images.cend(),
                                    [&](const client::Image& image) { return image.reference == reference; });
    SharingPicture picture;
    if (asked == images.cend())
        return picture;
    QList<Row> rows = familyOf(images, *asked);
    QHash<QString, qint64> distinct;
    for (const Row& row : std::as_const(rows)) {
        for (const client::ImageLayer& layer : row.layers) {
            picture.separately += layer.size;
            distinct.insert(layer.digest, layer.size);
        }
    }
    for (const qint64 size : std::as_const(distinct))
        picture.stored += size;
    picture.others = int(std::max<qsizetype>(0, rows.size() - maxRows));
    rows.resize(std::min<qsizetype>(rows.size(), maxRows));
    picture.blocks = Painter(rows).blocks();
    for (const Row& row : std::as_const(rows)) {
        picture.rows.append(row.names);
        qint64 width = 0;
        for (const client::ImageLayer& layer : row.layers)
            width += layer.size;
        picture.width = std::max(picture.width, width);
    }
    return picture;
}

qint64 freedBy(const QList<client::Image>& images, const QStringList& references)
{
    QHash<QString, qint64> gone;
    QSet<QString> kept;
    for (const client::Image& image : images) {
        const bool goes = references.contains(image.reference);
        for (const client::ImageLayer& layer : image.layers) {
            if (goes)
                gone.insert(layer.digest, layer.size);
            else
                kept.insert(layer.digest);
        }
    }
    qint64 sum = 0;
    for (auto layer = gone.cbegin(); layer != gone.cend(); ++layer)
        if (!kept.contains(layer.key()))
            sum += layer.value();
    return sum;
}

} // namespace diptych::models
