// Small parts that every page uses: the header line, quiet labels, buttons that follow an action, scrolling bodies.
#pragma once

#include "widgets/tone.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

class QElapsedTimer;
class QHBoxLayout;
class QMenu;
class QTableView;

namespace diptych::pages {

/// A page's header line: title, a quiet subtitle, then what the page adds.
class Header final : public QWidget
{
    Q_OBJECT
public:
    explicit Header(const QString& title, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    void setSubtitle(const QString& text);
    void add(QWidget* widget);
    void addStretch();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* m_title;
    QLabel* m_subtitle;
    QHBoxLayout* m_layout;
};

/// A label whose colour is a tone, whatever the theme.
class ToneLabel : public QLabel
{
    Q_OBJECT
public:
    explicit ToneLabel(const QString& text = {}, widgets::Tone tone = widgets::Tone::Muted, QWidget* parent = nullptr);
    void setTone(widgets::Tone tone);

private:
    void recolor();
    widgets::Tone m_tone;
};

QPushButton* button(const QString& text, QWidget* parent, const QString& toolTip = {});
QPushButton* primaryButton(const QString& text, QWidget* parent, const QString& toolTip = {});
/// Text alone, coloured as a link; for actions inside lists.
QPushButton* linkButton(const QString& text, QWidget* parent, const QString& toolTip = {});
/// Follows the action: text, icon, enabled, tool tip, trigger.
QToolButton* actionButton(QAction* action, QWidget* parent);

/// Opens its menu at a click.
QPushButton* menuButton(const QString& text, QMenu* menu, QWidget* parent, const QString& toolTip);
/// While nothing in its menu can be done; it then tells why the first can't.
void greyWithItsMenu(QPushButton* button);

QLabel* heading(const QString& text, QWidget* parent);
QLabel* monospaceLabel(const QString& text, QWidget* parent); ///< selectable

/// content scrolls vertically and is as wide as the page.
QScrollArea* scrolling(QWidget* content, QWidget* parent);

/// Rows as this program's tables have them: no grid, whole rows, quiet header.
void dressTable(QTableView* table);
/// Which columns are shown, by ticks; the first two stay. The header keeps it in its saved state.
QMenu* columnsMenu(QTableView* table, QWidget* parent);
int rowHeight(const QWidget* widget, double lines); ///< in the widget's font

/// Takes every widget and layout out of a layout and deletes them.
void clearLayout(QLayout* layout);

/// ms until a page that looks at all of the machine asks again, at least usual: at most a tenth of the time goes into
/// asking, since a thousand containers take the helper a second. asked: started with the last question.
[[nodiscard]] int nextLook(const QElapsedTimer& asked, int usual);

} // namespace diptych::pages
