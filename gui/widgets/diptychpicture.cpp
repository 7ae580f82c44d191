#include "widgets/diptychpicture.h"

#include "widgets/kind.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace diptych::widgets {
namespace {

constexpr double gap = 16;
constexpr double kernelHeight = 40;
constexpr double hardwareHeight = 30;

struct Places
{
    QRectF left, right, kernel, hardware;
    double hinge;
};

Places placesIn(const QSizeF& size)
{
    Places p;
    const double width = (size.width() - gap) / 2;
    p.hardware = QRectF(0.5, size.height() - hardwareHeight, size.width() - 1, hardwareHeight);
    p.kernel = QRectF(0.5, p.hardware.top() - 6 - kernelHeight, size.width() - 1, kernelHeight);
    const double height = p.kernel.top() - 8 - 16;
    p.left = QRectF(0, 16, width, height);
    p.right = QRectF(width + gap, 16, width, height);
    p.hinge = size.width() / 2;
    return p;
}

double line(QPainter& painter, double x, double y, double width, const QString& text, const QColor& color,
            int flags = Qt::AlignLeft)
{
    if (width <= 0)
        return 0;
    painter.setPen(color);
    const QFontMetricsF metrics(painter.font());
    painter.drawText(QRectF(x, y, width, metrics.height()), flags | Qt::AlignVCenter,
                     metrics.elidedText(text, Qt::ElideRight, width));
    return std::min(width, metrics.horizontalAdvance(text));
}

void strip(QPainter& painter, const QRectF& rect, const QString& title, const QString& note, bool bordered)
{
    painter.setPen(bordered ? QPen(faded(colors().host, 0.4), 1) : QPen(Qt::NoPen));
    painter.setBrush(colors().hostTint);
    painter.drawRoundedRect(rect, 6, 6);
    painter.setFont(scaledFont(12.0 / 13, QFont::DemiBold));
    const double y = rect.center().y() - QFontMetricsF(painter.font()).height() / 2;
    const double used = line(painter, rect.left() + 14, y, rect.width() - 28, title, colors().text);
    painter.setFont(scaledFont(11.0 / 13));
    line(painter, rect.left() + 30 + used, rect.center().y() - QFontMetricsF(painter.font()).height() / 2,
         rect.width() - used - 44, note, colors().muted, Qt::AlignRight);
}

void wall(QPainter& painter, const QRectF& rect, client::Kind kind, bool empty)
{
    const QColor color = empty ? colors().faint : toneColor(toneOf(kind));
    painter.setBrush(empty ? QBrush(Qt::NoBrush) : QBrush(toneTint(toneOf(kind))));
    if (kind == client::Kind::Container) {
        QPen pen(color, 2);
        pen.setDashPattern({3, 2});
        pen.setCapStyle(Qt::FlatCap);
        painter.setPen(pen);
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 10, 10);
    } else {
        painter.setPen(QPen(color, 4));
        painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 10, 10);
    }
}

void processBox(QPainter& painter, const QRectF& rect, const PictureProcess& process, Tone tone)
{
    painter.setPen(QPen(toneLine(tone), 1));
    painter.setBrush(colors().surface);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7);
    const double x = rect.left() + 9;
    const double width = rect.width() - 18;
    double y = rect.top() + 6;
    painter.setFont(scaledFont(12.0 / 13, QFont::DemiBold));
    // Which directory it is in says less than what it is called, where there is room for one of them.
    const QString program = process.command.section(u' ', 0, 0);
    line(painter, x, y, width, program.section(u'/', -1) + process.command.mid(program.size()), colors().text);
    y += QFontMetricsF(painter.font()).height();
    painter.setFont(scaledFont(11.0 / 13));
    // A little air where there is room for it.
    const double height = QFontMetricsF(painter.font()).height();
    const double step = std::clamp((rect.bottom() - y - 6) / 3, height, height * 1.3);
    y += (step - height) / 2;
    const QString inside = process.insidePid ? DiptychPicture::tr("PID %1 inside").arg(process.insidePid)
                                             : DiptychPicture::tr("PID inside unknown");
    const QString outside = process.hostPid ? DiptychPicture::tr("PID %1 on host").arg(process.hostPid)
                                            : DiptychPicture::tr("no PID on host");
    for (const auto& [text, color] :
         {std::pair{inside, colors().muted}, std::pair{outside, process.hostPid ? colors().muted : colors().faint},
          std::pair{process.memory, colors().muted}}) {
        if (y + height > rect.bottom() - 2)
            break;
        line(painter, x, y, width, text, color);
        y += step;
    }
}

