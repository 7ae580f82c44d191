// A page of what is asked for while it is seen, as a list that one is chosen from: head line with a search, a drawing
// and the list (pages/watch.h), and the chosen one, which stays chosen over each answer.
#pragma once

#include "pages/context.h"

class QAbstractItemView;

namespace diptych::widgets {
class SearchField;
}

namespace diptych::pages {

class Header;
class Watch;

class WatchedPage : public Page
{
    Q_OBJECT
public:
    [[nodiscard]] QString title() const override { return m_name; }
    void refresh() override;
    void focusSearch() override;
    void shown() override;
    void open(const QStringList& ids, const QString& tab = {}) override; ///< ids[0]: of what is chosen

protected:
    /// watch: for this page; its parent is set here.
    WatchedPage(const Context& context, const QString& title, const QString& search, Watch* watch, QWidget* parent);
    [[nodiscard]] Header& header() const { return *m_header; }
    [[nodiscard]] widgets::SearchField& search() const { return *m_search; }
    [[nodiscard]] Watch& watch() const { return *m_watch; }
    /// list: its model is a QAbstractProxyModel; idRole: what the first column says of a row.
    void setContent(QWidget* content, QAbstractItemView* list, int idRole);

    [[nodiscard]] QString current() const;
    void select(const QString& id);
    bool selectWanted(); ///< true: one was asked for by open()

    [[nodiscard]] virtual QModelIndex indexOf(const QString& id) const = 0; ///< in the source of the list's model

private:
    QString m_name;
    Header* m_header;
    widgets::SearchField* m_search;
    Watch* m_watch;
    QAbstractItemView* m_list = nullptr;
    int m_idRole = 0;
    QString m_wanted; ///< to be selected when it is there
};

} // namespace diptych::pages
