// A tree drawn as boxes in boxes: who owns whom. A box has a title, a line below it, chips for what it owns itself, and
// the boxes below it. Past what fits, boxes and chips gather into one that says how many more. Height follows from
// width. Arrow keys go from one to the next.
#pragma once

#include "widgets/tone.h"

#include <QWidget>

namespace diptych::widgets {

class NestedBoxes final : public QWidget
{
    Q_OBJECT
public:
    struct Chip
    {
        QString id; ///< empty: it gathers others, and can't be chosen
        QString text, toolTip;
        Tone tone = Tone::Host;
        bool outlined = false; ///< nobody is in it
    };
    struct Box
    {
        QString id; ///< empty: it gathers others, and can't be chosen
        QString title, text, toolTip;
        Tone tone = Tone::Host;
        bool outlined = false; ///< no wall of its own: a thin dotted line
        QList<Chip> chips;
        QList<Box> boxes;
    };

    explicit NestedBoxes(QWidget* parent = nullptr);
    void setBoxes(const QList<Box>& boxes);
    void setCurrent(const QString& id);
    [[nodiscard]] QString current() const { return m_current; }
    [[nodiscard]] QRectF rectOf(const QString& id) const; ///< of a box or a chip; empty when it is not drawn
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override { return {700, heightForWidth(700)}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 60}; }

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
        const Box* box = nullptr;   ///< either this
        const Chip* chip = nullptr; ///< or this
        QRectF rect;
        int depth = 0;
        [[nodiscard]] const QString& id() const { return box ? box->id : chip->id; }
    };
    void layOut();
    [[nodiscard]] double place(QList<Cell>& cells, const Box& box, const QPointF& at, double width, int depth) const;
    [[nodiscard]] double placeChips(QList<Cell>& cells, const Box& box, const QPointF& at, double width,
                                    int depth) const;
    [[nodiscard]] double wantedWidth(const Box& box) const;
    [[nodiscard]] const Cell* at(const QPointF& position) const;
    void paintBox(QPainter& painter, const Cell& cell) const;
    void paintChip(QPainter& painter, const Cell& cell) const;
    void choose(const QString& id);

    QList<Box> m_boxes;
    QList<Cell> m_cells; ///< outer before inner
    QString m_current;
};

} // namespace diptych::widgets
