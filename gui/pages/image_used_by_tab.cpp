#include "models/formatting.h"
#include "pages/image_tabs.h"
#include "pages/parts.h"
#include "widgets/icons.h"

#include <QHeaderView>
#include <QTableWidget>
#include <QVBoxLayout>

namespace diptych::pages {

namespace {
constexpr int columnWidth = 240;
}

ImageUsedByTab::ImageUsedByTab(const Context& context, QWidget* parent)
    : ImageTab(context, parent),
      m_note(new ToneLabel({}, widgets::Tone::Muted, this)),
      m_table(new QTableWidget(0, 3, this))
{
    m_table->setHorizontalHeaderLabels({tr("Instance"), tr("Kind"), tr("State")});
    m_table->setAccessibleName(tr("Instances made from the image"));
    m_table->setObjectName(QStringLiteral("usedBy"));
    dressTable(m_table);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight(this, 1.9));
    for (int column : {0, 1})
        m_table->setColumnWidth(column, columnWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 12, 0, 12);
    layout->addWidget(m_note);
    layout->addWidget(m_table, 1);
    setFocusProxy(m_table);
    connect(m_table, &QTableWidget::cellActivated, this, &ImageUsedByTab::open);
    const auto again = [this] {
        if (isVisible())
            shown();
    };
    connect(context.store, &models::InstanceStore::changed, this, again);
    connect(context.store, &models::InstanceStore::removed, this, again);
    connect(context.images, &models::ImageModel::changed, this, again);
}

void ImageUsedByTab::shown()
{
    const client::Image* i = image();
    const QStringList ids = i ? i->usedBy : QStringList();
    m_note->setText(ids.isEmpty()
                        ? tr("No instance is made from it; it can be deleted.")
                        : tr("Enter or a double click opens the instance. It needs this image: deleting waits "
                             "for it."));
    m_table->setVisible(!ids.isEmpty());
    m_table->setRowCount(int(ids.size()));
    for (int row = 0; row < ids.size(); ++row) {
        const client::Instance* instance = context().store->find(ids.at(row));
        const QStringList texts{context().store->nameOf(ids.at(row)),
                                instance ? models::kindName(instance->context.kind) : models::none(),
                                instance ? models::stateName(instance->runtime.state) : models::none()};
        for (int column = 0; column < texts.size(); ++column) {
            auto* item = new QTableWidgetItem(texts.at(column));
            item->setData(Qt::UserRole, ids.at(row));
            if (column == 0 && instance)
                item->setIcon(widgets::icon(instance->context.kind == client::Kind::Machine
                                                ? QStringLiteral("machine")
                                                : QStringLiteral("container"),
                                            widgets::toneOf(instance->context.kind)));
            m_table->setItem(row, column, item);
        }
    }
}

void ImageUsedByTab::open(int row)
{
    emit context().navigator->openInstance(m_table->item(row, 0)->data(Qt::UserRole).toString());
}

} // namespace diptych::pages
