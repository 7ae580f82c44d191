#include "pages/compare_page.h"

#include "models/actions.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "pages/charts_panel.h"
#include "pages/limits_panel.h"
#include "pages/parts.h"
#include "widgets/banner.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/evidencetable.h"
#include "widgets/icons.h"

#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QResizeEvent>
#include <QSaveFile>
#include <QStackedWidget>

namespace diptych::pages {

using client::Kind;
using client::State;
using widgets::Banner;
using widgets::Card;
using widgets::EmptyState;
using widgets::Tone;

namespace {
constexpr int processInterval = 3000;
constexpr int rightWidth = 392;
} // namespace

ComparePage::ComparePage(const Context& context, QWidget* parent)
    : Page(context, parent),
      m_sides{new CompareSide(context, this), new CompareSide(context, this)},
      m_header(new Header(tr("Compare"), this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(this))
{
    buildHeader();
    auto* content = new QWidget(this);
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(22, 18, 22, 18);
    columns->setSpacing(14);
    columns->addWidget(buildLeft(), 1);
    columns->addWidget(buildRight());
    m_stack->addWidget(scrolling(content, this));
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_stack, 1);
    listen();
    fillPickers();
    chooseDefault();
    showEverything();
}

void ComparePage::buildHeader()
{
    m_header->setSubtitle(tr("one kernel, two walls"));
    m_header->addStretch();
    for (size_t side = 0; side < 2; ++side) {
        auto* picker = new QComboBox(m_header);
        picker->setAccessibleName(side == 0 ? tr("Instance on the left") : tr("Instance on the right"));
        picker->setMinimumWidth(150);
        picker->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        connect(picker, &QComboBox::activated, this,
                [this] { choose(m_pickers[0]->currentData().toString(), m_pickers[1]->currentData().toString()); });
        m_pickers[side] = picker;
    }
    auto* swap = new QToolButton(m_header);
    swap->setIcon(widgets::icon(QStringLiteral("swap"), Tone::Muted));
    swap->setAccessibleName(tr("Swap sides"));
    swap->setToolTip(tr("Swap sides"));
    connect(swap, &QToolButton::clicked, this, [this] { choose(idOf(true), idOf(false)); });
    m_header->add(m_pickers[0]);
    m_header->add(swap);
    m_header->add(m_pickers[1]);
    QPushButton* again = button(tr("Refresh evidence"), m_header, tr("Ask inside and outside of both again (F5)"));
    connect(again, &QPushButton::clicked, this, &ComparePage::refresh);
    m_header->add(again);
    QPushButton* save =
        button(tr("Export report…"), m_header, tr("Save this comparison with all evidence as HTML or Markdown"));
    connect(save, &QPushButton::clicked, this, &ComparePage::exportReport);
    m_header->add(save);
}

QWidget* ComparePage::buildLeft()
{
    auto* column = new QWidget(this);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    for (size_t side = 0; side < 2; ++side) {
        m_banners[side] = new Banner(column);
        m_banners[side]->setClosable(false);
        layout->addWidget(m_banners[side]);
    }
    auto* pictureCard = new Card({}, column);
    m_picture = new widgets::DiptychPicture(pictureCard);
    pictureCard->body()->addWidget(m_picture);
    auto* timelineCard = new Card({}, column);
    timelineCard->setTitle(tr("From click to entry point"), tr("last start, measured"));
    m_timelines = new widgets::TimelineChart(timelineCard);
    m_timelines->setStepText(&models::stepName);
    m_timelines->setFormatter(&models::nanoseconds);
    m_timelines->setAccessibleName(tr("From click to entry point"));
    timelineCard->body()->addWidget(m_timelines);
    auto* evidenceCard = new Card(tr("What is isolated"), column);
    m_measured = new ToneLabel({}, Tone::Muted, evidenceCard);
    m_measured->setFont(widgets::Theme::instance().small());
    evidenceCard->addHeaderWidget(m_measured);
    m_evidence = new widgets::EvidenceTable(evidenceCard);
    m_evidence->setAccessibleName(tr("What is isolated, and how we know"));
    m_evidence->setResourceText(&models::resourceName);
    m_evidence->setSentence(&models::statement);
    m_evidence->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_evidence->installEventFilter(this);
    for (auto signal : {&QTreeWidget::itemExpanded, &QTreeWidget::itemCollapsed})
        connect(m_evidence, signal, this, &ComparePage::fitEvidence);
    evidenceCard->body()->addWidget(m_evidence);
    for (QWidget* card : std::initializer_list<QWidget*>{pictureCard, timelineCard, evidenceCard})
        layout->addWidget(card);
    layout->addStretch(1);
    return column;
}

QWidget* ComparePage::buildRight()
{
    auto* column = new QWidget(this);
    column->setFixedWidth(rightWidth * fontMetrics().height() / 16);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    m_charts = new ChartsPanel(store(), 1, column);
    layout->addWidget(m_charts);
    auto* costCard = new Card(tr("What it costs"), column);
    m_costs = new QGridLayout;
    costCard->body()->addLayout(m_costs);
    layout->addWidget(costCard);
    auto* limitCard = new Card({}, column);
    limitCard->setTitle(tr("Limits"), tr("the same on both sides, at once"));
    m_limits = new LimitsPanel(client(), store(), limitCard);
    limitCard->body()->addWidget(m_limits);
    layout->addWidget(limitCard);
    layout->addStretch(1);
    return column;
}

void ComparePage::listen()
{
    for (CompareSide* side : m_sides)
        connect(side, &CompareSide::changed, this, &ComparePage::showEverything);
    connect(m_picture, &widgets::DiptychPicture::openInstance, this,
            [this](bool right) { emit navigator().openInstance(idOf(right)); });
    connect(m_empty, &EmptyState::triggered, this, [this] { emit navigator().newInstance(); });
    const auto members = [this] {
        fillPickers();
        chooseDefault();
        showEverything();
    };
    const auto* s = &store();
    connect(s, &models::InstanceStore::added, this, members);
    connect(s, &models::InstanceStore::removed, this, members);
    connect(s, &models::InstanceStore::loadedChanged, this, members);
    connect(s, &models::InstanceStore::liveChanged, this, [this](bool live) {
        if (live && isVisible())
            refresh();
        showState();
    });
    connect(s, &models::InstanceStore::hostChanged, this, &ComparePage::showEverything);
    connect(s, &models::InstanceStore::changed, this, [this](const QStringList& ids) {
        fillPickers();
        for (CompareSide* side : m_sides)
            if (ids.contains(side->id()) && isVisible())
                side->follow();
        showEverything();
    });
    m_timer.setInterval(processInterval);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible() && store().isLive())
            for (CompareSide* side : m_sides)
                side->askProcesses();
    });
    m_timer.start();
}

