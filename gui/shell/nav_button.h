// One line of the navigation: icon, name, how many.
#pragma once

#include <QAbstractButton>

namespace diptych::shell {

class NavButton final : public QAbstractButton
{
    Q_OBJECT
public:
    NavButton(const QString& iconName, const QString& text, QWidget* parent = nullptr);
    void setCount(int count); ///< 0: none is shown
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QString m_icon;
    int m_count = 0;
    bool m_ringed = false; ///< the focus came by keyboard
};

} // namespace diptych::shell
