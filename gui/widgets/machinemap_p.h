// Shared by the map's layout, painting and input.
#pragma once

#include "widgets/machinemap.h"

#include <QPixmap>

namespace diptych::widgets {

/// A place on the map: one tile, or the group of those that did not fit.
struct MapPlace
{
    QRectF rect;
    QString id;       ///< of the tile, "group:0" or "hardware:"
    int tile = -1;    ///< index, or -1: a group
    QList<int> group; ///< indexes
    client::Kind kind = client::Kind::Container;
};

struct MachineMap::Private
{
    QList<MapTile> tiles;
    MapHost host;
    WidthBy widthBy = WidthBy::Memory;
    QList<MapPlace> places;
    QString current;  ///< id; "group:0" and "group:1" for groups, "hardware:"
    int hovered = -1; ///< place
    QSize size;       ///< of the last layout
    QPixmap still;    ///< walls, names, kernels: all but figures, sparklines, meters, hover
    bool stale = true;

    [[nodiscard]] QRectF tilesRect(const QSize& size) const;
    [[nodiscard]] QRectF kernelRect(const QSize& size) const;
    [[nodiscard]] QRectF hardwareRect(const QSize& size) const;
    void layout(const QSize& size);
    /// After those of the tiles and groups there is one more: the hardware.
    [[nodiscard]] int hardware() const { return int(places.size()); }
    [[nodiscard]] MapPlace place(int index) const;
    [[nodiscard]] QString hardwareText() const;
    [[nodiscard]] QList<int> chosen(qsizetype most) const;
    void settle(QList<MapPlace>& found) const;
    /// Whether the still picture of these is the one that is kept.
    [[nodiscard]] bool looksAs(const QList<MapTile>& tilesBefore, const QList<MapPlace>& placesBefore) const;
    [[nodiscard]] double weight(const MapTile& tile) const;
    [[nodiscard]] QString idOf(const MapPlace& place) const;
    [[nodiscard]] int placeAt(const QPointF& point) const;
    [[nodiscard]] int currentPlace() const;
    [[nodiscard]] int placeOf(const QString& id) const; ///< of a tile's or group's id; -1: not in sight
    [[nodiscard]] QString placeText(const MapPlace& place) const;

    void paintStill(QPainter& painter, const QSize& size) const;
    void paintPlace(QPainter& painter, const MapPlace& place) const;
    void paintTile(QPainter& painter, const QRectF& rect, const MapTile& tile) const;
    void paintGroup(QPainter& painter, const MapPlace& place) const;
    void paintKernel(QPainter& painter, const QRectF& rect) const;
    void paintFigures(QPainter& painter) const;
    void paintHardware(QPainter& painter, const QRectF& rect) const;
    void paintCores(QPainter& painter, const QRectF& rect) const;
    void paintMemory(QPainter& painter, const QRectF& rect) const;
};

inline const QString mapHardwareId = QStringLiteral("hardware:");
constexpr double mapTileMinimum = 92;
constexpr double mapGap = 9;

} // namespace diptych::widgets
