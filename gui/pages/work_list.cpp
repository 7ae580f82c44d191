#include "pages/work_list.h"

#include "dialogs/work_view.h"
#include "pages/parts.h"

#include <QVBoxLayout>

namespace diptych::pages {

WorkList::WorkList(models::ImageWork& work, QWidget* parent)
    : QWidget(parent),
      m_work(work),
      m_layout(new QVBoxLayout(this)),
      m_rest(new ToneLabel({}, widgets::Tone::Muted, this))
{
    m_layout->setContentsMargins(22, 12, 22, 12);
    m_layout->setSpacing(8);
    m_layout->addWidget(m_rest);
    connect(&work, &models::ImageWork::changed, this, &WorkList::showItems);
    showItems();
}

void WorkList::showItems()
{
    const QList<models::WorkItem> items = m_work.items();
    QSet<QString> wanted;
    for (const models::WorkItem& item : items.mid(0, MostShown))
        wanted.insert(item.id);
    for (auto view = m_views.begin(); view != m_views.end();) {
        if (wanted.contains(view.key())) {
            ++view;
            continue;
        }
        (*view)->hide();
        (*view)->deleteLater();
        view = m_views.erase(view);
    }
    int at = 0;
    for (const models::WorkItem& item : items.mid(0, MostShown)) {
        if (!m_views.contains(item.id)) {
            auto* view = new dialogs::WorkView(m_work, item.id, this);
            m_layout->insertWidget(at, view);
            view->show();
            m_views.insert(item.id, view);
        }
        ++at;
    }
    const int rest = int(items.size()) - MostShown;
    m_rest->setText(rest > 0 ? tr("and %n more", nullptr, rest) : QString());
    m_rest->setVisible(rest > 0);
    setVisible(!items.isEmpty());
}

} // namespace diptych::pages
