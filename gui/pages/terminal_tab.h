// A container's shells, or a machine's serial console. Closing, or choosing another instance, detaches: sessions go on
// in the helper, and are attached again, by itself after the helper was away.
#pragma once

#include "pages/detail_tab.h"

#include <QHash>
#include <QTimer>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace diptych::widgets {
class EmptyState;
class TerminalView;
} // namespace diptych::widgets

namespace diptych::pages {

class TerminalTab final : public DetailTab
{
    Q_OBJECT
public:
    TerminalTab(const Context& context, QWidget* parent);
    ~TerminalTab() override;
    void refresh() override {}
    [[nodiscard]] widgets::TerminalView* view() const { return m_view; }

protected:
    void reset() override;
    void activate() override;

private:
    void follow();
    void offer(); ///< it does not run: why, and Start; what it said last stays
    void listThenAttach();
    [[nodiscard]] QString shellAmong(const QList<client::TerminalSession>& sessions) const;
    void listSessions();
    void attach(const QString& session);
    void ended(const QString& error);
    void shellEnded();
    void retry();
    void showSessions(const QList<client::TerminalSession>& sessions);
    void setStatus(const QString& text);

    QStackedWidget* m_stack;
    widgets::TerminalView* m_view;
    widgets::EmptyState* m_empty;
    QComboBox* m_sessions;
    QPushButton* m_start;
    QPushButton* m_new;
    QLabel* m_status;
    std::unique_ptr<client::TerminalStream> m_stream;
    QHash<QString, QString> m_last; ///< instance id -> the session attached last
    QTimer m_retry;
    int m_failures = 0;
    bool m_done = false;      ///< the program ended: a new one only when asked for
    bool m_wasClosed = false; ///< without an error: ended, or the helper went
    bool m_listing = false;
};

} // namespace diptych::pages
