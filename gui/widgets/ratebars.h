// How often things happen, a line a kind, a bar a column, all of a section on one scale: two instances beside each
// other are compared at one look.
#pragma once

#include "widgets/tone.h"

#include <QWidget>

namespace diptych::widgets {

class RateBars final : public QWidget
{
    Q_OBJECT
public:
    struct Row
    {
        QString name;
        QList<double> values; ///< one a column; below 0: not known
        bool strong = false;  ///< the sum
    };
    struct Section
    {
        QString title;
        QList<Row> rows;
    };

    explicit RateBars(QWidget* parent = nullptr);
    void setColumns(const QList<std::pair<QString, Tone>>& columns);
    void setSections(const QList<Section>& sections);
    void setFormatter(Formatter format) { m_format = std::move(format); }
    [[nodiscard]] QString tableText() const; ///< the same in words, a line each
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] double rowHeight() const;
    [[nodiscard]] QString words(double value) const;
    void paintRow(QPainter& painter, const Row& row, double top, double most) const;

    QList<std::pair<QString, Tone>> m_columns;
    QList<Section> m_sections;
    Formatter m_format;
};

} // namespace diptych::widgets
