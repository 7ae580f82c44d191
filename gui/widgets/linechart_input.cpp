// Reading a moment with mouse or keys, and the chart's table twin.
#include "widgets/icons.h"
#include "widgets/linechart_p.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDateTime>
#include <QHeaderView>
#include <QMenu>
#include <QMetaMethod>
#include <QMouseEvent>
#include <QTableWidget>
#include <QToolButton>

namespace diptych::widgets {

LineChart::LineChart(const QString& title, QWidget* parent) : QWidget(parent), d(std::make_unique<Private>())
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    d->tableButton = new QToolButton(this);
    d->tableButton->setIcon(icon(QStringLiteral("table"), Tone::Muted));
    d->tableButton->setIconSize(QSize(13, 13));
    d->tableButton->setCheckable(true);
    d->tableButton->setToolTip(tr("Show as table (Ctrl+T)"));
    connect(d->tableButton, &QToolButton::toggled, this, &LineChart::setTableShown);
    setTitle(title);
    d->tableButton->setAccessibleName(tr("Show as table"));
}

LineChart::~LineChart() = default;

QSize LineChart::sizeHint() const
{
    return {380, 136};
}
QSize LineChart::minimumSizeHint() const
{
    return {220, 96};
}

void LineChart::resizeEvent(QResizeEvent*)
{
    d->tableButton->setGeometry(width() - 22, 1, 22, 22);
    if (d->table)
        d->table->setGeometry(0, 26, width(), height() - 26);
}

void LineChart::setTableShown(bool shown)
{
    if (shown && !d->table) {
        d->table = new QTableWidget(this);
        d->table->setEditTriggers(QAbstractItemView::NoEditTriggers);
        d->table->verticalHeader()->hide();
        d->table->setShowGrid(false);
        d->table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
        d->table->setGeometry(0, 26, width(), height() - 26);
    }
    if (d->table) {
        d->table->setVisible(shown);
        d->table->setAccessibleName(tr("%1, as a table").arg(d->title));
    }
    if (shown)
        d->fillTable();
    const QSignalBlocker quiet(d->tableButton);
    d->tableButton->setChecked(shown);
    update();
}

bool LineChart::isTableShown() const
{
    return d->table && d->table->isVisibleTo(this);
}

void LineChart::Private::fillTable()
{
    QStringList header{LineChart::tr("Time")};
    for (const ChartSeries& one : series)
        header.append(one.name);
    if (!events.isEmpty())
        header.append(LineChart::tr("What happened"));
    QList<qint64> moments = times();
    std::reverse(moments.begin(), moments.end());
    table->setColumnCount(int(header.size()));
    table->setHorizontalHeaderLabels(header);
    table->setRowCount(int(moments.size()));
    for (int row = 0; row < moments.size(); ++row) {
        table->setItem(row, 0, new QTableWidgetItem(clockText(moments[row])));
        for (int column = 0; column < series.size(); ++column) {
            auto* item = new QTableWidgetItem(valueText(series[column], moments[row]));
            item->setForeground(series[column].color());
            table->setItem(row, column + 1, item);
        }
        if (!events.isEmpty())
            table->setItem(row, int(series.size()) + 1, new QTableWidgetItem(eventsAt(moments[row])));
    }
}

QString LineChart::tableText() const
{
    QString text = tr("Time");
    for (const ChartSeries& one : d->series)
        text += QLatin1Char('\t') + one.name;
    if (!d->events.isEmpty())
        text += QLatin1Char('\t') + tr("What happened");
    text += QLatin1Char('\n');
    for (qint64 time : d->times()) {
        text += QDateTime::fromMSecsSinceEpoch(time).toString(Qt::ISODate);
        for (const ChartSeries& one : d->series)
            text += QLatin1Char('\t') + d->valueText(one, time);
        if (!d->events.isEmpty())
            text += QLatin1Char('\t') + d->eventsAt(time);
        text += QLatin1Char('\n');
    }
    return text;
}

QString LineChart::title() const
{
    return d->title;
}

QByteArray LineChart::csv() const
{
    const auto quoted = [](QString text) {
        return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
    };
    QString text = QStringLiteral("time");
    for (const ChartSeries& one : d->series) {
        text += QLatin1Char(',') + quoted(one.name);
        if (!one.peaks.isEmpty())
            text += QLatin1Char(',') + quoted(one.name + QStringLiteral(" max"));
    }
    if (!d->events.isEmpty())
        text += QStringLiteral(",event");
    text += QStringLiteral("\r\n");
    for (qint64 time : d->times()) {
        text += QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODateWithMs);
        for (const ChartSeries& one : d->series) {
            const auto number = [](const auto& value) {
                return QLatin1Char(',') + (value ? QString::number(value->y(), 'g', 12) : QString());
            };
            text += number(d->at(one, time));
            if (!one.peaks.isEmpty())
                text += number(d->at(one.peaks, time));
        }
        if (!d->events.isEmpty())
            text += QLatin1Char(',') + quoted(d->eventsAt(time));
        text += QStringLiteral("\r\n");
    }
    return text.toUtf8();
}

