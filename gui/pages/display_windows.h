// Displays in windows of their own, for several machines at once. They end with the connection to the helper, and with
// the program when its main window is closed.
#pragma once

#include "pages/context.h"

namespace diptych::pages {

class DisplayTab;

class DisplayWindow final : public QWidget
{
    Q_OBJECT
public:
    DisplayWindow(const Context& context, const QString& id);
    [[nodiscard]] DisplayTab* tab() const { return m_tab; }

signals:
    void closed();

protected:
    void hideEvent(QHideEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void showName();
    void fit(const QSize& picture); ///< the first one, where nobody chose a size

    Context m_context;
    QString m_id;
    DisplayTab* m_tab;
    bool m_fitted = false;
};

class DisplayWindows final : public QObject
{
    Q_OBJECT
public:
    explicit DisplayWindows(const Context& context);
    ~DisplayWindows() override;
    void open(const QString& id); ///< in front, if it is there
    void close(const QString& id);
    [[nodiscard]] DisplayWindow* window(const QString& id) const { return m_windows.value(id); } ///< null: in its tab
    [[nodiscard]] bool has(const QString& id) const { return m_windows.contains(id); }

signals:
    void changed(const QString& id); ///< opened or closed

private:
    Context m_context;
    QHash<QString, DisplayWindow*> m_windows;
};

} // namespace diptych::pages
