#include "pages/charts_panel.h"

#include "models/formatting.h"
#include "pages/chart_history.h"
#include "pages/live_points.h"
#include "pages/parts.h"
#include "pages/save_file.h"
#include "widgets/card.h"

#include <QBuffer>
#include <QGridLayout>
#include <QLocale>
#include <QVBoxLayout>

namespace diptych::pages {

using models::InstanceStore;
using widgets::LineChart;

namespace {
constexpr double mebibyte = 1024.0 * 1024.0;

QString percentOfCore(double value)
{
    return models::percent(value / 100);
}
QString plainNumber(double value)
{
    return QLocale().toString(value, 'f', value < 10 && value != 0 ? 1 : 0);
}
QString inBytes(double value)
{
    return models::bytes(qint64(value));
}

/// By time: where there are ten points a second, those, and the seconds for when nobody looked.
QList<const client::Point*> merged(const models::History& seconds, const models::History& live)
{
    constexpr qint64 near = 1000;
    QList<const client::Point*> all;
    qsizetype next = 0;
    for (qsizetype i = 0; i < seconds.size(); ++i) {
        const client::Point& second = seconds.at(i);
        while (next < live.size() && live.at(next).time < second.time)
            all.append(&live.at(next++));
        const bool covered = (next > 0 && second.time - live.at(next - 1).time < near) ||
                             (next < live.size() && live.at(next).time - second.time < near);
        if (!covered)
            all.append(&second);
    }
    while (next < live.size())
        all.append(&live.at(next++));
    return all;
}
} // namespace

ChartsPanel::ChartsPanel(const Context& context, int columns, QWidget* parent)
    : QWidget(parent),
      m_store(*context.store),
      m_navigator(*context.navigator),
      m_charts{},
      m_grid(new QGridLayout),
      m_strip(new TimeStrip(this)),
      m_reading(new ToneLabel({}, widgets::Tone::Text, this)),
      m_history(new ChartHistory(*context.client, this)),
      m_live(new LivePoints(*context.client, this))
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(10);
    all->addWidget(m_strip);
    all->addWidget(m_reading);
    all->addLayout(m_grid, 1);
    m_reading->setWordWrap(true);
    m_reading->setTextFormat(Qt::PlainText);
    m_reading->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_reading->hide();
    m_grid->setSpacing(14);
    buildCharts(columns);
    listen();
}

void ChartsPanel::buildCharts(int columns)
{
    const std::array<std::pair<QString, QString>, ChartCount> titles{
        std::pair{tr("CPU"), tr("% of one core")},
        std::pair{tr("Memory"), tr("charged on the host")},
        std::pair{tr("Disk"), tr("read and written")},
        std::pair{tr("Network"), tr("received and sent")},
    };
    for (int i = 0; i < ChartCount; ++i) {
        const auto& [title, subtitle] = titles.at(size_t(i));
        auto* card = new widgets::Card({}, this);
        auto* chart = new LineChart(title, card);
        chart->setTitle(title, subtitle);
        chart->setAccessibleName(title);
        chart->setNavigable(true);
        card->body()->addWidget(chart);
        m_grid->addWidget(card, i / columns, i % columns);
        m_charts.at(size_t(i)) = chart;
    }
    m_charts[Cpu]->setFormatter(percentOfCore, plainNumber);
    m_charts[Cpu]->setMinimumTop(10);
    m_charts[Memory]->setFormatter(inBytes);
    m_charts[Memory]->setTicks(LineChart::Ticks::Binary);
    m_charts[Memory]->setMinimumTop(16 * mebibyte);
    for (Chart chart : {Disk, Network}) {
        m_charts[chart]->setFormatter([](double value) { return models::rate(value); });
        m_charts[chart]->setTicks(LineChart::Ticks::Binary);
        m_charts[chart]->setMinimumTop(64 * 1024);
    }
}

void ChartsPanel::listen()
{
    for (LineChart* from : m_charts) {
        for (LineChart* to : m_charts)
            if (from != to)
                connect(from, &LineChart::hovered, to, &LineChart::setHover);
        connect(from, &LineChart::saveWanted, this, [this, from] { save(*from); });
        connect(from, &LineChart::viewWanted, this, &ChartsPanel::showTimes);
        connect(from, &LineChart::nowWanted, this, &ChartsPanel::backToNow);
    }
    const InstanceStore& store = m_store;
    connect(&store, &InstanceStore::swept, this, &ChartsPanel::append);
    connect(&store, &InstanceStore::changed, this, &ChartsPanel::setLimits);
    connect(&store, &InstanceStore::liveChanged, this, &ChartsPanel::followLive);
    connect(m_live, &LivePoints::came, this, &ChartsPanel::appendLive);
    connect(&store, &InstanceStore::historyFilled, this, [this](const QString& id) {
        if (const auto series = m_ids.indexOf(id); series >= 0 && fromStore())
            fill(int(series));
    });
    connect(m_strip, &TimeStrip::spanChosen, this, &ChartsPanel::setSpan);
    connect(m_strip, &TimeStrip::pauseWanted, this, &ChartsPanel::setPaused);
    connect(m_strip, &TimeStrip::nowWanted, this, &ChartsPanel::backToNow);
    connect(m_strip, &TimeStrip::momentChosen, this, &ChartsPanel::showMoment);
    connect(m_history, &ChartHistory::rangeCame, this, &ChartsPanel::fillRange);
    connect(m_history, &ChartHistory::eventsChanged, this, [this] {
        for (LineChart* chart : m_charts)
            chart->setEvents(m_history->events());
        readMoment();
    });
    connect(m_history, &ChartHistory::failed, this, [this](const QString& why) {
        m_reading->setText(why);
        m_reading->show();
    });
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        if (isVisible() && m_store.isLive())
            ask();
    });
}

