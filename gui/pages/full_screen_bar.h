// What can be done with a picture that fills the screen: there for a moment at first, then when the mouse touches the
// upper edge. It never takes the keyboard from the machine.
#pragma once

#include <QTimer>
#include <QWidget>

class QMenu;

namespace diptych::pages {

class FullScreenBar final : public QWidget
{
    Q_OBJECT
public:
    /// Above the upper edge of the picture, as long as this lives.
    FullScreenBar(const QString& name, QMenu* keys, QWidget* picture);

signals:
    void leaveWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    void appear(int milliseconds);
    [[nodiscard]] bool isWanted() const; ///< the mouse is on it, or its menu is open

    QMenu* m_keys;
    QTimer m_leave;
};

} // namespace diptych::pages
