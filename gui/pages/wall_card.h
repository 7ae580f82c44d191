// One of the walls to choose from: a little drawing, its name, and facts that are known here.
#pragma once

#include "pages/advice.h"

#include <QAbstractButton>

namespace diptych::pages {

class WallCard final : public QAbstractButton
{
    Q_OBJECT
public:
    WallCard(Wall wall, const QString& title, const QString& subtitle, QWidget* parent);
    void setFacts(const QList<std::pair<QString, QString>>& facts);
    void setReason(const QString& reason); ///< not empty: can't be chosen here, and why
    [[nodiscard]] Wall wall() const { return m_wall; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void describe();
    void paintDrawing(QPainter& painter, const QRectF& rect) const;
    [[nodiscard]] double lineHeight() const;

    Wall m_wall;
    QString m_subtitle;
    QString m_reason;
    QList<std::pair<QString, QString>> m_facts;
};

} // namespace diptych::pages