void LineChart::setHover(qint64 time)
{
    if (time == d->hover)
        return;
    d->hover = time;
    describe();
    update();
}

void LineChart::describe()
{
    const qint64 time = d->hover ? d->hover : d->right();
    QStringList read;
    for (const ChartSeries& one : d->series)
        if (d->at(one, time))
            read.append(one.name + QLatin1Char(' ') + d->valueText(one, time));
    if (d->hover && !d->eventsAt(time).isEmpty())
        read.append(d->eventsAt(time));
    if (read.isEmpty() && !d->emptyText.isEmpty() && d->isBlank())
        read.append(d->emptyText);
    const QString text = read.join(QStringLiteral(", "));
    if (text != accessibleDescription()) // each is told
        setAccessibleDescription(text);
}

void LineChart::mouseMoveEvent(QMouseEvent* event)
{
    const QRectF plot = d->plot(size());
    if (d->dragFrom >= 0) {
        d->dragTo = std::clamp(event->position().x(), plot.left(), plot.right());
        update();
    }
    qint64 nearest = 0;
    if (!isTableShown() && plot.adjusted(-4, -4, 4, 4).contains(event->position()) && plot.width() > 0) {
        const qint64 wanted = d->timeAt(plot, event->position().x());
        for (const ChartSeries& one : d->series)
            if (const auto point = d->at(one, wanted))
                if (!nearest || std::abs(qint64(point->x()) - wanted) < std::abs(nearest - wanted))
                    nearest = qint64(point->x());
    }
    setHover(nearest);
    emit hovered(nearest);
}

void LineChart::leaveEvent(QEvent*)
{
    setHover(0);
    emit hovered(0);
}

void LineChart::focusOutEvent(QFocusEvent* event)
{
    setHover(0);
    emit hovered(0);
    QWidget::focusOutEvent(event);
    update();
}

void LineChart::keyPressEvent(QKeyEvent* event)
{
    if (viewKey(event))
        return;
    const QList<qint64> times = d->times();
    if (event->key() == Qt::Key_T && event->modifiers() == Qt::ControlModifier) {
        setTableShown(!isTableShown());
    } else if (event->key() == Qt::Key_E && event->modifiers() == Qt::ControlModifier) {
        emit saveWanted();
    } else if (event->matches(QKeySequence::Copy)) {
        QApplication::clipboard()->setText(tableText());
    } else if ((event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) && !times.isEmpty()) {
        auto at = std::lower_bound(times.begin(), times.end(), d->hover ? d->hover : times.back());
        if (at == times.end())
            --at;
        if (event->key() == Qt::Key_Left && at != times.begin())
            --at;
        else if (event->key() == Qt::Key_Right && at + 1 != times.end())
            ++at;
        setHover(*at);
        emit hovered(*at);
    } else if (event->key() == Qt::Key_Escape && d->hover) {
        setHover(0);
        emit hovered(0);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void LineChart::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    if (d->navigable) {
        const qint64 middle = d->left() + d->span / 2;
        menu.addAction(tr("Zoom in"), this, [this, middle] { zoom(0.5, middle); });
        menu.addAction(tr("Zoom out"), this, [this, middle] { zoom(2, middle); });
        menu.addAction(tr("Back to now"), this, &LineChart::nowWanted)->setEnabled(d->standing != 0);
        menu.addSeparator();
    }
    QAction* table = menu.addAction(icon(QStringLiteral("table")), tr("Show as table"));
    table->setCheckable(true);
    table->setChecked(isTableShown());
    connect(table, &QAction::toggled, this, &LineChart::setTableShown);
    menu.addAction(icon(QStringLiteral("copy")), tr("Copy as text"), this,
                   [this] { QApplication::clipboard()->setText(tableText()); });
    if (isSignalConnected(QMetaMethod::fromSignal(&LineChart::saveWanted)))
        menu.addAction(icon(QStringLiteral("export")), tr("Save as CSV or picture…"), this, &LineChart::saveWanted);
    menu.exec(event->globalPos());
}

} // namespace diptych::widgets
