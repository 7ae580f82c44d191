// The store's images in one table, the selected one in tabs below, the work that goes on above. Files can be dropped on
// it, references pasted.
#pragma once

#include "pages/context.h"

class QSplitter;
class QStackedWidget;
class QTableView;

namespace diptych::models {
class ImageFilter;
}

namespace diptych::widgets {
class Banner;
class SearchField;
} // namespace diptych::widgets

namespace diptych::pages {

class Header;
class ImageActions;
class ImageDetail;
class ImagesEmpty;

class ImagesPage final : public Page
{
    Q_OBJECT
public:
    explicit ImagesPage(const Context& context, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    void refresh() override;
    void focusSearch() override;
    void shown() override;
    void open(const QStringList& references, const QString& tab = {}) override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] ImageActions& actions() const { return *m_actions; }
    [[nodiscard]] ImageDetail* detail() const { return m_detail; }
    void paste(); ///< the clipboard's reference into Pull, its file into Import

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildHeader();
    void buildTable();
    void buildLayout();
    void listen();
    void select(const QStringList& references);
    void selectionChanged();
    void pickFirst();
    void showState();
    void showMenu(const QPoint& position);
    void showSum();

    models::ImageFilter* m_filter;
    ImageActions* m_actions;
    Header* m_header;
    widgets::SearchField* m_search;
    widgets::Banner* m_hint;
    QStackedWidget* m_stack;
    QTableView* m_table;
    ImagesEmpty* m_empty;
    QSplitter* m_splitter;
    ImageDetail* m_detail;
    QStringList m_wanted;      ///< to select as soon as it appears
    bool m_remembered = false; ///< m_wanted is of the last time: it may be gone
    bool m_dragging = false;
};

} // namespace diptych::pages
