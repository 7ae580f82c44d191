// The left edge of the window: brand, host, navigation, helper.
#pragma once

#include "shell/helper_status.h"
#include "shell/host_card.h"
#include "shell/nav_button.h"

#include <QHash>

namespace diptych::shell {

class Sidebar final : public QWidget
{
    Q_OBJECT
public:
    explicit Sidebar(QWidget* parent = nullptr);
    void setCurrent(const QString& page);                    ///< of none when it has no line here
    [[nodiscard]] QString textOf(const QString& page) const; ///< as the navigation calls it
    void setCount(const QString& page, int count);
    [[nodiscard]] HostCard& hostCard() { return *m_host; }
    [[nodiscard]] HelperStatus& helper() { return *m_helper; }
    /// In the order shown: Ctrl+1 and so on.
    static QStringList pageNames();

signals:
    void chosen(const QString& page);
    void settingsWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void addCaption(const QString& text);
    void addPage(const QString& name, const QString& text);

    HostCard* m_host;
    HelperStatus* m_helper;
    QHash<QString, NavButton*> m_buttons;
};

} // namespace diptych::shell
