#include "pages/images_page.h"

#include "models/formatting.h"
#include "models/image_filter.h"
#include "models/image_reference.h"
#include "pages/image_actions.h"
#include "pages/image_detail.h"
#include "pages/images_empty.h"
#include "pages/parts.h"
#include "pages/work_list.h"
#include "widgets/banner.h"
#include "widgets/searchfield.h"

#include <QClipboard>
#include <QDataStream>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <numeric>

namespace diptych::pages {

using models::ImageModel;

namespace {

/// The one local file of a drag or a paste; empty when there is none.
QString localFile(const QMimeData* data)
{
    const QList<QUrl> urls = data && data->hasUrls() ? data->urls() : QList<QUrl>();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

QString referenceIn(const QMimeData* data)
{
    const QString text = data && data->hasText() ? data->text().trimmed() : QString();
    return models::ImageReference::looksLikeOne(text) ? text : QString();
}

} // namespace

ImagesPage::ImagesPage(const Context& context, QWidget* parent)
    : Page(context, parent),
      m_filter(new models::ImageFilter(*context.images, this)),
      m_actions(new ImageActions(context, this)),
      m_header(new Header(tr("Images"), this)),
      m_search(new widgets::SearchField(tr("Search images…"), this)),
      m_hint(new widgets::Banner(this)),
      m_stack(new QStackedWidget(this)),
      m_table(new QTableView(this)),
      m_empty(new ImagesEmpty(*m_actions, this)),
      m_splitter(new QSplitter(Qt::Vertical, this)),
      m_detail(new ImageDetail(context, *m_actions, this))
{
    setAcceptDrops(true);
    buildHeader();
    buildTable();
    buildLayout();
    listen();
    pickFirst();
    showState();
}

void ImagesPage::buildHeader()
{
    m_search->setAccessibleName(tr("Search images"));
    m_search->setMinimumWidth(230);
    m_header->add(m_search);
    m_header->addStretch();
    for (ImageVerb verb : {ImageVerb::Import, ImageVerb::Build})
        m_header->add(actionButton(m_actions->action(verb), m_header));
    auto* menu = new QMenu(m_header);
    m_actions->fill(menu);
    menu->addSeparator();
    menu->addAction(m_actions->action(ImageVerb::Disks));
    menu->addAction(m_actions->action(ImageVerb::Registries));
    menu->addAction(m_actions->action(ImageVerb::Prune));
    QPushButton* more = menuButton(QStringLiteral("⋯"), menu, m_header, tr("All actions"));
    more->setProperty("menu", false);
    more->setAccessibleName(tr("More actions"));
    more->setStyleSheet(QStringLiteral("QPushButton::menu-indicator { image: none; width: 0; }"));
    m_header->add(more);
    QAction* pull = m_actions->action(ImageVerb::Pull);
    QPushButton* primary = primaryButton(pull->text(), m_header, pull->toolTip());
    primary->setObjectName(QStringLiteral("pull"));
    const auto follow = [pull, primary] {
        primary->setEnabled(pull->isEnabled());
        primary->setToolTip(pull->toolTip());
    };
    follow();
    connect(pull, &QAction::changed, primary, follow);
    connect(primary, &QPushButton::clicked, pull, &QAction::trigger);
    m_header->add(primary);
}

void ImagesPage::buildTable()
{
    m_table->setModel(m_filter);
    m_table->setAccessibleName(tr("Images"));
    dressTable(m_table);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ImageModel::ReferenceColumn, Qt::AscendingOrder);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight(this, 2.2));
    const std::initializer_list<std::pair<int, int>> widths{{ImageModel::SizeColumn, 110},
                                                            {ImageModel::CreatedColumn, 150},
                                                            {ImageModel::ArchitectureColumn, 130},
                                                            {ImageModel::LayersColumn, 90},
                                                            {ImageModel::UsedByColumn, 110}};
    for (const auto& [column, width] : widths)
        m_table->setColumnWidth(column, width);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(ImageModel::ReferenceColumn, QHeaderView::Stretch);
    m_table->installEventFilter(this);
}

