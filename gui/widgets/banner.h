// Bad news beside what it is about: title, cause, mend as buttons, details on demand. Never a modal box.
#pragma once

#include "widgets/tone.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace diptych::widgets {

class Banner final : public QFrame
{
    Q_OBJECT
public:
    enum class Level { Info, Success, Warning, Error };

    explicit Banner(QWidget* parent = nullptr); ///< hidden until show()
    /// Replaces what was there, actions too, and shows the banner.
    void showMessage(Level level, const QString& title, const QString& text = {}, const QString& details = {});
    void addAction(const QString& text, std::function<void()> act);
    void setClosable(bool closable);
    void dismiss();

signals:
    void dismissed();

private:
    void restyle();
    Level m_level = Level::Info;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_text;
    QPlainTextEdit* m_details;
    QToolButton* m_detailsButton;
    QToolButton* m_close;
    QHBoxLayout* m_actions;
};

} // namespace diptych::widgets