void moreBox(QPainter& painter, const QRectF& rect, int count, Tone tone)
{
    painter.setPen(QPen(toneLine(tone), 1, Qt::DotLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7);
    painter.setFont(scaledFont(11.0 / 13));
    painter.setPen(colors().muted);
    painter.drawText(rect.adjusted(4, 0, -4, 0), Qt::AlignCenter | Qt::TextWordWrap,
                     DiptychPicture::tr("+%1 more").arg(count));
}

void processes(QPainter& painter, const QRectF& area, const PicturePanel& panel)
{
    if (!panel.note.isEmpty() || panel.processes.isEmpty()) {
        painter.setFont(scaledFont(1));
        painter.setPen(colors().muted);
        painter.drawText(area, Qt::AlignCenter | Qt::TextWordWrap,
                         panel.note.isEmpty() ? DiptychPicture::tr("no process seen") : panel.note);
        return;
    }
    const int all = std::max(panel.processCount, int(panel.processes.size()));
    const int fit = std::max(1, int((area.width() + 8) / (96 + 8)));
    int shown = std::min(int(panel.processes.size()), fit);
    const bool more = all > shown || all > fit;
    if (more && shown == fit && fit > 1)
        --shown;
    const int boxes = shown + (more ? 1 : 0);
    const double width = std::min(132.0, (area.width() - 8 * (boxes - 1)) / boxes);
    const Tone tone = toneOf(panel.kind);
    for (int i = 0; i < boxes; ++i) {
        const QRectF box(std::round(area.left() + i * (width + 8)), area.top(), std::floor(width), area.height());
        if (i < shown)
            processBox(painter, box, panel.processes[i], tone);
        else
            moreBox(painter, box, all - shown, tone);
    }
}

void ownKernel(QPainter& painter, const QRectF& rect, const PicturePanel& panel)
{
    painter.setPen(QPen(toneColor(toneOf(panel.kind)), 1.2));
    painter.setBrush(colors().surface);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setFont(scaledFont(11.5 / 13, QFont::DemiBold));
    const QString title = panel.kernel.isEmpty() ? DiptychPicture::tr("Guest kernel, not measured")
                                                 : DiptychPicture::tr("Guest kernel %1").arg(panel.kernel);
    const double y = rect.center().y() - QFontMetricsF(painter.font()).height() / 2;
    const double used = line(painter, rect.left() + 12, y, rect.width() - 24, title, colors().text);
    painter.setFont(scaledFont(11.0 / 13));
    line(painter, rect.left() + 24 + used, rect.center().y() - QFontMetricsF(painter.font()).height() / 2,
         rect.width() - used - 36, panel.kernelNote, colors().muted, Qt::AlignRight);
}

bool isAwake(const PicturePanel& panel)
{
    return panel.state == client::State::Running || panel.state == client::State::Paused;
}

void paintPanel(QPainter& painter, const QRectF& rect, const PicturePanel& panel, bool own)
{
    const bool empty = panel.name.isEmpty();
    wall(painter, rect, panel.kind, empty);
    if (empty) {
        painter.setPen(colors().muted);
        painter.setFont(scaledFont(1));
        painter.drawText(rect.adjusted(14, 0, -14, 0), Qt::AlignCenter | Qt::TextWordWrap, panel.note);
        return;
    }
    const QRectF inner = rect.adjusted(14, 10, -14, -12);
    painter.setFont(scaledFont(12.5 / 13, QFont::Weight(650)));
    const double titleHeight = QFontMetricsF(painter.font()).height();
    const double used =
        line(painter, inner.left(), inner.top(), inner.width(),
             QStringLiteral("%1 · %2").arg(panel.name, kindText(panel.kind)), toneColor(toneOf(panel.kind)));
    painter.setFont(scaledFont(11.0 / 13));
    line(painter, inner.left() + used + 12, inner.top() + 1, inner.width() - used - 12, panel.caption, colors().muted,
         Qt::AlignRight);
    QRectF area = inner.adjusted(0, titleHeight + 8, 0, 0);
    if (own) {
        const QRectF kernel(area.left(), area.bottom() - 28, area.width(), 30);
        ownKernel(painter, kernel, panel);
        area.setBottom(kernel.top() - 6);
    }
    processes(painter, area, panel);
}

QString panelText(const PicturePanel& panel, bool own, const PictureHost& host)
{
    if (panel.name.isEmpty())
        return panel.note;
    QString text = QStringLiteral("%1, %2, %3. ").arg(panel.name, kindText(panel.kind), stateText(panel.state));
    if (!panel.note.isEmpty())
        text += panel.note + QStringLiteral(". ");
    if (isAwake(panel))
        text += own ? DiptychPicture::tr("A kernel of its own: %1. ").arg(panel.kernel)
                    : DiptychPicture::tr("Stands on the host's kernel %1. ").arg(host.kernel);
    for (const PictureProcess& process : panel.processes)
        text += process.hostPid ? DiptychPicture::tr("%1: PID %2 inside, PID %3 on the host. ")
                                      .arg(process.command)
                                      .arg(process.insidePid)
                                      .arg(process.hostPid)
                                : DiptychPicture::tr("%1: PID %2 inside, none on the host. ")
                                      .arg(process.command)
                                      .arg(process.insidePid);
    return text;
}

} // namespace

