// What a container changed in its image, and the way to make an image of it.
#pragma once

#include "client/image_types.h"
#include "pages/detail_tab.h"

class QPushButton;

namespace diptych::pages {

class PathTree;

class ChangesTab final : public DetailTab
{
    Q_OBJECT
public:
    ChangesTab(const Context& context, QWidget* parent);

    /// Why this instance can't become an image; empty when it can.
    static QString commitProblem(const models::InstanceStore& store, const QString& id);

protected:
    void reset() override;
    void activate() override;

private:
    void showChanges(const client::Answer<client::PathPage>& answer);
    void follow();

    PathTree* m_tree;
    QPushButton* m_commit;
    bool m_asking = false;
    bool m_filled = false;
};

} // namespace diptych::pages
