// Where every instance stands. Weights are widened to a minimum; when even that does not fit, the lightest of each kind
// gather into a group.
#include "widgets/kind.h"
#include "widgets/machinemap_p.h"

#include <cmath>
#include <numeric>
#include <vector>

namespace diptych::widgets {
namespace {

constexpr double hardwareHeight = 104;
constexpr double kernelHeight = 50;

/// Shares width in proportion to weights, none below minimum: those below get it, the rest shares what is left.
QList<double> widths(const QList<double>& weights, double width, double minimum)
{
    QList<double> result(weights.size(), 0);
    QList<bool> fixed(weights.size(), false);
    for (bool again = true; again;) {
        again = false;
        double left = width;
        double sum = 0;
        for (qsizetype i = 0; i < weights.size(); ++i) {
            left -= fixed[i] ? minimum : 0;
            sum += fixed[i] ? 0 : weights[i];
        }
        for (qsizetype i = 0; i < weights.size(); ++i) {
            result[i] = fixed[i] ? minimum : (sum > 0 ? left * weights[i] / sum : minimum);
            if (!fixed[i] && result[i] < minimum) {
                fixed[i] = true;
                again = true;
            }
        }
    }
    return result;
}

} // namespace

QRectF MachineMap::Private::hardwareRect(const QSize& size) const
{
    return {0, size.height() - hardwareHeight, double(size.width()), hardwareHeight};
}

QRectF MachineMap::Private::kernelRect(const QSize& size) const
{
    return {0.5, size.height() - hardwareHeight - 12 - kernelHeight, size.width() - 1.0, kernelHeight};
}

QRectF MachineMap::Private::tilesRect(const QSize& size) const
{
    return {2, 2, size.width() - 4.0, kernelRect(size).top() - 10};
}

double MachineMap::Private::weight(const MapTile& tile) const
{
    return std::max(widthBy == WidthBy::Memory ? tile.memory : tile.cpu, 0.0);
}

QString MachineMap::Private::idOf(const MapPlace& place) const
{
    return place.tile >= 0 ? tiles[place.tile].id : QStringLiteral("group:%1").arg(int(place.kind));
}

/// The heaviest, and those with a problem. Who is in sight stays there until another is clearly heavier: a picture that
/// shuffled at every measurement could not be read.
QList<int> MachineMap::Private::chosen(qsizetype most) const
{
    QSet<QString> inSight;
    for (const MapPlace& place : places)
        if (place.tile >= 0)
            inSight.insert(place.id);
    struct Candidate
    {
        double weight;
        int index;
    };
    std::vector<Candidate> all;
    all.reserve(size_t(tiles.size()));
    for (int i = 0; i < tiles.size(); ++i) {
        const double own = weight(tiles[i]) * (inSight.contains(tiles[i].id) ? 1.25 : 1);
        all.push_back({tiles[i].problem.isEmpty() ? own : 1e18 + own, i});
    }
    const size_t keep = std::min(all.size(), size_t(most));
    std::partial_sort(all.begin(), all.begin() + ptrdiff_t(keep), all.end(),
                      [](const Candidate& a, const Candidate& b) { return a.weight > b.weight; });
    QList<int> result;
    for (size_t i = 0; i < keep; ++i)
        result.append(all[i].index);
    std::sort(result.begin(), result.end());
    return result;
}

MapPlace MachineMap::Private::place(int index) const
{
    if (index < places.size())
        return places[index];
    MapPlace hardware;
    hardware.rect = hardwareRect(size).adjusted(1.5, 1.5, -1.5, -1.5);
    hardware.id = mapHardwareId;
    return hardware;
}

void MachineMap::Private::layout(const QSize& wanted)
{
    size = wanted;
    const QRectF area = tilesRect(size);
    const int fit = std::max(2, int((area.width() + mapGap) / (mapTileMinimum + mapGap)));
    QList<int> shown(tiles.size());
    std::iota(shown.begin(), shown.end(), 0);
    QList<int> groups[2];
    if (tiles.size() > fit) {
        shown = chosen(std::max(0, fit - 2));
        qsizetype next = 0;
        for (int i = 0; i < tiles.size(); ++i) {
            if (next < shown.size() && shown[next] == i)
                ++next;
            else
                groups[int(tiles[i].kind)].append(i);
        }
    }
    hovered = -1;
    QList<MapPlace> found;
    for (auto kind : {client::Kind::Container, client::Kind::Machine}) {
        for (int index : std::as_const(shown))
            if (tiles[index].kind == kind)
                found.append({{}, {}, index, {}, kind});
        if (!groups[int(kind)].isEmpty())
            found.append({{}, {}, -1, groups[int(kind)], kind});
    }
    QList<double> weights;
    double total = 0;
    for (const MapPlace& place : found)
        total += place.tile >= 0 ? weight(tiles[place.tile]) : 0;
    for (const MapPlace& place : found)
        weights.append(place.tile >= 0 ? (total > 0 ? weight(tiles[place.tile]) : 1) : 0);
    const double width = area.width() - mapGap * double(std::max<qsizetype>(0, found.size() - 1));
    // Two alone need not fill the wall.
    const QList<double> share =
        widths(weights, width, std::min(mapTileMinimum, width / std::max<double>(1, double(found.size()))));
    double x = area.left();
    for (qsizetype i = 0; i < found.size(); ++i) {
        found[i].rect = QRectF(std::round(x), area.top(), std::round(x + share[i]) - std::round(x), area.height());
        x += share[i] + mapGap;
    }
    for (MapPlace& place : found)
        place.id = idOf(place);
    settle(found);
    places = found;
}

/// Walls that moved by a few pixels stay where they were: memory breathes, the picture need not.
void MachineMap::Private::settle(QList<MapPlace>& found) const
{
    if (found.size() != places.size() || places.isEmpty() ||
        std::abs(places.back().rect.right() - found.back().rect.right()) > 1)
        return;
    for (qsizetype i = 0; i < found.size(); ++i) {
        const QRectF& before = places[i].rect;
        const QRectF& now = found[i].rect;
        if (found[i].id != places[i].id || before.height() != now.height() ||
            std::abs(before.left() - now.left()) > 6 || std::abs(before.right() - now.right()) > 6)
            return;
    }
    for (qsizetype i = 0; i < found.size(); ++i)
        found[i].rect = places[i].rect;
}

int MachineMap::Private::placeAt(const QPointF& point) const
{
    for (int i = 0; i < places.size(); ++i)
        if (places[i].rect.contains(point))
            return i;
    return hardwareRect(size).contains(point) ? hardware() : -1;
}

int MachineMap::Private::currentPlace() const
{
    if (current == mapHardwareId)
        return hardware();
    for (int i = 0; i < places.size(); ++i) {
        if (idOf(places[i]) == current)
            return i;
        for (int index : places[i].group)
            if (tiles[index].id == current)
                return i;
    }
    return -1;
}

QString MachineMap::Private::hardwareText() const
{
    QStringList lines{MachineMap::tr("The hardware, now and in the last 30 days")};
    for (const QString& line : {host.memoryText, host.diskText, host.networkText})
        if (!line.isEmpty())
            lines.append(line);
    return lines.join(QStringLiteral(" · "));
}

QString MachineMap::Private::placeText(const MapPlace& place) const
{
    if (place.id == mapHardwareId)
        return hardwareText();
    if (place.tile < 0) {
        QStringList names;
        for (int index : place.group.first(std::min<qsizetype>(12, place.group.size())))
            names.append(tiles[index].name);
        const QString more = place.group.size() > names.size()
                                 ? MachineMap::tr(" and %1 more").arg(place.group.size() - names.size())
                                 : QString();
        return names.join(QStringLiteral(", ")) + more;
    }
    const MapTile& tile = tiles[place.tile];
    QStringList words{tile.name, kindText(tile.kind), stateText(tile.state)};
    for (const QString& word : {tile.caption, tile.value, tile.footer, tile.problem})
        if (!word.isEmpty())
            words.append(word);
    return words.join(QStringLiteral(" · "));
}

} // namespace diptych::widgets