void ImagesPage::buildLayout()
{
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 4);
    m_splitter->setStretchFactor(1, 5);
    m_splitter->setSizes({380, 470});
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(3);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_hint);
    layout->addWidget(new WorkList(*context().imageWork, this));
    layout->addWidget(m_splitter, 1);
}

void ImagesPage::listen()
{
    connect(m_search, &widgets::SearchField::textSettled, m_filter, &models::ImageFilter::setText);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { m_table->setFocus(); });
    connect(m_filter, &models::ImageFilter::filterChanged, this, &ImagesPage::showState);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ImagesPage::selectionChanged);
    connect(m_table, &QTableView::customContextMenuRequested, this, &ImagesPage::showMenu);
    connect(m_table, &QTableView::doubleClicked, this, [this] { m_detail->focusTab(); });
    connect(m_empty, &ImagesEmpty::showAllWanted, m_search, &QLineEdit::clear);
    connect(context().images, &ImageModel::changed, this, [this] {
        if (!m_wanted.isEmpty())
            select(QStringList(m_wanted)); // a copy: it empties the list
        if (std::exchange(m_remembered, false))
            m_wanted.clear();
        pickFirst();
        selectionChanged();
        showState();
    });
    connect(&store(), &models::InstanceStore::liveChanged, this, &ImagesPage::showState);
    connect(&client(), &client::Client::stateChanged, this, &ImagesPage::showState);
    auto* action = new QAction(this);
    action->setShortcut(QKeySequence::Paste);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, &ImagesPage::paste);
    addAction(action);
}

QString ImagesPage::title() const
{
    return tr("Images");
}

void ImagesPage::refresh()
{
    m_detail->refresh();
}

void ImagesPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ImagesPage::shown()
{
    pickFirst();
    showState();
    m_table->setFocus(Qt::OtherFocusReason);
}

void ImagesPage::open(const QStringList& references, const QString& tab)
{
    m_detail->openTab(tab);
    select(references);
}

void ImagesPage::select(const QStringList& references)
{
    if (references.isEmpty())
        return;
    // What is asked for must be seen: a filter that hides it goes.
    if (context().images->find(references.first()) && !m_filter->indexOf(references.first()).isValid()) {
        m_search->clear();
        m_filter->setText({});
    }
    QItemSelection selection;
    for (const QString& reference : references)
        if (const QModelIndex index = m_filter->indexOf(reference); index.isValid())
            selection.select(index, index);
    m_wanted = selection.isEmpty() ? references : QStringList();
    if (selection.isEmpty())
        return;
    const QModelIndex first = m_filter->indexOf(references.first());
    m_table->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_table->scrollTo(first);
}

void ImagesPage::pickFirst()
{
    if (m_wanted.isEmpty() && m_filter->rowCount() > 0 && !m_table->selectionModel()->hasSelection())
        m_table->selectRow(0);
}

void ImagesPage::selectionChanged()
{
    const QStringList all = m_filter->referencesOf(m_table->selectionModel()->selectedRows());
    m_actions->setReferences(all);
    const QString current = m_filter->referenceAt(m_table->currentIndex());
    m_detail->setReference(all.contains(current) ? current : all.value(0));
    m_detail->setVisible(!all.isEmpty() && m_filter->rowCount() > 0);
    showSum();
}

void ImagesPage::showSum()
{
    const qsizetype selected = m_actions->references().size();
    if (selected > 1) {
        m_header->setSubtitle(tr("%n selected", nullptr, int(selected)));
        return;
    }
    // Each layer once: what the store takes, not what the sizes add up to.
    QHash<QString, qint64> layers;
    for (const client::Image& image : context().images->images())
        for (const client::ImageLayer& layer : image.layers)
            layers.insert(layer.digest, layer.size);
    const qint64 sum = std::accumulate(layers.cbegin(), layers.cend(), qint64{0});
    m_header->setSubtitle(sum > 0 ? tr("%1 in layers").arg(models::bytes(sum)) : QString());
}