void ChartsPanel::setIds(const QStringList& ids)
{
    if (ids == m_ids)
        return;
    m_ids = ids;
    m_live->setIds(ids);
    build();
}

void ChartsPanel::setColumns(int columns)
{
    for (int i = 0; i < ChartCount; ++i) {
        QWidget* card = m_charts.at(size_t(i))->parentWidget();
        m_grid->removeWidget(card);
        m_grid->addWidget(card, i / columns, i % columns);
    }
}

void ChartsPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        build();
    followLive();
}

void ChartsPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    followLive();
}

void ChartsPanel::followLive()
{
    constexpr qint64 longest = 60'000;
    m_live->setWanted(isVisible() && m_store.isLive() && m_view.follows() && m_view.span <= longest);
}

void ChartsPanel::appendLive(int series, const client::Point& point)
{
    if (!m_live->isWanted())
        return;
    const auto all = values(point);
    for (size_t chart = 0; chart < ChartCount; ++chart) {
        m_charts[chart]->append(series, point.time, all[chart]);
        m_charts[chart]->setNow(point.time);
    }
}

void ChartsPanel::build()
{
    m_stale = false;
    for (LineChart* chart : m_charts) {
        chart->clearSeries();
        for (const QString& id : std::as_const(m_ids)) {
            const client::Instance* instance = m_store.find(id);
            chart->addSeries(m_store.nameOf(id),
                             widgets::toneOf(instance ? instance->context.kind : client::Kind::Container));
        }
    }
    for (const QString& id : std::as_const(m_ids))
        m_store.fillHistory(id);
    setLimits();
    showView();
}

void ChartsPanel::fill(int series)
{
    const models::History& history = m_store.history(m_ids.at(series));
    std::array<QList<QPointF>, ChartCount> points;
    for (const client::Point* point : merged(history, m_live->points(series))) {
        const auto all = values(*point);
        for (size_t chart = 0; chart < ChartCount; ++chart)
            points[chart].append(QPointF(double(point->time), all[chart]));
    }
    for (size_t chart = 0; chart < ChartCount; ++chart)
        m_charts[chart]->setPoints(series, points[chart]);
}

void ChartsPanel::append()
{
    if (!isVisible()) {
        m_stale = true;
        return;
    }
    if (!m_view.follows())
        return;
    const qint64 now = m_store.hostHistory().isEmpty() ? 0 : m_store.hostHistory().last().time;
    for (int series = 0; fromStore() && series < m_ids.size(); ++series) {
        const client::Point* point = m_store.point(m_ids.at(series));
        if (!point || m_live->isFresh(series, now))
            continue;
        const auto all = values(*point);
        for (size_t chart = 0; chart < ChartCount; ++chart)
            m_charts[chart]->append(series, point->time, all[chart]);
    }
    if (now > 0 && !(m_live->isWanted() && !m_ids.isEmpty() && m_live->isFresh(0, now)))
        for (LineChart* chart : m_charts)
            chart->setNow(now);
}

void ChartsPanel::setLimits()
{
    for (int series = 0; series < m_ids.size(); ++series) {
        const client::Instance* instance = m_store.find(m_ids.at(series));
        if (!instance)
            continue;
        const client::Limits& limits = instance->context.limits;
        const auto limit = [](double value) { return value > 0 ? std::optional(value) : std::nullopt; };
        m_charts[Cpu]->setLimit(series, limit(limits.cpus * 100));
        m_charts[Memory]->setLimit(series, limit(double(limits.memory)));
    }
}

void ChartsPanel::save(LineChart& chart)
{
    QStringList names;
    for (const QString& id : std::as_const(m_ids))
        names.append(m_store.nameOf(id));
    const SaveOffer offer{tr("Save the chart"),
                          QStringList{chart.title(), names.join(QLatin1Char('-'))}.join(QLatin1Char('-')).toLower(),
                          {tr("Table of numbers (*.csv)"), tr("Picture (*.png)")},
                          tr("Chart saved in %1"),
                          tr("The chart could not be saved in %1")};
    saveFile(this, m_navigator, offer, [&chart](const QString& path) {
        if (!path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive))
            return chart.csv();
        QByteArray bytes;
        QBuffer buffer(&bytes);
        chart.grab().save(&buffer, "PNG");
        return bytes;
    });
}

std::array<double, ChartsPanel::ChartCount> ChartsPanel::values(const client::Point& point)
{
    return {point.cpu * 100, double(point.memory), point.readRate + point.writeRate,
            point.receiveRate + point.sendRate};
}

} // namespace diptych::pages