QString ComparePage::title() const
{
    return tr("Compare");
}

void ComparePage::refresh()
{
    for (CompareSide* side : m_sides)
        side->ask();
}

void ComparePage::shown()
{
    for (CompareSide* side : m_sides)
        side->follow();
    showEverything();
}

void ComparePage::open(const QStringList& ids, const QString&)
{
    const QString first = ids.value(0);
    if (first.isEmpty())
        chooseDefault();
    else
        choose(first, ids.value(1).isEmpty() ? store().twinOf(first) : ids.value(1));
}

void ComparePage::choose(const QString& left, const QString& right)
{
    m_sides[0]->setId(left);
    m_sides[1]->setId(right);
    QStringList ids;
    QList<std::pair<QString, Tone>> columns;
    for (size_t side = 0; side < 2; ++side) {
        if (const client::Instance* i = m_sides[side]->instance()) {
            ids.append(i->id);
            columns.append({i->context.name, widgets::toneOf(i->context.kind)});
        } else {
            columns.append({models::none(), Tone::Muted});
        }
        m_pickers[side]->setCurrentIndex(m_pickers[side]->findData(m_sides[side]->id()));
    }
    m_evidence->setColumns(columns);
    m_charts->setIds(ids);
    m_limits->setIds(ids);
    if (isVisible())
        for (CompareSide* side : m_sides)
            side->follow();
    showEverything();
}

