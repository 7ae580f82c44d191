#include "models/formatting.h"
#include "models/layer_sharing.h"
#include "pages/image_tabs.h"
#include "pages/parts.h"
#include "widgets/layermap.h"

#include <QHeaderView>
#include <QTableWidget>
#include <QVBoxLayout>

namespace diptych::pages {

namespace {
enum StepColumn { CommandColumn, BlobColumn, UnpackedColumn, SharedColumn, StepColumnCount };
constexpr int commandWidth = 520;
constexpr int sizeWidth = 100;
constexpr int longestCommand = 400;

/// Without the shell that image builders put before every line.
QString commandOf(const client::ImageStep& step)
{
    QString text = step.createdBy.isEmpty() ? step.comment : step.createdBy;
    for (const char* prefix : {"/bin/sh -c #(nop) ", "/bin/sh -c "})
        if (text.startsWith(QLatin1String(prefix)))
            text.remove(0, int(qstrlen(prefix)));
    return text.simplified().left(longestCommand);
}

QTableWidgetItem* cell(const QString& text, const QString& toolTip = {})
{
    auto* item = new QTableWidgetItem(text);
    item->setToolTip(toolTip.isEmpty() ? text : toolTip);
    return item;
}
} // namespace

ImageLayersTab::ImageLayersTab(const Context& context, QWidget* parent)
    : ImageTab(context, parent),
      m_sum(new ToneLabel({}, widgets::Tone::Muted, this)),
      m_map(new widgets::LayerMap(this)),
      m_table(new QTableWidget(0, StepColumnCount, this))
{
    m_table->setHorizontalHeaderLabels({tr("Step"), tr("Compressed"), tr("Unpacked"), tr("Shared with")});
    m_table->setAccessibleName(tr("Layers"));
    m_table->setObjectName(QStringLiteral("steps"));
    dressTable(m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight(this, 1.9));
    m_table->setColumnWidth(CommandColumn, commandWidth);
    m_table->setColumnWidth(BlobColumn, sizeWidth);
    m_table->setColumnWidth(UnpackedColumn, sizeWidth);
    m_sum->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 12, 0, 12);
    layout->addWidget(m_sum);
    layout->addWidget(m_map);
    layout->addWidget(m_table, 1);
    setFocusProxy(m_table);
    connect(m_map, &widgets::LayerMap::chosen, this, &ImageLayersTab::choose);
    connect(m_table, &QTableWidget::currentCellChanged, this, [this](int row) {
        const QTableWidgetItem* item = m_table->item(row, CommandColumn);
        m_map->setCurrent(item ? item->data(Qt::UserRole).toString() : QString());
    });
    connect(m_table, &QTableWidget::cellActivated, this, [this](int row) {
        if (const QString digest = m_table->item(row, CommandColumn)->data(Qt::UserRole).toString(); !digest.isEmpty())
            emit filesWanted(digest);
    });
    connect(context.images, &models::ImageModel::changed, this, [this] {
        if (isVisible())
            showPicture();
    });
}

void ImageLayersTab::shown()
{
    showPicture();
    showSteps();
}

void ImageLayersTab::showPicture()
{
    const models::SharingPicture sharing = models::sharingOf(context().images->images(), reference());
    widgets::LayerMap::Picture picture;
    picture.width = double(sharing.width);
    for (const QStringList& names : sharing.rows)
        picture.rows.append(names.join(QStringLiteral(", ")));
    for (const models::SharingBlock& block : sharing.blocks) {
        const QString size = models::bytes(block.size);
        QString tip = tr("%1: %2", "layer, size").arg(block.digest.left(19), size);
        if (block.rows > 1)
            tip += QLatin1Char('\n') + tr("stored once for %n images", nullptr, block.rows);
        else if (block.again)
            tip += QLatin1Char('\n') + tr("stored already, at another place of the picture");
        picture.blocks.append({block.digest, size, tip, double(block.begin), double(block.size), block.firstRow,
                               block.rows, block.again});
    }
    const qint64 saved = sharing.separately - sharing.stored;
    QString sum = saved > 0
                      ? tr("Layers that several images begin with are stored once: %1 in place of %2, %3 saved.")
                            .arg(models::bytes(sharing.stored), models::bytes(sharing.separately), models::bytes(saved))
                      : tr("No other image here has a layer of this one.");
    if (sharing.others > 0)
        sum += QLatin1Char(' ') + tr("%n more image(s) share layers with it.", nullptr, sharing.others);
    m_sum->setText(sum);
    picture.description = sum;
    m_map->setPicture(picture);
    m_map->setVisible(!picture.blocks.isEmpty());
}

/// What Inspect says; an older helper has no history, but the layers are known.
QList<client::ImageStep> ImageLayersTab::steps() const
{
    if (details() && !details()->history.isEmpty())
        return details()->history;
    QList<client::ImageStep> all;
    if (const client::Image* i = image()) {
        for (const client::ImageLayer& layer : i->layers) {
            client::ImageStep step;
            step.digest = layer.digest;
            step.comment = layer.digest;
            step.size = layer.size;
            all.append(step);
        }
    }
    return all;
}

void ImageLayersTab::showSteps()
{
    const QList<client::ImageStep> all = steps();
    const QString before = m_map->current();
    m_table->setRowCount(int(all.size()));
    for (int row = 0; row < all.size(); ++row) {
        const client::ImageStep& step = all.at(row);
        const bool layer = !step.digest.isEmpty();
        const QString command = commandOf(step);
        QTableWidgetItem* first = cell(command, step.createdBy.isEmpty() ? step.comment : step.createdBy);
        first->setData(Qt::UserRole, step.digest);
        m_table->setItem(row, CommandColumn, first);
        m_table->setItem(row, BlobColumn,
                         cell(layer ? models::bytes(step.size) : models::none(),
                              layer ? step.digest : tr("This step made no layer.")));
        m_table->setItem(row, UnpackedColumn,
                         cell(layer && step.unpacked > 0 ? models::bytes(step.unpacked) : models::none()));
        m_table->setItem(row, SharedColumn,
                         cell(step.sharedWith.isEmpty() ? models::none() : step.sharedWith.join(QStringLiteral(", "))));
        for (int column = 0; column < StepColumnCount && !layer; ++column)
            m_table->item(row, column)->setForeground(widgets::toneColor(widgets::Tone::Muted));
    }
    choose(before);
}

void ImageLayersTab::choose(const QString& digest)
{
    for (int row = 0; row < m_table->rowCount(); ++row) {
        if (digest.isEmpty() || m_table->item(row, CommandColumn)->data(Qt::UserRole).toString() != digest)
            continue;
        m_table->setCurrentCell(row, CommandColumn);
        return;
    }
}

} // namespace diptych::pages