void ImagesPage::showState()
{
    const bool empty = m_filter->rowCount() == 0;
    m_stack->setCurrentIndex(empty ? 1 : 0);
    m_detail->setVisible(!empty && m_table->selectionModel()->hasSelection());
    if (empty)
        m_empty->showFor(context(), m_filter->isFiltering());
    showSum();
}

void ImagesPage::showMenu(const QPoint& position)
{
    if (m_actions->references().isEmpty())
        return;
    auto* menu = new QMenu(m_table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_actions->fill(menu);
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void ImagesPage::paste()
{
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    if (const QString file = localFile(data); !file.isEmpty()) {
        m_actions->importFile(file);
        return;
    }
    if (const QString reference = referenceIn(data); !reference.isEmpty()) {
        m_actions->pull(reference);
        return;
    }
    m_hint->setClosable(true);
    m_hint->showMessage(widgets::Banner::Level::Info, tr("What was copied is no image's name"),
                        tr("Copy a name like nginx:1.27 or an archive file, then paste it here."));
}

bool ImagesPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto* pressed = static_cast<QKeyEvent*>(event);
        const int key = pressed->key();
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && pressed->modifiers() == Qt::NoModifier) {
            m_detail->focusTab();
            return true;
        }
        if (key == Qt::Key_Menu) {
            showMenu(m_table->visualRect(m_table->currentIndex()).bottomLeft());
            return true;
        }
        // The table would take it and copy a cell.
        if (pressed->matches(QKeySequence::Paste)) {
            paste();
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

void ImagesPage::dragEnterEvent(QDragEnterEvent* event)
{
    const QString file = localFile(event->mimeData());
    if (file.isEmpty() && referenceIn(event->mimeData()).isEmpty())
        return;
    event->acceptProposedAction();
    m_dragging = true;
    m_hint->setClosable(false);
    m_hint->showMessage(widgets::Banner::Level::Info, file.isEmpty()
                                                          ? tr("Drop to pull it")
                                                          : tr("Drop to import %1").arg(QFileInfo(file).fileName()));
}

void ImagesPage::dragLeaveEvent(QDragLeaveEvent*)
{
    if (std::exchange(m_dragging, false))
        m_hint->dismiss();
}

void ImagesPage::dropEvent(QDropEvent* event)
{
    dragLeaveEvent(nullptr);
    event->acceptProposedAction();
    const QString file = localFile(event->mimeData());
    const QString reference = referenceIn(event->mimeData());
    // Not from within the drag: the other program waits for its end.
    QMetaObject::invokeMethod(
        this,
        [this, file, reference] {
            if (!file.isEmpty())
                m_actions->importFile(file);
            else if (!reference.isEmpty())
                m_actions->pull(reference);
        },
        Qt::QueuedConnection);
}

QByteArray ImagesPage::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << 1 << m_table->horizontalHeader()->saveState() << m_splitter->saveState() << m_detail->tab()
        << m_detail->reference();
    return state;
}

void ImagesPage::restoreState(const QByteArray& state)
{
    QDataStream in(state);
    int version = 0;
    QByteArray columns;
    QByteArray splitter;
    QString tab;
    QString reference;
    in >> version >> columns >> splitter >> tab >> reference;
    if (version != 1 || in.status() != QDataStream::Ok)
        return;
    m_table->horizontalHeader()->restoreState(columns);
    m_splitter->restoreState(splitter);
    m_detail->openTab(tab);
    if (!m_wanted.isEmpty() || reference.isEmpty())
        return;
    m_remembered = true;
    select({reference});
}

} // namespace diptych::pages
