// A titled surface with a thin border; the page's building block.
#pragma once

#include "widgets/tone.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace diptych::widgets {

class Card : public QFrame
{
    Q_OBJECT
public:
    explicit Card(const QString& title = {}, QWidget* parent = nullptr);
    void setTitle(const QString& title, const QString& subtitle = {});
    void addHeaderWidget(QWidget* widget); ///< at the right of the title
    /// The content's layout, below the title.
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }

private:
    QLabel* m_title;
    QLabel* m_subtitle;
    QHBoxLayout* m_header;
    QVBoxLayout* m_body;
};

} // namespace diptych::widgets
