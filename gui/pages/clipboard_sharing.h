// The text that was copied here or inside a machine, on its way to the other side: when it is asked for, or by itself
// for machines whose user has said so.
#pragma once

#include <QObject>

class QMenu;

namespace diptych::widgets {
class DisplayView;
}

namespace diptych::pages {

class ClipboardSharing final : public QObject
{
    Q_OBJECT
public:
    explicit ClipboardSharing(widgets::DisplayView* view);
    void setMachine(const QString& id);   ///< nothing was copied yet
    void setObstacle(const QString& why); ///< empty: there is a way
    void addTo(QMenu* menu);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] bool isOn() const;
    void setOn(bool on);
    void send();
    void take(const QString& text);
    void sendNew(); ///< what was copied here since

    widgets::DisplayView* m_view;
    QString m_id;
    QString m_obstacle;
    QString m_inside; ///< what the machine offered last
    QString m_passed; ///< the last that went either way by itself: it is not sent back
};

} // namespace diptych::pages
