// What runs isolated or limited on this machine though nobody registered it: by maker, read only, each with the same
// tables as our own instances. Asks while it is looked at.
#pragma once

#include "pages/context.h"

#include <QTimer>

#include <array>

class QLabel;
class QSplitter;
class QTabBar;
class QStackedWidget;
class QTreeWidget;
class QTreeWidgetItem;
class QPushButton;

namespace diptych::widgets {
class Banner;
class Pill;
} // namespace diptych::widgets

namespace diptych::pages {

class DetailTab;

class OthersPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit OthersPanel(const Context& context, QWidget* parent);

    void refresh();
    void setFilter(const QString& text); ///< words, all of which must be found
    void choose(const QString& id);
    [[nodiscard]] QString current() const { return m_id; }
    [[nodiscard]] QTreeWidget* tree() const { return m_tree; }
    [[nodiscard]] QTabBar* tabs() const { return m_tabs; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] QWidget* buildDetail();
    void fill();
    [[nodiscard]] QTreeWidgetItem* groupOf(const QString& maker, int count);
    void fillRow(QTreeWidgetItem* item, const client::Workload& workload) const;
    void select(QTreeWidgetItem* item);
    void showTab(int index);

    Context m_context;
    QTreeWidget* m_tree;
    widgets::Banner* m_banner;
    QSplitter* m_split;
    QLabel* m_name;
    widgets::Pill* m_maker;
    QLabel* m_text;
    QPushButton* m_compare;
    QTabBar* m_tabs;
    QStackedWidget* m_stack;
    std::array<DetailTab*, 3> m_pages{};
    QTimer m_timer;
    QString m_id;
    QStringList m_words;
    bool m_asking = false;
};

} // namespace diptych::pages