void ComparePage::chooseDefault()
{
    const bool leftGone = !store().contains(idOf(false));
    const bool rightGone = !store().contains(idOf(true));
    if (!leftGone && !rightGone)
        return;
    if (!leftGone || !rightGone) {
        const QString twin = store().twinOf(leftGone ? idOf(true) : idOf(false));
        choose(leftGone ? twin : idOf(false), leftGone ? idOf(true) : twin);
        if (!twin.isEmpty())
            return;
    }
    for (const QString& id : store().ids()) {
        const QString twin = store().twinOf(id);
        if (store().find(id)->context.kind == Kind::Container && !twin.isEmpty()) {
            choose(id, twin);
            return;
        }
    }
    const auto firstOf = [this](Kind kind) {
        for (const QString& id : store().ids())
            if (store().find(id)->context.kind == kind)
                return id;
        return QString();
    };
    choose(leftGone ? firstOf(Kind::Container) : idOf(false), rightGone ? firstOf(Kind::Machine) : idOf(true));
}

void ComparePage::fillPickers()
{
    for (size_t side = 0; side < 2; ++side) {
        QComboBox* picker = m_pickers[side];
        QStringList wanted;
        for (const QString& id : store().ids())
            wanted.append(store().nameOf(id));
        QStringList have;
        for (int i = 0; i < picker->count(); ++i)
            have.append(picker->itemText(i));
        if (wanted == have)
            continue;
        picker->clear();
        for (const QString& id : store().ids()) {
            const bool machine = store().find(id)->context.kind == Kind::Machine;
            picker->addItem(widgets::icon(machine ? QStringLiteral("machine") : QStringLiteral("container"),
                                          machine ? Tone::Machine : Tone::Container),
                            store().nameOf(id), id);
        }
        picker->setCurrentIndex(picker->findData(m_sides[side]->id()));
    }
}

void ComparePage::showEverything()
{
    showState();
    widgets::PictureHost host;
    const client::Host& known = store().host();
    host.bootId = m_sides[0]->hostBootId();
    host.kernel = known.kernel;
    host.kernelNote = tr("namespaces · cgroups (%1)").arg(known.cgroupMode);
    host.hardwareNote = QStringList{tr("%n core(s)", nullptr, known.cpus), models::bytes(known.memory),
                                    tr("virtual machines on %1").arg(models::accelerationName(known.acceleration))}
                            .join(QStringLiteral(" · "));
    m_picture->setHost(host);
    m_picture->setPanels(m_sides[0]->panel(), m_sides[1]->panel());
    QList<widgets::TimelineRow> rows;
    for (const CompareSide* side : m_sides)
        if (side->instance())
            rows.append(side->timelineRow());
    m_timelines->setRows(rows);
    m_evidence->setReports({m_sides[0]->report(), m_sides[1]->report()});
    fitEvidence();
    const qint64 measured = qMax(m_sides[0]->report().measuredAt, m_sides[1]->report().measuredAt);
    m_measured->setText(
        measured > 0 ? tr("measured %1 · Enter opens how a row is known").arg(models::timeOfDay(measured)) : QString());
    showBanner(0);
    showBanner(1);
    showCosts();
}

void ComparePage::fitEvidence()
{
    // The page scrolls, not the table: it is as high as its rows. They are laid out first.
    QTimer::singleShot(0, m_evidence, [this] {
        QTreeWidgetItem* last = m_evidence->topLevelItem(m_evidence->topLevelItemCount() - 1);
        while (last && last->isExpanded() && last->childCount() > 0)
            last = last->child(last->childCount() - 1);
        const int rows = last ? m_evidence->visualItemRect(last).bottom() + 2 : rowHeight(m_evidence, 4);
        m_evidence->setFixedHeight(m_evidence->header()->height() + rows);
    });
}

bool ComparePage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_evidence && event->type() == QEvent::Resize) {
        const auto* resize = static_cast<QResizeEvent*>(event);
        if (resize->size().width() != resize->oldSize().width())
            fitEvidence();
    }
    return Page::eventFilter(watched, event);
}

void ComparePage::showBanner(int at)
{
    const CompareSide* side = m_sides[size_t(at)];
    const client::Instance* i = side->instance();
    QString title;
    QString text;
    bool startable = false;
    if (i && (i->runtime.state == State::Stopped || i->runtime.state == State::Broken)) {
        title = tr("%1 is %2").arg(i->context.name, models::stateName(i->runtime.state));
        text = i->runtime.problem.isEmpty() ? tr("Nothing inside can be asked until it runs.") : i->runtime.problem;
        startable = i->runtime.state == State::Stopped && store().isLive();
    } else if (i && !side->problem().isEmpty()) {
        title = tr("%1: the inside could not be asked").arg(i->context.name);
        text = side->problem();
    }
    const QString all = title + QLatin1Char('\n') + text + (startable ? QStringLiteral("+") : QString());
    if (all == m_bannerTexts[size_t(at)])
        return;
    m_bannerTexts[size_t(at)] = all;
    Banner* banner = m_banners[size_t(at)];
    if (title.isEmpty()) {
        banner->dismiss();
        return;
    }
    banner->showMessage(startable ? Banner::Level::Info : Banner::Level::Warning, title, text);
    if (startable)
        banner->addAction(tr("Start"), [this, id = i->id] { start(id); });
}

