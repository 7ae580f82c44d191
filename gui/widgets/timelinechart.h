// Starts on one scale, step by step. What is too short to show its steps gets a magnified inset below, which says by
// how much.
#pragma once

#include "widgets/tone.h"

#include <QWidget>

#include <functional>

namespace diptych::widgets {

struct TimelineRow
{
    QString name;
    Tone tone = Tone::Container;
    client::Timeline timeline;
    QString note; ///< instead of a bar when there are no steps: "not started by Diptych"
};

class TimelineChart final : public QWidget
{
    Q_OBJECT
public:
    explicit TimelineChart(QWidget* parent = nullptr);
    void setRows(const QList<TimelineRow>& rows);
    void setStepText(std::function<QString(const QString& step)> text); ///< translates a step's stable name
    void setFormatter(std::function<QString(qint64 nanoseconds)> format);
    [[nodiscard]] QString tableText() const; ///< tab-separated: instance, step, begins, takes, detail
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Bar
    {
        QRectF rect;
        int row;
        int step;
        bool inset;
    };
    [[nodiscard]] QList<Bar> bars() const;
    [[nodiscard]] bool needsInset(int row) const;
    [[nodiscard]] double insetFactor(int row) const;
    [[nodiscard]] double rowTop(int row) const;
    [[nodiscard]] QRectF scaleRect() const;
    [[nodiscard]] qint64 longest() const;
    [[nodiscard]] qint64 total(int row) const;
    [[nodiscard]] QString stepName(const client::TimelineStep& step) const;
    [[nodiscard]] QString barText(const Bar& bar) const;
    void paintRow(QPainter& painter, int row, const QList<Bar>& bars) const;
    void paintBar(QPainter& painter, const Bar& bar) const;
    void paintInset(QPainter& painter, int row) const;

    QList<TimelineRow> m_rows;
    std::function<QString(const QString&)> m_stepText;
    std::function<QString(qint64)> m_format;
    int m_current = -1; ///< bar under the keyboard
};

} // namespace diptych::widgets
