// The long work on images that is going on, whoever began it.
#pragma once

#include "models/image_work.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace diptych::dialogs {
class WorkView;
}

namespace diptych::pages {

class WorkList final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int MostShown = 4;
    WorkList(models::ImageWork& work, QWidget* parent);

private:
    void showItems();
    models::ImageWork& m_work;
    QVBoxLayout* m_layout;
    QHash<QString, dialogs::WorkView*> m_views;
    QLabel* m_rest;
};

} // namespace diptych::pages
