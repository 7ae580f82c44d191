// A machine's screen, keyboard and mouse. Connects when it is shown and the machine runs, and again by itself.
#pragma once

#include "pages/detail_tab.h"

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

class DisplayTab final : public DetailTab
{
    Q_OBJECT
public:
    DisplayTab(const Context& context, QWidget* parent);
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
    void askPointer();
    void showStatus();
    void ended(const QString& error);
    void showNothing(const QString& title, const QString& text, const QString& action = {});
    void showTools(bool live);
    void saveScreenshot();
    QMenu* keysMenu();

    QStackedWidget* m_stack;
    QScrollArea* m_scroll;
    widgets::DisplayView* m_view;
    widgets::EmptyState* m_empty;
    QLabel* m_status;
    QCheckBox* m_fit;
    QCheckBox* m_grab;
    QPushButton* m_keys;
    QPushButton* m_screenshot;
    QPushButton* m_full;
    std::unique_ptr<client::DisplayStream> m_stream;
    QTimer m_retry;
    QString m_clipboard; ///< what the machine offered last
    QString m_problem;   ///< why the last attempt failed
};

} // namespace diptych::pages