DiptychPicture::DiptychPicture(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setAccessibleName(tr("Both instances on this machine"));
}

void DiptychPicture::setPanels(const PicturePanel& left, const PicturePanel& right)
{
    m_left = left;
    m_right = right;
    updateAccessible();
}

void DiptychPicture::setHost(const PictureHost& host)
{
    m_host = host;
    updateAccessible();
}

void DiptychPicture::updateAccessible()
{
    setAccessibleDescription(pictureText());
    update();
}

bool DiptychPicture::hasOwnKernel(const PicturePanel& panel) const
{
    if (!panel.bootId.isEmpty() && !m_host.bootId.isEmpty())
        return panel.bootId != m_host.bootId;
    return panel.kind == client::Kind::Machine; // not measured (yet): what the kind promises
}

QString DiptychPicture::pictureText() const
{
    return panelText(m_left, hasOwnKernel(m_left), m_host) + QLatin1Char('\n') +
           panelText(m_right, hasOwnKernel(m_right), m_host) + QLatin1Char('\n') +
           tr("Host kernel %1, %2. Hardware: %3.").arg(m_host.kernel, m_host.kernelNote, m_host.hardwareNote);
}

bool DiptychPicture::event(QEvent* event)
{
    const Places places = placesIn(size());
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        for (const auto& [rect, panel] : {std::pair{places.left, &m_left}, std::pair{places.right, &m_right}})
            if (rect.contains(help->pos())) {
                QToolTip::showText(help->globalPos(), panelText(*panel, hasOwnKernel(*panel), m_host), this);
                return true;
            }
        QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::MouseButtonDblClick) {
        const QPointF at = static_cast<QMouseEvent*>(event)->position();
        for (const bool right : {false, true})
            if ((right ? places.right : places.left).contains(at))
                emit openInstance(right);
        return true;
    }
    return QWidget::event(event);
}

void DiptychPicture::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Places places = placesIn(size());
    strip(painter, places.hardware, tr("Hardware"), m_host.hardwareNote, false);
    strip(painter, places.kernel, tr("Host kernel %1").arg(m_host.kernel), m_host.kernelNote, true);
    for (const auto& [rect, panel] : {std::pair{places.left, &m_left}, std::pair{places.right, &m_right}}) {
        const bool own = hasOwnKernel(*panel);
        paintPanel(painter, rect, *panel, own);
        if (!own && isAwake(*panel) && !panel->name.isEmpty()) {
            // System calls go straight through.
            painter.setPen(QPen(toneColor(toneOf(panel->kind)), 2));
            painter.drawLine(QPointF(rect.center().x(), rect.bottom()),
                             QPointF(rect.center().x(), places.kernel.top()));
        }
    }
    QPen hinge(colors().faint, 1.5);
    hinge.setDashPattern({1.5, 2});
    painter.setPen(hinge);
    painter.drawLine(QPointF(places.hinge, 2), QPointF(places.hinge, places.kernel.top() - 4));
}

} // namespace diptych::widgets
