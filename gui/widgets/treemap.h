// Who uses how much, as nested rectangles whose areas are the amounts: groups stand in the group above them, and what
// is not a group's own children is its own. Squarified (Bruls, Huizing, van Wijk, 2000). Arrow keys go from one to the
// next.
#pragma once

#include "widgets/tone.h"

#include <QWidget>

namespace diptych::widgets {

class TreeMap final : public QWidget
{
    Q_OBJECT
public:
    struct Item
    {
        QString id, title, text, toolTip;
        double value = 0; ///< with all below it
        Tone tone = Tone::Host;
        bool marked = false; ///< needs a look
        QList<Item> children;
    };

    explicit TreeMap(QWidget* parent = nullptr);
    void setItems(const QList<Item>& items);
    void setCurrent(const QString& id);
    [[nodiscard]] QString current() const { return m_current; }
    /// What is said where all values are 0.
    void setEmptyText(const QString& text);
    [[nodiscard]] QRectF rectOf(const QString& id) const; ///< empty when it is too small to be drawn
    [[nodiscard]] QSize sizeHint() const override { return {600, 190}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 110}; }

signals:
    void chosen(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Cell
    {
        const Item* item = nullptr;
        QRectF rect;
        int depth = 0;
        bool nested = false; ///< cells of its children lie in it
    };
    void layOut();
    void place(const QList<Item>& items, const QRectF& rect, int depth);
    void placeRow(const QList<const Item*>& row, QRectF& rest, double scale, int depth);
    void placeOne(const Item& item, const QRectF& rect, int depth);
    [[nodiscard]] const Cell* at(const QPointF& position) const;
    [[nodiscard]] double titleHeight() const;
    void paintCell(QPainter& painter, const Cell& cell) const;
    void choose(const QString& id);

    QList<Item> m_items;
    QList<Cell> m_cells; ///< outer before inner
    QString m_current;
    QString m_emptyText;
};

} // namespace diptych::widgets
