#include "widgets/icons.h"
#include "widgets/kind.h"
#include "widgets/machinemap_p.h"
#include "widgets/sparkline.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace diptych::widgets {
namespace {

QRectF drawLine(QPainter& painter, const QPointF& topLeft, double width, const QString& text, const QColor& color,
                int flags = Qt::AlignLeft, Qt::TextElideMode elide = Qt::ElideRight)
{
    const QRectF rect(topLeft, QSizeF(std::max(0.0, width), painter.fontMetrics().height()));
    painter.setPen(color);
    painter.drawText(rect, flags | Qt::AlignVCenter, painter.fontMetrics().elidedText(text, elide, int(width)));
    return rect;
}

void paintWall(QPainter& painter, const QRectF& rect, client::Kind kind, bool awake)
{
    const Tone tone = toneOf(kind);
    const QColor color = awake ? toneColor(tone) : toneLine(tone);
    painter.setBrush(awake ? toneTint(tone) : mixed(colors().surface, toneTint(tone), 0.4));
    if (kind == client::Kind::Container) {
        QPen pen(color, 1.8);
        pen.setDashPattern({3, 2.2});
        pen.setCapStyle(Qt::FlatCap);
        painter.setPen(pen);
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 9, 9);
    } else {
        painter.setPen(QPen(color, 3.4));
        painter.drawRoundedRect(rect.adjusted(1.8, 1.8, -1.8, -1.8), 9, 9);
    }
}

double footerHeight(client::Kind kind)
{
    return kind == client::Kind::Machine ? 36 : 24;
}

bool isAwake(client::State state)
{
    return state != client::State::Stopped && state != client::State::Broken;
}

} // namespace

