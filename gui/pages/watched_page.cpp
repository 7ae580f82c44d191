#include "pages/watched_page.h"

#include "pages/parts.h"
#include "pages/watch.h"
#include "widgets/searchfield.h"

#include <QAbstractItemView>
#include <QAbstractProxyModel>
#include <QVBoxLayout>

namespace diptych::pages {

WatchedPage::WatchedPage(const Context& context, const QString& title, const QString& search, Watch* watch,
                         QWidget* parent)
    : Page(context, parent),
      m_name(title),
      m_header(new Header(title, this)),
      m_search(new widgets::SearchField(search, this)),
      m_watch(watch)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_watch, 1);
}

void WatchedPage::setContent(QWidget* content, QAbstractItemView* list, int idRole)
{
    m_list = list;
    m_idRole = idRole;
    m_watch->setContent(content);
}

void WatchedPage::refresh()
{
    m_watch->ask();
}

void WatchedPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
}

void WatchedPage::shown()
{
    m_watch->ask();
}

void WatchedPage::open(const QStringList& ids, const QString&)
{
    m_wanted = ids.value(0);
    select(m_wanted);
}

QString WatchedPage::current() const
{
    return m_list->currentIndex().siblingAtColumn(0).data(m_idRole).toString();
}

void WatchedPage::select(const QString& id)
{
    const QModelIndex index = static_cast<QAbstractProxyModel*>(m_list->model())->mapFromSource(indexOf(id));
    if (!index.isValid())
        return;
    m_wanted.clear();
    m_list->setCurrentIndex(index);
    m_list->scrollTo(index);
}

bool WatchedPage::selectWanted()
{
    if (m_wanted.isEmpty())
        return false;
    select(m_wanted);
    return true;
}

} // namespace diptych::pages
