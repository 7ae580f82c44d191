// Charts of one time axis under a strip that says which stretch they show: they zoom, pan, pause and are read together.
// Who derives says what they show: the last minutes come from the store, other times from the helper's history.
#pragma once

#include "pages/context.h"
#include "pages/time_strip.h"
#include "widgets/linechart.h"

#include <QTimer>

class QGridLayout;
class QLabel;

namespace diptych::pages {

class ChartHistory;

class TimeCharts : public QWidget
{
    Q_OBJECT
public:
    void setColumns(int columns);
    void setSpan(qint64 span); ///< ms; where it stands still, it goes on to
    void showTimes(qint64 left, qint64 right);
    void showMoment(qint64 time); ///< as it was then
    void setPaused(bool paused);
    void backToNow();
    [[nodiscard]] const TimeView& view() const { return m_view; }
    [[nodiscard]] widgets::LineChart* chart(qsizetype index) const { return m_charts.at(index); }

protected:
    TimeCharts(const Context& context, QWidget* parent);
    widgets::LineChart* addChart(const QString& title,
                                 const QString& subtitle); ///< setColumns() puts it into its place
    void setCurves(const QStringList& ids); ///< instances, or {""}: the host; kept when they are the same
    [[nodiscard]] const QStringList& ids() const { return m_ids; }
    [[nodiscard]] models::InstanceStore& store() const { return m_store; }
    [[nodiscard]] bool fromStore() const { return m_view.follows() && m_view.span <= 600'000; }
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

    virtual void build() = 0;                                              ///< the charts' series anew
    virtual void fill(int subject) = 0;                                    ///< the last ten minutes
    virtual void fillRange(int subject, const client::Range& range) = 0;   ///< any other stretch
    virtual void appendNewest(qint64 now) = 0;                             ///< the newest second
    [[nodiscard]] virtual bool movesItself(qint64) const { return false; } ///< the present's edge comes from elsewhere
    virtual void followLive() {}                                           ///< the view, or who looks, changed
    [[nodiscard]] virtual QString nameOf(const QString& id) const = 0;
    [[nodiscard]] virtual QStringList valuesAt(int subject, qint64 time) const = 0; ///< for the reading

private:
    void listen();
    void rebuild();
    void showView();
    void ask();
    void takeRange(int subject, const client::Range& range);
    void readMoment();
    [[nodiscard]] int wantedPoints() const;
    [[nodiscard]] qint64 present() const; ///< by the helper's clock, as far as it was heard
    void append();
    void save(widgets::LineChart& chart);

    models::InstanceStore& m_store;
    Navigator& m_navigator;
    QStringList m_ids;
    QList<widgets::LineChart*> m_charts;
    QGridLayout* m_grid;
    TimeStrip* m_strip;
    QLabel* m_reading; ///< the values of the moment
    ChartHistory* m_history;
    QTimer m_refresh; ///< of a long stretch that follows the present
    TimeView m_view;
    bool m_stale = false; ///< points came while hidden: filled anew when shown
};

} // namespace diptych::pages
