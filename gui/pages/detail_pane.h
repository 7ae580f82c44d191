// What is selected in a page's table, below it: a head with its name, a line about it and the main verbs, and tabs.
#pragma once

#include "pages/context.h"

class QAction;
class QHBoxLayout;
class QLabel;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace diptych::pages {

class DetailPane : public QWidget
{
    Q_OBJECT
protected:
    /// about: the accessible name of the row of tabs.
    DetailPane(const Context& context, const QString& about, const QStringList& tabs, QWidget* parent);
    QToolButton* addVerb(QAction* action);

    Context m_context;
    QLabel* m_name;
    QLabel* m_text;
    QHBoxLayout* m_head; ///< the name, the line, the verbs
    QTabBar* m_tabs;
    QStackedWidget* m_stack;
};

} // namespace diptych::pages
