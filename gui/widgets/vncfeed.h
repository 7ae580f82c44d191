// One RFB (VNC) connection, decoded by libvncclient on a thread of its own. The picture is copied under a lock that is
// never held while anything waits, so that the GUI thread can paint at any time.
#pragma once

#include <QImage>
#include <QMutex>
#include <QRegion>
#include <QThread>

#include <atomic>
#include <deque>
#include <functional>
#include <vector>

// NOLINTNEXTLINE: libvncclient's own name
struct _rfbClient;

namespace diptych::widgets {

class VncFeed final : public QThread
{
    Q_OBJECT
public:
    /// Takes the connected descriptor; the server speaks first.
    explicit VncFeed(int descriptor, QObject* parent = nullptr);
    ~VncFeed() override; ///< ends the connection and waits for the thread

    /// Any thread; work must not wait.
    void withImage(const std::function<void(const QImage&)>& work) const;
    [[nodiscard]] QSize size() const;
    /// What changed since it was asked last.
    [[nodiscard]] QRegion takeChanged();

    // Queued, any thread. position in the guest's pixels; buttons as RFB has them: 1 left, 2 middle, 4 right, 8 up.
    void pointer(const QPoint& position, int buttons);
    /// keysym as X11's; scancode as the PC keyboard's (set 1, 0x80 for the extended ones), 0 unknown: the guest's own
    /// layout decides when it is known.
    void key(quint32 keysym, quint32 scancode, bool down);
    void clipboard(const QString& text);

signals:
    void sizeChanged(const QSize& size);
    void changed(); ///< once until takeChanged()
    void clipboardReceived(const QString& text);
    void cursorReceived(const QImage& image, const QPoint& hotSpot);
    /// Once. error empty: the server ended it.
    void ended(const QString& error);

protected:
    void run() override;

private:
    friend struct VncCallbacks;
    using Event = std::function<void(_rfbClient*)>;
    void post(Event event);
    bool sendQueued(_rfbClient* client);
    bool takeCutText(_rfbClient* client);
    void takeClipboard(_rfbClient* client, const QByteArray& payload);
    bool serve(_rfbClient* client);

    int m_descriptor;
    int m_wake;
    std::atomic<bool> m_quit{false};
    mutable QMutex m_mutex;
    QImage m_image;
    QRegion m_changed;
    bool m_told = false;
    std::deque<Event> m_events;
    // On its thread only.
    std::vector<quint32> m_frame;                                                  ///< libvncclient's
    enum class Clipboard { Plain, Sent, AskedFor } m_clipboard = Clipboard::Plain; ///< as the server wants it
    QString m_offered;                                                             ///< what it may ask for
};

} // namespace diptych::widgets