void ComparePage::start(const QString& id)
{
    client().act(client::Verb::Start, {id}, this, [this](const client::Answer<QStringList>& answer) {
        if (!answer)
            emit navigator().notify(Notice::Error, models::errorText(answer.error()), answer.error().name);
    });
}

void ComparePage::showCosts()
{
    Report::Table table = Report::costs(m_sides[0]->costs(), m_sides[1]->costs());
    QList<QStringList> all{{QString(), store().nameOf(idOf(false)), store().nameOf(idOf(true)), tr("Ratio")}};
    all.append(table.rows);
    if (all == m_shownCosts)
        return;
    m_shownCosts = all;
    clearLayout(m_costs);
    for (int row = 0; row < all.size(); ++row) {
        for (int column = 0; column < 4; ++column) {
            const CompareSide* side = column == 1 ? m_sides[0] : m_sides[1];
            const bool head = row == 0;
            Tone tone = head || column == 3 ? Tone::Muted : Tone::Text;
            if (head && (column == 1 || column == 2) && side->instance())
                tone = widgets::toneOf(side->instance()->context.kind);
            auto* label = new ToneLabel(all.at(row).at(column), tone);
            label->setTextFormat(Qt::PlainText);
            label->setTextInteractionFlags(Qt::TextSelectableByMouse);
            if (head)
                label->setFont(widgets::Theme::instance().small());
            m_costs->addWidget(label, row, column, column == 0 ? Qt::AlignLeft : Qt::AlignRight);
        }
    }
    m_costs->setColumnStretch(0, 1);
    m_costs->setHorizontalSpacing(16);
    m_costs->setVerticalSpacing(8);
}

void ComparePage::showState()
{
    const bool empty = store().size() == 0;
    m_stack->setCurrentIndex(empty ? 1 : 0);
    if (!empty)
        return;
    if (!store().isLive())
        m_empty->setContent(EmptyState::Look::Disconnected, tr("Not connected"), client().problem());
    else if (!store().isLoaded())
        m_empty->setContent(EmptyState::Look::Loading, tr("Looking for instances …"));
    else
        m_empty->setContent(EmptyState::Look::Empty, tr("Nothing to compare yet"),
                            tr("Twins are one image as a container and as a virtual machine, with the same limits."),
                            tr("New instance"), QStringLiteral("twins"));
}

void ComparePage::exportReport()
{
    auto* dialog = new QFileDialog(this, tr("Export report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Web page (*.html)"), tr("Markdown (*.md)")});
    dialog->setDefaultSuffix(QStringLiteral("html"));
    dialog->selectFile(tr("%1 and %2").arg(store().nameOf(idOf(false)), store().nameOf(idOf(true))) +
                       QStringLiteral(".html"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("*.md")) ? QStringLiteral("md")
                                                                        : QStringLiteral("html"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const Report report(m_sides[0]->data(), m_sides[1]->data(), store().host());
        QSaveFile file(path);
        const QByteArray text = (path.endsWith(QLatin1String(".md")) ? report.markdown() : report.html()).toUtf8();
        const bool saved = file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
        if (saved)
            emit navigator().notify(Notice::Good, tr("Report saved in %1").arg(path));
        else
            emit navigator().notify(Notice::Error, tr("The report could not be saved in %1").arg(path),
                                    file.errorString());
    });
    dialog->open();
}

QByteArray ComparePage::saveState() const
{
    return (idOf(false) + QLatin1Char('\n') + idOf(true)).toUtf8();
}

void ComparePage::restoreState(const QByteArray& state)
{
    const QStringList ids = QString::fromUtf8(state).split(QLatin1Char('\n'));
    if (ids.size() == 2 && store().contains(ids.first()) && store().contains(ids.last()))
        choose(ids.first(), ids.last());
}

} // namespace diptych::pages
