// Four bars that say how far apart: 1 shared, 2 divided, 3 emulated, 4 own; 0, hatched, is not measured.
#pragma once

#include "widgets/tone.h"

#include <QWidget>

class QPainter;

namespace diptych::widgets {

inline constexpr QSize wallGlyphSize{22, 13};

[[nodiscard]] QColor wallColor(int level);
[[nodiscard]] QString wallText(int level); ///< "shared with the host" ...
void paintWallGlyph(QPainter& painter, const QPointF& topLeft, int level);

class WallGlyph final : public QWidget
{
    Q_OBJECT
public:
    explicit WallGlyph(int level = 0, QWidget* parent = nullptr);
    void setLevel(int level);
    [[nodiscard]] int level() const { return m_level; }
    [[nodiscard]] QSize sizeHint() const override { return wallGlyphSize + QSize(2, 2); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_level;
};

} // namespace diptych::widgets
