#include "widgets/displayview.h"

#include "widgets/keysyms.h"
#include "widgets/theme.h"
#include "widgets/vncfeed.h"

#include <QCursor>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace diptych::widgets {

namespace {

constexpr QSize usual{720, 400};

} // namespace

DisplayView::DisplayView(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Display"));
    setAccessibleDescription(tr("Keys go to the machine. Ctrl and Alt together give them back."));
    setMinimumSize(160, 100);
}

DisplayView::~DisplayView()
{
    if (m_feed)
        m_feed->disconnect(this);
}

void DisplayView::attach(int descriptor)
{
    detach();
    m_feed = std::make_unique<VncFeed>(descriptor);
    connect(m_feed.get(), &VncFeed::sizeChanged, this, &DisplayView::resized);
    connect(m_feed.get(), &VncFeed::changed, this, &DisplayView::repaintChanged);
    connect(m_feed.get(), &VncFeed::clipboardReceived, this, &DisplayView::clipboardReceived);
    connect(m_feed.get(), &VncFeed::cursorReceived, this, [this](const QImage& image, const QPoint& hotSpot) {
        if (m_hasMouse)
            return; // it moves where the machine draws it
        setCursor(image.isNull() ? QCursor(Qt::BlankCursor)
                                 : QCursor(QPixmap::fromImage(image), hotSpot.x(), hotSpot.y()));
    });
    connect(m_feed.get(), &VncFeed::ended, this, [this](const QString& error) {
        detach();
        emit ended(error);
    });
    m_feed->start();
}

void DisplayView::detach()
{
    if (!m_feed)
        return;
    giveBackMouse();
    m_feed->disconnect(this);
    m_feed.reset();
    m_down.clear();
    m_buttons = 0;
    unsetCursor();
    update();
}

void DisplayView::setScaled(bool scaled)
{
    m_scaled = scaled;
    setMinimumSize(scaled ? QSize(160, 100) : pictureSize());
    updateGeometry();
    update();
}

void DisplayView::setGrabbing(bool grab)
{
    m_grab = grab;
    if (grab && hasFocus())
        grabKeyboard();
    else
        releaseKeyboard();
}

QSize DisplayView::pictureSize() const
{
    return m_feed ? m_feed->size() : QSize();
}

QImage DisplayView::picture() const
{
    QImage copy;
    if (m_feed)
        m_feed->withImage([&](const QImage& image) { copy = image.copy(); });
    return copy;
}

QSize DisplayView::sizeHint() const
{
    const QSize size = pictureSize();
    return size.isEmpty() ? usual : size;
}

void DisplayView::sendKeys(const QList<quint32>& keysyms)
{
    if (!m_feed)
        return;
    for (const quint32 one : keysyms)
        m_feed->key(one, 0, true);
    for (auto one = keysyms.crbegin(); one != keysyms.crend(); ++one)
        m_feed->key(*one, 0, false);
}

void DisplayView::sendClipboard(const QString& text)
{
    if (m_feed)
        m_feed->clipboard(text);
}

void DisplayView::resized(const QSize& size)
{
    if (!m_scaled)
        setMinimumSize(size);
    updateGeometry();
    update();
    emit pictureSizeChanged(size);
}

QRectF DisplayView::pictureRect() const
{
    const QSizeF size = pictureSize();
    if (size.isEmpty())
        return {};
    const double fit = std::min(width() / size.width(), height() / size.height());
    const QSizeF drawn = m_scaled ? size * fit : size;
    return {QPointF((width() - drawn.width()) / 2, (height() - drawn.height()) / 2), drawn};
}

void DisplayView::repaintChanged()
{
    if (!m_feed)
        return;
    const QRectF rect = pictureRect();
    const QSizeF size = pictureSize();
    const QRegion region = m_feed->takeChanged();
    if (size.isEmpty())
        return;
    const double scale = rect.width() / size.width();
    for (const QRect& one : region)
        update(QRectF(rect.x() + one.x() * scale, rect.y() + one.y() * scale, one.width() * scale, one.height() * scale)
                   .toAlignedRect()
                   .adjusted(-1, -1, 1, 1));
}

void DisplayView::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), Qt::black);
    if (!m_feed)
        return;
    const QRectF rect = pictureRect();
    m_feed->withImage([&](const QImage& image) {
        if (image.isNull())
            return;
        painter.setRenderHint(QPainter::SmoothPixmapTransform, rect.size() != QSizeF(image.size()));
        painter.drawImage(rect, image);
    });
    if (hasFocus()) {
        painter.setPen(QPen(colors().machine, 2));
        painter.drawRect(QRectF(this->rect()).adjusted(1, 1, -1, -1));
    }
}

QPoint DisplayView::inGuest(const QPointF& position) const
{
    const QRectF rect = pictureRect();
    const QSize size = pictureSize();
    if (rect.isEmpty())
        return {};
    const double scale = size.width() / rect.width();
    const QPointF at = (position - rect.topLeft()) * scale;
    return {std::clamp(int(std::floor(at.x())), 0, size.width() - 1),
            std::clamp(int(std::floor(at.y())), 0, size.height() - 1)};
}

} // namespace diptych::widgets
