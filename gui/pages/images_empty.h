// What stands where no image is: the three ways to the first one.
#pragma once

#include "pages/context.h"

class QLabel;

namespace diptych::widgets {
class EmptyState;
}

namespace diptych::pages {

class ImageActions;

class ImagesEmpty final : public QWidget
{
    Q_OBJECT
public:
    ImagesEmpty(const ImageActions& actions, QWidget* parent);
    void showFor(const Context& context, bool filtering);

signals:
    void showAllWanted();

private:
    widgets::EmptyState* m_state;
    QWidget* m_ways;
    bool m_filtering = false;
};

} // namespace diptych::pages
