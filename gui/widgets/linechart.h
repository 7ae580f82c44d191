// Several series on one time axis and one scale: that is what makes container and machine comparable. Limits are dashed
// lines; the newest values stand beside the title; the mouse or the arrow keys read any moment; Ctrl+T (or the button)
// turns the chart into its table. It follows the present, or stands still at some time from seconds to months ago;
// wheel, drag and keys only wish for another view, so that charts beside each other can go there together.
#pragma once

#include "widgets/tone.h"

#include <QWidget>

#include <memory>
#include <optional>

class QTableWidget;

namespace diptych::widgets {

/// What happened at a moment: an upright line with a label; text tells more.
struct ChartEvent
{
    qint64 time = 0;
    QString label;
    QString text;
    Tone tone = Tone::Muted;
};

class LineChart final : public QWidget
{
    Q_OBJECT
public:
    enum class Ticks { Decimal, Binary }; ///< steps of 1, 2, 5; or of powers of two (bytes)

    explicit LineChart(const QString& title = {}, QWidget* parent = nullptr);
    ~LineChart() override;

    void setTitle(const QString& title, const QString& subtitle = {});
    /// format writes values beside the title and in the read-out; ticks those at the axis (default: the same).
    void setFormatter(Formatter format, Formatter ticks = {});
    void setTicks(Ticks ticks);
    void setNamed(bool named);              ///< the newest values beside the title have their series' names
    void setEmptyText(const QString& text); ///< in the middle where no value is in sight: why there is none
    [[nodiscard]] bool isBlank() const;     ///< no value is in sight
    void setMinimumTop(double top);         ///< the scale never ends below it; keeps idle charts flat
    void setSpan(int seconds); ///< follows the present; appended points older than it, or ten minutes, are forgotten
    [[nodiscard]] int span() const;          ///< seconds
    void setView(qint64 left, qint64 right); ///< stands still: Unix milliseconds
    [[nodiscard]] bool isFollowing() const;
    [[nodiscard]] qint64 left() const;
    [[nodiscard]] qint64 right() const;
    void setNavigable(bool navigable); ///< zooming and panning are offered; someone has to answer viewWanted()

    /// Two series of one tone are told apart by shade. Returns the series' index.
    int addSeries(const QString& name, Tone tone);
    void clearSeries();
    [[nodiscard]] int seriesCount() const;
    /// time: Unix milliseconds, rising. NaN makes a gap; so does a pause of more than setGap().
    void append(int series, qint64 time, double value);
    /// x: time, y: value; peaks: the highest around each point, drawn as a thin line above.
    void setPoints(int series, const QList<QPointF>& points, const QList<QPointF>& peaks = {});
    void setEvents(const QList<ChartEvent>& events); ///< by time
    void setGap(int milliseconds);                   ///< default 3500
    void setLimit(int series, std::optional<double> limit);
    void setLimitText(const QString& text); ///< beside the dashed line; default: "limit"
    /// A shaded stretch with a label, such as a lab's phase; end 0: still going on.
    void setPhases(const QList<std::tuple<qint64, qint64, QString, Tone>>& phases);
    /// The right edge. Without it: the newest point.
    void setNow(qint64 time);

    void setTableShown(bool shown);
    [[nodiscard]] bool isTableShown() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString valueText(int series, qint64 time) const; ///< "–" where nothing was measured
    [[nodiscard]] const QList<ChartEvent>& events() const;
    [[nodiscard]] QByteArray csv() const;    ///< plain numbers for other programs, times in ISO 8601
    [[nodiscard]] QString tableText() const; ///< tab-separated, a header line first; for copying and screen readers
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// A stretch was dragged, or the wheel or a key asks for more, less or another one. right may lie in the future.
    void viewWanted(qint64 left, qint64 right);
    void nowWanted(); ///< back to following
    /// The moment under the mouse changed (0: none), so that charts beside each other can point at the same one.
    void hovered(qint64 time);
    void saveWanted(); ///< as CSV or as a picture; without a receiver it is not offered

public slots:
    void setHover(qint64 time);
    void setMark(qint64 time); ///< the moment read while none is pointed at; 0: the newest

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void describe();    ///< for screen readers: the values pointed at, or the newest
    void followBlank(); ///< whether there is a value may have changed
    void zoom(double factor, qint64 around);
    void pan(double part);
    bool viewKey(QKeyEvent* event);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace diptych::widgets
