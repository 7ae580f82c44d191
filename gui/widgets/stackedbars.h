// Amounts that add up, as bars of coloured parts on one scale, each with its legend. A limit is a dashed line.
#pragma once

#include "widgets/tone.h"

#include <QWidget>

namespace diptych::widgets {

class StackedBars final : public QWidget
{
    Q_OBJECT
public:
    struct Part
    {
        QString name, amount; ///< for people
        double value = 0;     ///< below 0: told, not drawn
    };
    struct Bar
    {
        QString title, amount;
        QString owner; ///< a heading above the first bar of each
        Tone tone = Tone::Host;
        QList<Part> parts; ///< none: a dashed outline up to value
        double value = 0;
        double limit = 0; ///< 0: none
        QString limitText;
    };

    explicit StackedBars(QWidget* parent = nullptr);
    void setBars(const QList<Bar>& bars);
    [[nodiscard]] QString tableText() const; ///< the same in words, a line each
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] static QColor partColor(Tone tone, qsizetype index); ///< the first is strongest

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    class Layout;
    QList<Bar> m_bars;
};

} // namespace diptych::widgets
