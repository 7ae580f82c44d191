// The picture of a machine with its keyboard and mouse. While it has the focus every key goes inside; Ctrl+Alt, pressed
// and let go alone, gives them back. The picture comes from a thread (vncfeed): painting and typing never wait for it.
#pragma once

#include <QCursor>
#include <QImage>
#include <QSet>
#include <QWidget>

#include <memory>

namespace diptych::widgets {

class VncFeed;

class DisplayView final : public QWidget
{
    Q_OBJECT
public:
    explicit DisplayView(QWidget* parent = nullptr);
    ~DisplayView() override;

    void attach(int descriptor); ///< takes it
    void detach();
    [[nodiscard]] bool isAttached() const { return m_feed != nullptr; }

    void setScaled(bool scaled); ///< false: a guest's pixel is a pixel, the widget as large as the picture
    [[nodiscard]] bool isScaled() const { return m_scaled; }
    /// The desktop's own shortcuts go inside too, as long as the view has the focus.
    void setGrabbing(bool grab);
    [[nodiscard]] bool isGrabbing() const { return m_grab; }
    /// A machine without a tablet takes movements, not places: a click gives it the mouse, Ctrl+Alt gives it back.
    void setRelative(bool relative);
    [[nodiscard]] bool isRelative() const { return m_relative; }
    [[nodiscard]] bool hasMouse() const { return m_hasMouse; }
    [[nodiscard]] QSize pictureSize() const;
    [[nodiscard]] QImage picture() const;
    /// Pressed in order, let go in reverse; X11 keysyms.
    void sendKeys(const QList<quint32>& keysyms);
    void sendClipboard(const QString& text);

    [[nodiscard]] QSize sizeHint() const override;

signals:
    void pictureSizeChanged(const QSize& size);
    void releaseWanted();         ///< Ctrl+Alt
    void mouseTaken(bool taken);  ///< by a machine that takes movements
    void leaveFullScreenWanted(); ///< Ctrl+Alt+Enter
    void clipboardReceived(const QString& text);
    void ended(const QString& error);

protected:
    bool event(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    [[nodiscard]] QRectF pictureRect() const;
    [[nodiscard]] QPoint inGuest(const QPointF& position) const;
    void pointer(const QPointF& position);
    void takeMouse();
    void giveBackMouse();
    void moveBy(const QPointF& position);
    [[nodiscard]] bool waitsForClick(const QMouseEvent& event); ///< the click that gives the mouse is not the machine's
    void resized(const QSize& size);
    void repaintChanged();
    void key(QKeyEvent* event, bool down);
    void releaseKeys();

    std::unique_ptr<VncFeed> m_feed;
    bool m_scaled = true;
    bool m_grab = false;
    bool m_chord = false; ///< Ctrl and Alt are down and nothing else was pressed since
    bool m_relative = false;
    bool m_hasMouse = false;
    QPointF m_last;    ///< where the mouse was seen last
    QPointF m_virtual; ///< only its changes matter: QEMU takes differences where there is no tablet
    QCursor m_before;
    int m_buttons = 0;
    int m_wheel = 0;
    QSet<std::pair<quint32, quint32>> m_down; ///< keysym and scancode, to be let go when the focus leaves
};

} // namespace diptych::widgets
