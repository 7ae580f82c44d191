#include "widgets/layermap.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

namespace diptych::widgets {

namespace {
constexpr double blockGap = 2;
constexpr double blockRadius = 4;
constexpr double leastBlock = 3;
constexpr double rowNameShare = 0.34;
} // namespace

LayerMap::LayerMap(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Layers and who shares them"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void LayerMap::setPicture(const Picture& picture)
{
    m_picture = picture;
    setAccessibleDescription(picture.description);
    updateGeometry();
    update();
}

void LayerMap::setCurrent(const QString& digest)
{
    if (m_current == digest)
        return;
    m_current = digest;
    update();
}

double LayerMap::rowHeight() const
{
    return fontMetrics().height() * 1.75;
}

double LayerMap::labelWidth() const
{
    const QFontMetricsF metrics(Theme::instance().small());
    double widest = 0;
    for (const QString& name : m_picture.rows)
        widest = std::max(widest, metrics.horizontalAdvance(name));
    return std::min(widest + 12, width() * rowNameShare);
}

QSize LayerMap::sizeHint() const
{
    return {360, qRound(rowHeight() * double(std::max<qsizetype>(1, m_picture.rows.size())))};
}

QSize LayerMap::minimumSizeHint() const
{
    return {200, sizeHint().height()};
}

QRectF LayerMap::rectOf(const Block& block) const
{
    const double left = labelWidth();
    const double scale = m_picture.width > 0 ? (width() - left - 1) / m_picture.width : 0;
    const double wide = std::max(leastBlock, block.size * scale - blockGap);
    return {left + block.begin * scale, block.firstRow * rowHeight() + blockGap / 2, wide,
            block.rows * rowHeight() - blockGap};
}

const LayerMap::Block* LayerMap::at(const QPointF& position) const
{
    for (const Block& block : m_picture.blocks)
        if (rectOf(block).adjusted(-1, 0, 1, 0).contains(position))
            return &block;
    return nullptr;
}

void LayerMap::paintBlock(QPainter& painter, const Block& block) const
{
    const Colors& c = colors();
    const QRectF rect = rectOf(block);
    const bool shared = block.rows > 1;
    const bool current = !m_current.isEmpty() && block.digest == m_current;
    const Tone tone = shared ? Tone::Selection : Tone::Host;
    painter.setPen(
        QPen(current ? c.text : toneLine(tone), current ? 2 : 1, block.again ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(block.again ? QBrush(toneLine(tone), Qt::BDiagPattern) : QBrush(toneTint(tone)));
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), blockRadius, blockRadius);
    const QFontMetricsF metrics(painter.font());
    if (rect.width() < metrics.horizontalAdvance(block.text) + 8 || block.again)
        return;
    painter.setPen(toneColor(shared ? Tone::Selection : Tone::Text));
    painter.drawText(rect, Qt::AlignCenter, block.text);
}

void LayerMap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::instance().small());
    const QFontMetricsF metrics(painter.font());
    const double left = labelWidth();
    for (qsizetype row = 0; row < m_picture.rows.size(); ++row) {
        const QRectF rect(0, double(row) * rowHeight(), left - 10, rowHeight());
        painter.setPen(row == 0 ? colors().text : colors().muted);
        painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(m_picture.rows.at(row), Qt::ElideMiddle, rect.width()));
    }
    for (const Block& block : m_picture.blocks)
        paintBlock(painter, block);
    if (hasFocus()) {
        painter.setPen(QPen(colors().selection, 1, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void LayerMap::mousePressEvent(QMouseEvent* event)
{
    if (const Block* block = at(event->position())) {
        setCurrent(block->digest);
        emit chosen(block->digest);
    }
}

void LayerMap::keyPressEvent(QKeyEvent* event)
{
    const bool right = event->key() == Qt::Key_Right;
    if (!right && event->key() != Qt::Key_Left) {
        QWidget::keyPressEvent(event);
        return;
    }
    // Along the first row: the layers of the image asked for.
    QStringList own;
    for (const Block& block : m_picture.blocks)
        if (block.firstRow == 0)
            own.append(block.digest);
    if (own.isEmpty())
        return;
    const qsizetype now = own.indexOf(m_current);
    const qsizetype next = now < 0 ? 0 : std::clamp<qsizetype>(now + (right ? 1 : -1), 0, own.size() - 1);
    setCurrent(own.at(next));
    emit chosen(m_current);
}

bool LayerMap::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const Block* block = at(help->pos()))
            QToolTip::showText(help->globalPos(), block->toolTip, this, rectOf(*block).toRect());
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace diptych::widgets
