// Which layers an image shares: images are rows, a layer that several of them begin with is one block across their
// rows, because it is stored once. Width is size. Arrow keys go from layer to layer.
#pragma once

#include "widgets/tone.h"

#include <QWidget>

namespace diptych::widgets {

class LayerMap final : public QWidget
{
    Q_OBJECT
public:
    struct Block
    {
        QString digest;
        QString text; ///< size, for people
        QString toolTip;
        double begin = 0;
        double size = 0;
        int firstRow = 0;
        int rows = 1;
        bool again = false; ///< drawn before: hatched, because it is not stored again
    };
    struct Picture
    {
        QStringList rows; ///< names; the first is the one asked for
        QList<Block> blocks;
        double width = 0;
        QString description; ///< the same in words
    };

    explicit LayerMap(QWidget* parent = nullptr);
    void setPicture(const Picture& picture);
    void setCurrent(const QString& digest); ///< empty: none
    [[nodiscard]] QString current() const { return m_current; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void chosen(const QString& digest);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] double rowHeight() const;
    [[nodiscard]] double labelWidth() const;
    [[nodiscard]] QRectF rectOf(const Block& block) const;
    [[nodiscard]] const Block* at(const QPointF& position) const;
    void paintBlock(QPainter& painter, const Block& block) const;

    Picture m_picture;
    QString m_current;
};

} // namespace diptych::widgets
