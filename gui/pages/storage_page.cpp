#include "pages/storage_page.h"

#include "client/machine_calls.h"
#include "models/formatting.h"
#include "models/reasons.h"
#include "models/statements.h"
#include "pages/parts.h"
#include "widgets/banner.h"
#include "widgets/emptystate.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QTreeWidget>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using widgets::Banner;
using widgets::EmptyState;

StoragePage::StoragePage(const Context& context, QWidget* parent)
    : Page(context, parent),
      m_header(new Header(tr("Storage"), this)),
      m_place(new ConnectionPicker(*context.store, ConnectionPicker::For::Place, u"storage"_s, this)),
      m_banner(new Banner(this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(m_stack)),
      m_split(new QSplitter(m_stack)),
      m_pools(new QTreeWidget(m_split)),
      m_volumes(new QTableWidget(0, 5, m_split)),
      m_note(new ToneLabel({}, widgets::Tone::Muted, this))
{
    build();
    connect(m_pools, &QTreeWidget::currentItemChanged, this, &StoragePage::askVolumes);
    connect(m_volumes, &QTableWidget::itemSelectionChanged, this, &StoragePage::follow);
    connect(m_volumes, &QTableWidget::cellActivated, this, [this](int, int column) {
        if (column == 4 && volume() && !volume()->users.isEmpty())
            goTo(volume()->users.first());
    });
    connect(m_newVolume, &QPushButton::clicked, this, &StoragePage::makeVolume);
    connect(m_upload, &QPushButton::clicked, this, &StoragePage::upload);
    connect(m_empty, &EmptyState::triggered, this, &StoragePage::makePool);
    connect(&store(), &models::InstanceStore::liveChanged, this, [this] {
        if (isVisible())
            askPools();
    });
    connect(&client(), &client::Client::placesChanged, this, [this](const QStringList& connections) {
        if (isVisible() && connections.contains(m_place->place()))
            askPools();
    });
    connect(m_place, &ConnectionPicker::chosen, this, [this] {
        m_known = false;
        m_allPools.clear();
        m_allVolumes.clear();
        m_banner->dismiss();
        m_empty->setContent(EmptyState::Look::Loading, tr("Asking libvirt …"));
        m_stack->setCurrentWidget(m_empty);
        askPools();
    });
    follow();
}

StoragePage::~StoragePage()
{
    if (m_transfer)
        m_transfer->disconnect(this);
}

void StoragePage::build()
{
    buildMenus();
    m_newVolume = button(tr("New volume…"), this);
    m_upload = button(tr("Upload…"), this, tr("An ISO or a disk image of this computer"));
    m_newVolume->setObjectName(u"newVolume"_s);
    m_upload->setObjectName(u"upload"_s);
    QPushButton* newPool = primaryButton(tr("New pool…"), m_header, tr("A directory for disks of virtual machines"));
    newPool->setObjectName(u"newPool"_s);
    connect(newPool, &QPushButton::clicked, this, &StoragePage::makePool);
    m_header->setSubtitle(tr("Disks and media of virtual machines, as libvirt has them"));
    m_header->add(m_place);
    m_header->addStretch();
    m_header->add(newPool);
    m_pools->setHeaderLabels({tr("Pool"), tr("Free")});
    m_pools->setRootIsDecorated(false);
    m_pools->setUniformRowHeights(true);
    m_pools->setAccessibleName(tr("Storage pools"));
    m_pools->header()->setStretchLastSection(false);
    m_pools->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_pools->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_pools->header()->setMinimumSectionSize(88);
    m_pools->headerItem()->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    dressTable(m_volumes);
    m_volumes->setHorizontalHeaderLabels({tr("Volume"), tr("Format"), tr("Size"), tr("On disk"), tr("Needed by")});
    m_volumes->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_volumes->setSelectionMode(QAbstractItemView::SingleSelection);
    m_volumes->setAccessibleName(tr("Volumes"));
    m_volumes->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_volumes->horizontalHeader()->setMinimumSectionSize(88);
    m_volumes->horizontalHeader()->setStretchLastSection(true);
    for (int column : {2, 3}) // as the numbers below
        m_volumes->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_split->setStretchFactor(0, 1);
    m_split->setStretchFactor(1, 3);
    m_split->setChildrenCollapsible(false);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* line = new QHBoxLayout;
    line->addWidget(m_poolMenu);
    line->addWidget(m_note, 1);
    for (QWidget* part : std::initializer_list<QWidget*>{m_newVolume, m_upload, m_volumeMenu})
        line->addWidget(part);
    auto* content = new QWidget(m_stack);
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(22, 12, 22, 14);
    inner->addLayout(line);
    inner->addWidget(m_split, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);
    m_empty->setContent(EmptyState::Look::Loading, tr("Asking libvirt …"));
}

void StoragePage::askPools()
{
    if (!store().isLive() && !m_known) {
        m_empty->setContent(EmptyState::Look::Disconnected, tr("Not connected"), client().problem());
        return;
    }
    calls().pools(this, [this, of = m_place->place()](const client::Answer<QList<client::StoragePool>>& answer) {
        if (of != m_place->place())
            return;
        if (!answer) {
            m_empty->setContent(EmptyState::Look::Error, tr("The storage pools are not known"),
                                models::errorText(answer.error()));
            m_stack->setCurrentWidget(m_empty);
            return;
        }
        m_known = true;
        m_allPools = answer.value();
        fillPools();
    });
}

void StoragePage::fillPools()
{
    if (m_allPools.isEmpty()) {
        m_empty->setContent(EmptyState::Look::Empty, tr("No storage pools"),
                            tr("A pool is a directory (or a volume group, a server …) that libvirt keeps disks in."),
                            tr("New pool…"), u"storage"_s);
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    const QString before = pool() ? pool()->name : QString();
    {
        const QSignalBlocker quiet(m_pools);
        m_pools->clear();
        for (const client::StoragePool& one : std::as_const(m_allPools)) {
            auto* item =
                new QTreeWidgetItem(m_pools, {one.name, one.active ? models::bytes(one.available) : tr("stopped")});
            item->setToolTip(0, one.path);
            item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
            item->setSizeHint(0, QSize(0, m_volumes->verticalHeader()->defaultSectionSize())); // beside its volumes
            if (one.name == before)
                m_pools->setCurrentItem(item);
        }
        if (!m_pools->currentItem())
            m_pools->setCurrentItem(m_pools->topLevelItem(0));
    }
    m_stack->setCurrentIndex(1);
    askVolumes();
}

const client::StoragePool* StoragePage::pool() const
{
    for (const client::StoragePool& one : m_allPools)
        if (m_pools->currentItem() && one.name == m_pools->currentItem()->text(0))
            return &one;
    return nullptr;
}

const client::StorageVolume* StoragePage::volume() const
{
    const int row = m_volumes->selectedItems().isEmpty() ? -1 : m_volumes->currentRow();
    return row >= 0 && row < m_allVolumes.size() ? &m_allVolumes[row] : nullptr;
}

void StoragePage::askVolumes()
{
    follow();
    const client::StoragePool* one = pool();
    if (!one)
        return;
    calls().volumes(
        one->name, this,
        [this, asked = one->name, of = m_place->place()](const client::Answer<QList<client::StorageVolume>>& answer) {
            if (!pool() || pool()->name != asked || of != m_place->place())
                return;
            m_allVolumes = answer ? answer.value() : QList<client::StorageVolume>();
            if (!answer)
                m_banner->showMessage(Banner::Level::Error, tr("The volumes are not known"),
                                      models::errorText(answer.error()));
            fillVolumes();
        });
}

void StoragePage::fillVolumes()
{
    const QString before = volume() ? volume()->name : QString();
    m_volumes->clearSelection();
    m_volumes->setRowCount(int(m_allVolumes.size()));
    for (int row = 0; row < m_allVolumes.size(); ++row) {
        const client::StorageVolume& one = m_allVolumes[row];
        const QStringList cells{one.name, one.format, models::bytes(one.capacity), models::bytes(one.allocation),
                                models::diskUserTexts(one.users)};
        for (int column = 0; column < cells.size(); ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setToolTip(column == 0 ? one.path : cells[column]);
            if (column == 2 || column == 3)
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            m_volumes->setItem(row, column, item);
        }
        if (one.name == before)
            m_volumes->selectRow(row);
    }
    follow();
}

void StoragePage::tellNothing(const client::Answer<client::Nothing>& answer)
{
    if (answer)
        m_banner->dismiss();
    else
        m_banner->showMessage(Banner::Level::Error, tr("Not changed"), models::errorText(answer.error()));
    askPools();
}

client::Callback<client::Nothing> StoragePage::teller()
{
    return [this](const client::Answer<client::Nothing>& answer) { tellNothing(answer); };
}

void StoragePage::changePool(const QString& change)
{
    if (pool())
        calls().changePool(pool()->name, change, this, teller());
}

QByteArray StoragePage::saveState() const
{
    return m_split->saveState();
}

void StoragePage::restoreState(const QByteArray& state)
{
    m_split->restoreState(state);
}

} // namespace diptych::pages
