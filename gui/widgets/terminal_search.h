// The line that searches a terminal's screen and scrollback: over its upper right corner, from Ctrl+Shift+F to Escape.
#pragma once

#include "widgets/terminal.h"

#include <QFrame>

class QLabel;
class QLineEdit;

namespace diptych::widgets {

class TerminalSearch final : public QFrame
{
    Q_OBJECT
public:
    explicit TerminalSearch(TerminalView* view);
    void open();  ///< with what is selected, if it is one line
    void place(); ///< the view was resized

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void search(TerminalView::Search direction);
    void leave();

    TerminalView* m_view;
    QLineEdit* m_words;
    QLabel* m_result;
};

} // namespace diptych::widgets
