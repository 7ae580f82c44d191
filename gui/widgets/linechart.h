// Several series on one time axis and one scale: that is what makes container and machine comparable. Limits are dashed
// lines; the newest values stand beside the title; the mouse or the arrow keys read any moment; Ctrl+T (or the button)
// turns the chart into its table.
#pragma once

#include "widgets/tone.h"

#include <QWidget>

#include <memory>
#include <optional>

class QTableWidget;

namespace diptych::widgets {

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
    void setMinimumTop(double top); ///< the scale never ends below it; keeps idle charts flat
    void setSpan(int seconds);      ///< 60, 300 or 600; what is older than ten minutes is forgotten
    [[nodiscard]] int span() const;

    /// Two series of one tone are told apart by shade. Returns the series' index.
    int addSeries(const QString& name, Tone tone);
    void clearSeries();
    [[nodiscard]] int seriesCount() const;
    /// time: Unix milliseconds, rising. NaN makes a gap; so does a pause of more than setGap().
    void append(int series, qint64 time, double value);
    void setPoints(int series, const QList<QPointF>& points); ///< x: time, y: value
    void setGap(int milliseconds);                            ///< default 3500
    void setLimit(int series, std::optional<double> limit);
    /// A shaded stretch with a label, such as a lab's phase; end 0: still going on.
    void setPhases(const QList<std::tuple<qint64, qint64, QString, Tone>>& phases);
    /// The right edge. Without it: the newest point.
    void setNow(qint64 time);

    void setTableShown(bool shown);
    [[nodiscard]] bool isTableShown() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] QByteArray csv() const;    ///< plain numbers for other programs, times in ISO 8601
    [[nodiscard]] QString tableText() const; ///< tab-separated, a header line first; for copying and screen readers
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// The moment under the mouse changed (0: none), so that charts beside each other can point at the same one.
    void hovered(qint64 time);
    void saveWanted(); ///< as CSV or as a picture; without a receiver it is not offered

public slots:
    void setHover(qint64 time);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace diptych::widgets