void MachineMap::Private::paintStill(QPainter& painter, const QSize& size) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    for (const MapPlace& place : places)
        paintPlace(painter, place);
    if (places.isEmpty()) {
        painter.setPen(QPen(colors().line, 1.5, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(tilesRect(size).adjusted(1, 1, -1, -1), 9, 9);
        painter.setPen(colors().muted);
        painter.setFont(scaledFont(1));
        painter.drawText(tilesRect(size), Qt::AlignCenter, MachineMap::tr("Nothing stands on this kernel yet"));
    }
    paintKernel(painter, kernelRect(size));
}

void MachineMap::Private::paintPlace(QPainter& painter, const MapPlace& place) const
{
    if (place.tile >= 0)
        paintTile(painter, place.rect, tiles[place.tile]);
    else
        paintGroup(painter, place);
}

void MachineMap::Private::paintTile(QPainter& painter, const QRectF& rect, const MapTile& tile) const
{
    const bool awake = isAwake(tile.state);
    const QColor color = toneColor(toneOf(tile.kind));
    paintWall(painter, rect, tile.kind, awake);
    const double left = rect.left() + 12;
    double width = rect.width() - 24;
    painter.setFont(scaledFont(12.5 / 13, QFont::Weight(650)));
    if (!tile.problem.isEmpty()) {
        paintIcon(painter, QRectF(rect.right() - 26, rect.top() + 10, 14, 14), QStringLiteral("warning"),
                  colors().warn);
        width -= 18;
    }
    drawLine(painter, {left, rect.top() + 9}, width, tile.name, color, Qt::AlignLeft,
             Qt::ElideMiddle); // numbers stand at the end
    painter.setFont(scaledFont(11.0 / 13));
    drawLine(painter, {left, rect.top() + 27}, rect.width() - 24, tile.caption, colors().muted);
    if (!awake || tile.state != client::State::Running)
        drawLine(painter, {left, rect.top() + 45}, rect.width() - 24, stateText(tile.state),
                 toneColor(toneOf(tile.state)));
    if (tile.kind == client::Kind::Machine && awake) {
        const QRectF kernel(rect.left() + 9, rect.bottom() - 35, rect.width() - 18, 26);
        painter.setPen(QPen(color, 1));
        painter.setBrush(colors().surface);
        painter.drawRoundedRect(kernel.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        painter.setFont(scaledFont(11.0 / 13, QFont::DemiBold));
        drawLine(painter, {kernel.left() + 8, kernel.center().y() - painter.fontMetrics().height() / 2.0},
                 kernel.width() - 12, tile.footer, colors().text);
    } else if (awake) {
        drawLine(painter, {left, rect.bottom() - 25}, rect.width() - 24, tile.footer, colors().muted);
    }
}

void MachineMap::Private::paintGroup(QPainter& painter, const MapPlace& place) const
{
    // Behind the front sheet, the edges of those it stands for.
    for (double offset : {6.0, 3.0})
        paintWall(painter, place.rect.adjusted(offset, offset, 0, -offset), place.kind, false);
    const QRectF front = place.rect.adjusted(0, 0, -7, 0);
    paintWall(painter, front, place.kind, true);
    painter.setPen(toneColor(toneOf(place.kind)));
    painter.setFont(scaledFont(16.0 / 13, QFont::Bold));
    const QRectF text = front.adjusted(6, 0, -6, 0);
    painter.drawText(text.adjusted(0, -12, 0, -12), Qt::AlignCenter, QLocale().toString(place.group.size()));
    painter.setFont(scaledFont(11.0 / 13));
    painter.setPen(colors().muted);
    const QString words =
        place.kind == client::Kind::Container ? MachineMap::tr("more containers") : MachineMap::tr("more machines");
    painter.drawText(text.adjusted(0, front.height() / 2 + 2, 0, 0), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     words);
}

void MachineMap::Private::paintKernel(QPainter& painter, const QRectF& rect) const
{
    painter.setPen(QPen(faded(colors().host, 0.4), 1));
    painter.setBrush(colors().hostTint);
    painter.drawRoundedRect(rect.adjusted(0, 0.5, 0, -0.5), 8, 8);
    const std::pair<QString, std::optional<double>> pressures[] = {
        {MachineMap::tr("CPU pressure"), host.cpuPressure},
        {MachineMap::tr("Memory pressure"), host.memoryPressure},
        {MachineMap::tr("IO pressure"), host.ioPressure}};
    painter.setFont(scaledFont(11.0 / 13));
    double cell = 0;
    for (const auto& pressure : pressures)
        cell = std::max(cell, double(painter.fontMetrics().horizontalAdvance(pressure.first)));
    cell += 24;
    double x = rect.right() - 3 * cell - 8;
    const double textWidth = x - rect.left() - 30;
    for (const auto& [name, value] : pressures) {
        painter.setFont(scaledFont(11.0 / 13));
        drawLine(painter, {x, rect.top() + 8}, cell, name, colors().muted);
        painter.setFont(scaledFont(1, QFont::DemiBold));
        const QString number =
            value ? MachineMap::tr("%1 %").arg(QLocale().toString(*value, 'f', 1)) : QStringLiteral("–");
        drawLine(painter, {x, rect.top() + 25}, cell, number, value && *value > 20 ? colors().warn : colors().text);
        x += cell;
    }
    painter.setFont(scaledFont(1, QFont::Weight(650)));
    drawLine(painter, {rect.left() + 15, rect.top() + 7}, textWidth, MachineMap::tr("Host kernel %1").arg(host.kernel),
             colors().text);
    painter.setFont(scaledFont(11.0 / 13));
    drawLine(painter, {rect.left() + 15, rect.top() + 25}, textWidth, host.caption, colors().muted);
}

void MachineMap::Private::paintFigures(QPainter& painter) const
{
    const QFontMetricsF name(scaledFont(12.5 / 13, QFont::Weight(650)));
    painter.setFont(scaledFont(11.0 / 13));
    const QFontMetricsF value(painter.font());
    for (const MapPlace& place : places) {
        if (place.tile < 0)
            continue;
        const MapTile& tile = tiles[place.tile];
        const double width = place.rect.width() - 24 - (tile.problem.isEmpty() ? 0 : 18);
        if (name.horizontalAdvance(tile.name) + value.horizontalAdvance(tile.value) + 10 < width)
            drawLine(painter, {place.rect.left() + 12, place.rect.top() + 10}, width, tile.value, colors().muted,
                     Qt::AlignRight);
        if (!isAwake(tile.state))
            continue;
        const QRectF area = place.rect.adjusted(12, 50, -12, -footerHeight(tile.kind) - 6);
        paintSparkline(painter, area, tile.history, 1, toneColor(toneOf(tile.kind)), false);
    }
}

void MachineMap::Private::paintHardware(QPainter& painter, const QRectF& whole) const
{
    const QRectF rect = whole.adjusted(9, 5, -9, -3);
    painter.setFont(scaledFont(11.0 / 13, QFont::DemiBold));
    drawLine(painter, rect.topLeft(), rect.width(), MachineMap::tr("HARDWARE"), colors().muted);
    drawLine(painter, rect.topLeft(), rect.width(), MachineMap::tr("History ›"),
             hovered == hardware() ? colors().selection : colors().muted, Qt::AlignRight);
    const QRectF strip = rect.adjusted(0, 20, 0, 0);
    const double coresWidth = std::min(strip.width() * 0.33, std::max(60.0, double(host.cpus.size()) * 46));
    const double networkWidth = std::min(226.0, strip.width() * 0.24);
    const QRectF memory(strip.left() + coresWidth + 26, strip.top(), strip.width() - coresWidth - networkWidth - 52,
                        strip.height());
    paintCores(painter, QRectF(strip.topLeft(), QSizeF(coresWidth, strip.height())));
    paintMemory(painter, memory);
    const QRectF network(strip.right() - networkWidth, strip.top(), networkWidth, 42);
    paintSparkline(painter, network, host.network, 0, colors().host, false);
    painter.setFont(scaledFont(11.0 / 13));
    drawLine(painter, {network.left(), strip.top() + 50}, networkWidth, host.networkText, colors().muted);
}

void MachineMap::Private::paintCores(QPainter& painter, const QRectF& rect) const
{
    if (host.cpus.isEmpty())
        return;
    const double count = double(host.cpus.size());
    const double pitch = rect.width() / count;
    const double gap = pitch > 12 ? 6 : (pitch > 4 ? 1.5 : 0);
    const bool labelled = pitch > 40;
    const double height = labelled ? 54 : 66;
    const double radius = std::min(5.0, (pitch - gap) / 3);
    painter.setFont(scaledFont(10.0 / 13));
    for (qsizetype i = 0; i < host.cpus.size(); ++i) {
        const double load = std::clamp(host.cpus[i], 0.0, 1.0);
        const QRectF core(rect.left() + double(i) * pitch, rect.top(), pitch - gap, height);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors().hostTint);
        painter.drawRoundedRect(core, radius, radius);
        QRectF fill = core;
        fill.setTop(core.bottom() - std::max(2.0, height * load));
        painter.setBrush(faded(load > 0.8 ? colors().warn : colors().host, 0.35 + load * 0.4));
        painter.drawRoundedRect(fill, std::min(radius, fill.height() / 2), std::min(radius, fill.height() / 2));
        if (labelled)
            drawLine(painter, {core.left(), core.bottom() + 2}, core.width(), MachineMap::tr("cpu %1").arg(i),
                     colors().faint, Qt::AlignHCenter);
    }
}

void MachineMap::Private::paintMemory(QPainter& painter, const QRectF& rect) const
{
    const QRectF bar(rect.left(), rect.top(), rect.width(), 25);
    painter.save();
    QPainterPath clip;
    clip.addRoundedRect(bar, 6, 6);
    painter.setClipPath(clip);
    painter.fillRect(bar, colors().hostTint);
    double x = bar.left();
    double instances = 0;
    const double scale = host.memoryTotal > 0 ? bar.width() / host.memoryTotal : 0;
    for (auto kind : {client::Kind::Container, client::Kind::Machine}) {
        const QColor color = faded(toneColor(toneOf(kind)), 0.85);
        double pending = 0; // what is thinner than two pixels is drawn together
        for (const MapTile& tile : tiles) {
            if (tile.kind != kind || !isAwake(tile.state))
                continue;
            instances += tile.memory;
            pending += tile.memory * scale;
            if (pending < 3)
                continue;
            painter.fillRect(QRectF(x, bar.top(), pending - (pending > 8 ? 1.5 : 0), bar.height()), color);
            x += pending;
            pending = 0;
        }
        if (pending > 0) {
            painter.fillRect(QRectF(x, bar.top(), std::max(1.0, pending), bar.height()), color);
            x += pending;
        }
    }
    const double rest = std::max(0.0, host.memoryUsed - instances) * scale;
    painter.fillRect(QRectF(x, bar.top(), rest, bar.height()), faded(colors().host, 0.5));
    painter.restore();
    painter.setFont(scaledFont(11.0 / 13));
    drawLine(painter, {rect.left(), rect.top() + 31}, rect.width(), host.memoryText, colors().muted);
    drawLine(painter, {rect.left(), rect.top() + 50}, rect.width(), host.diskText, colors().muted);
}

} // namespace diptych::widgets
