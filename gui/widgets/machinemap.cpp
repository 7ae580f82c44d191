#include "widgets/kind.h"
#include "widgets/machinemap_p.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <climits>

namespace diptych::widgets {
namespace {

/// What the still picture shows of a tile; the rest may change each second without repainting it.
bool looksSame(const MapTile& a, const MapTile& b)
{
    return a.name == b.name && a.caption == b.caption && a.kind == b.kind && a.state == b.state &&
           a.footer == b.footer && a.problem == b.problem;
}

} // namespace

MachineMap::MachineMap(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>())
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("The machine and what stands on it"));
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        d->stale = true;
        update();
    });
}

MachineMap::~MachineMap() = default;

void MachineMap::setTiles(const QList<MapTile>& tiles)
{
    const QList<MapTile> tilesBefore = std::exchange(d->tiles, tiles);
    const QList<MapPlace> placesBefore = d->places;
    const int hovered = d->hovered == d->hardware() ? INT_MAX : d->hovered;
    d->layout(size());
    d->hovered = hovered == INT_MAX ? d->hardware() : (hovered < d->hardware() ? hovered : -1);
    d->stale = d->stale || !d->looksAs(tilesBefore, placesBefore);
    update();
}

bool MachineMap::Private::looksAs(const QList<MapTile>& tilesBefore, const QList<MapPlace>& placesBefore) const
{
    return std::equal(places.begin(), places.end(), placesBefore.begin(), placesBefore.end(),
                      [&](const MapPlace& now, const MapPlace& before) {
                          return now.id == before.id && now.rect == before.rect &&
                                 (now.tile < 0) == (before.tile < 0) &&
                                 (now.tile < 0 ? now.group.size() == before.group.size()
                                               : looksSame(tiles[now.tile], tilesBefore[before.tile]));
                      });
}

void MachineMap::setHost(const MapHost& host)
{
    const bool same = host.kernel == d->host.kernel && host.caption == d->host.caption &&
                      host.cpuPressure == d->host.cpuPressure && host.memoryPressure == d->host.memoryPressure &&
                      host.ioPressure == d->host.ioPressure;
    d->host = host;
    d->stale = d->stale || !same;
    update();
}

void MachineMap::setWidthBy(WidthBy by)
{
    d->widthBy = by;
    d->layout(size());
    d->stale = true;
    update();
}

QString MachineMap::current() const
{
    return d->current.startsWith(QStringLiteral("group:")) || d->current == mapHardwareId ? QString() : d->current;
}

void MachineMap::setCurrent(const QString& id)
{
    d->current = id;
    const int place = d->currentPlace();
    setAccessibleDescription(place >= 0 ? d->placeText(d->place(place)) : tilesText());
    if (place >= 0 && hasFocus() && QAccessible::isActive()) {
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(place);
        QAccessible::updateAccessibility(&event);
    }
    update();
}

QString MachineMap::tilesText() const
{
    QStringList lines;
    for (int i = 0; i < d->tiles.size(); ++i) {
        MapPlace place;
        place.tile = i;
        lines.append(d->placeText(place));
    }
    return lines.join(QLatin1Char('\n'));
}

bool MachineMap::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int place = d->placeAt(help->pos());
        if (place >= 0)
            QToolTip::showText(help->globalPos(), d->placeText(d->place(place)), this, d->place(place).rect.toRect());
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void MachineMap::resizeEvent(QResizeEvent*)
{
    d->layout(size());
    d->stale = true;
}

void MachineMap::paintEvent(QPaintEvent*)
{
    const double ratio = devicePixelRatioF();
    if (d->stale || d->still.devicePixelRatio() != ratio || d->still.size() != (QSizeF(size()) * ratio).toSize()) {
        d->still = QPixmap((QSizeF(size()) * ratio).toSize());
        d->still.setDevicePixelRatio(ratio);
        d->still.fill(Qt::transparent);
        QPainter painter(&d->still);
        d->paintStill(painter, size());
        d->stale = false;
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, d->still);
    painter.setRenderHint(QPainter::Antialiasing);
    d->paintFigures(painter);
    d->paintHardware(painter, d->hardwareRect(size()));
    painter.setBrush(Qt::NoBrush);
    const int current = hasFocus() ? d->currentPlace() : -1;
    for (int place : {d->hovered, current}) {
        if (place < 0 || place > d->hardware())
            continue;
        painter.setPen(QPen(colors().selection, place == current ? 2.5 : 1.5));
        painter.drawRoundedRect(d->place(place).rect.adjusted(-1, -1, 1, 1), 10, 10);
    }
}

void MachineMap::mouseMoveEvent(QMouseEvent* event)
{
    const int place = d->placeAt(event->position());
    if (place == d->hovered)
        return;
    d->hovered = place;
    setCursor(place >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void MachineMap::leaveEvent(QEvent*)
{
    d->hovered = -1;
    update();
}

void MachineMap::mouseReleaseEvent(QMouseEvent* event)
{
    const int place = d->placeAt(event->position());
    if (event->button() != Qt::LeftButton || place < 0)
        return;
    setCurrent(d->place(place).id);
    activate(place);
}

void MachineMap::activate(int index)
{
    const MapPlace place = d->place(index); // a copy: the slot may change the tiles
    if (place.id == mapHardwareId) {
        emit openHardware();
        return;
    }
    if (place.tile >= 0) {
        emit openInstance(d->tiles[place.tile].id);
        return;
    }
    QStringList ids;
    for (int tile : place.group)
        ids.append(d->tiles[tile].id);
    emit openGroup(place.kind, ids);
}

void MachineMap::keyPressEvent(QKeyEvent* event)
{
    const int count = d->hardware();
    int place = d->currentPlace();
    switch (event->key()) {
    case Qt::Key_Left:
        place = place < 0 ? count - 1 : std::max(0, place - 1);
        break;
    case Qt::Key_Right:
        place = std::min(count - 1, place + 1);
        break;
    case Qt::Key_Down:
        place = count;
        break;
    case Qt::Key_Up:
        place = place == count ? count - 1 : place;
        break;
    case Qt::Key_Home:
        place = 0;
        break;
    case Qt::Key_End:
        place = count - 1;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (place >= 0)
            activate(place);
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (place >= 0 && place <= count)
        setCurrent(d->place(place).id);
}

void MachineMap::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int place = byKey ? d->currentPlace() : d->placeAt(event->pos());
    if (place < 0 || d->place(place).tile < 0)
        return;
    const QPoint at = byKey ? mapToGlobal(d->place(place).rect.center().toPoint()) : event->globalPos();
    emit contextMenuRequested(d->tiles[d->place(place).tile].id, at);
}

void MachineMap::focusInEvent(QFocusEvent* event)
{
    if (d->currentPlace() < 0)
        setCurrent(d->place(0).id);
    QWidget::focusInEvent(event);
    update();
}

void MachineMap::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace diptych::widgets
