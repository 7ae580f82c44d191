// A machine's screen, keyboard and mouse. Connects when it is shown and the machine runs, and again by itself.
#pragma once

#include "pages/detail_tab.h"

#include <QPointer>
#include <QTimer>

class QCheckBox;
class QLabel;
class QMenu;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QToolButton;

namespace diptych::client {
class DisplayStream;
}
namespace diptych::widgets {
class DisplayView;
class EmptyState;
} // namespace diptych::widgets

namespace diptych::pages {

class ClipboardSharing;
class FullScreenBar;

class DisplayTab final : public DetailTab
{
    Q_OBJECT
public:
    enum class Place { Tab, Window }; ///< a window of its own takes the picture out of the tab meanwhile
    DisplayTab(const Context& context, QWidget* parent, Place place = Place::Tab);
    ~DisplayTab() override;
    void refresh() override {}
    [[nodiscard]] widgets::DisplayView* view() const { return m_view; }
    void setFullScreen(bool full);

protected:
    void reset() override;
    void activate() override;
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow();
    void attach();
    void detach();
    void askDevices();
    void showStatus();
    void ended(const QString& error);
    void lookForDisplay(); ///< one that this window can show
    void addDisplay();
    void showNothing(const QString& title, const QString& text, const QString& action = {});
    void showTools(bool live);
    [[nodiscard]] bool isElsewhere() const; ///< in a window of its own
    void changePlace();
    void keepToolsRoom(); ///< a window is never narrower than its tools, whether they are shown or not
    void saveScreenshot();
    QMenu* keysMenu();

    Place m_place;
    QStackedWidget* m_stack;
    QScrollArea* m_scroll;
    widgets::DisplayView* m_view;
    ClipboardSharing* m_clipboard;
    widgets::EmptyState* m_empty;
    QLabel* m_status;
    QCheckBox* m_fit;
    QCheckBox* m_grab;
    QPushButton* m_keys;
    QPushButton* m_screenshot;
    QPushButton* m_window;
    QPushButton* m_full;
    QPointer<FullScreenBar> m_bar;
    std::unique_ptr<client::DisplayStream> m_stream;
    QTimer m_retry;
    QString m_problem;            ///< why the last attempt failed
    bool m_offersDisplay = false; ///< what the empty tab's button does
};

} // namespace diptych::pages
