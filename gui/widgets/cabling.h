// Who is plugged into what: boxes with ports at the left (containers, machines), bridges as bars in the middle, the
// machine itself with its cards at the right, and cables between them. Bridges are as tall as what is plugged into
// them, so that cables run straight. Height follows from what there is. Arrow keys go from one port to the next.
#pragma once

#include "widgets/tone.h"

#include <QPainterPath>
#include <QWidget>

namespace diptych::widgets {

class Cabling final : public QWidget
{
    Q_OBJECT
public:
    struct Port
    {
        QString id, name;
        QString text; ///< addresses
        QString note; ///< rates
        QString toolTip;
        bool up = true;
    };
    struct Box
    {
        QString title, text;
        Tone tone = Tone::Container;
        bool outlined = false; ///< nobody is in it
        QList<Port> ports;
    };
    struct Bar
    {
        QString id, title, text, note, toolTip;
    };
    /// From a port to a port or a bar.
    struct Cable
    {
        QString id; ///< of the interface at the near end of the bar, empty for none
        QString from, to, label;
        Tone tone = Tone::Host;
        bool busy = false;   ///< something passes now
        bool dotted = false; ///< stands on the other rather than being plugged into it
    };
    struct Scene
    {
        QList<Box> left;
        QList<Bar> bars;
        Box right;
        QList<Cable> cables;
        QString more; ///< said below the left boxes
    };

    explicit Cabling(QWidget* parent = nullptr);
    void setScene(const Scene& scene);
    void setCurrent(const QString& id);
    [[nodiscard]] QString current() const { return m_current; }
    [[nodiscard]] QRectF rectOf(const QString& id) const; ///< of a port, a bar, or a cable's label
    [[nodiscard]] int count(const QString& from) const;   ///< cables of a port that are drawn
    [[nodiscard]] QSize sizeHint() const override { return {900, int(m_height)}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {760, int(m_height)}; }

signals:
    void chosen(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Cell
    {
        const Box* box = nullptr;
        const Port* port = nullptr;
        const Bar* bar = nullptr;
        QRectF rect;
    };
    struct Run
    {
        const Cable* cable = nullptr;
        QPainterPath path;
        QRectF label; ///< where the words stand, empty for none
    };
    [[nodiscard]] static Run runOf(const Cable& cable, const QPointF& a, const QPointF& b, double width);
    void layOut();
    [[nodiscard]] double placeBox(const Box& box, const QPointF& at, double width);
    void placeBars(double left, double width);
    void runCables();
    [[nodiscard]] const Cell* cellOf(const QString& id) const;
    [[nodiscard]] QString idAt(const QPointF& position) const;
    [[nodiscard]] QStringList order() const;
    void paintBox(QPainter& painter, const Cell& cell) const;
    void paintPort(QPainter& painter, const Cell& cell) const;
    void paintBar(QPainter& painter, const Cell& cell) const;
    void paintRun(QPainter& painter, const Run& run) const;
    void choose(const QString& id);

    Scene m_scene;
    QList<Cell> m_cells;
    QList<Run> m_runs;
    QString m_current;
    double m_height = 100;
};

} // namespace diptych::widgets
