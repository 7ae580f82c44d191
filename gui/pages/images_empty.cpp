#include "pages/images_empty.h"

#include "pages/image_actions.h"
#include "pages/parts.h"
#include "widgets/emptystate.h"

#include <QHBoxLayout>

namespace diptych::pages {

using widgets::EmptyState;

ImagesEmpty::ImagesEmpty(const ImageActions& actions, QWidget* parent)
    : QWidget(parent), m_state(new EmptyState(this)), m_ways(new QWidget(this))
{
    auto* ways = new QHBoxLayout(m_ways);
    ways->addStretch(1);
    for (ImageVerb verb : {ImageVerb::Pull, ImageVerb::Import, ImageVerb::Build})
        ways->addWidget(actionButton(actions.action(verb), m_ways));
    ways->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(m_state);
    layout->addWidget(m_ways);
    layout->addStretch(3);
    connect(m_state, &EmptyState::triggered, this, &ImagesEmpty::showAllWanted);
}

void ImagesEmpty::showFor(const Context& context, bool filtering)
{
    const bool none = context.images->isLoaded() && context.images->images().isEmpty() && context.store->isLive();
    m_ways->setVisible(none);
    if (filtering && !context.images->images().isEmpty())
        m_state->setContent(EmptyState::Look::Empty, tr("Nothing matches"), tr("No image has these words."),
                            tr("Show all"), QStringLiteral("search"));
    else if (!context.store->isLive() && context.client->state() != client::ConnectionState::Connected)
        m_state->setContent(EmptyState::Look::Disconnected, tr("Not connected"), context.client->problem());
    else if (!none)
        m_state->setContent(EmptyState::Look::Loading, tr("Looking for images …"));
    else
        m_state->setContent(EmptyState::Look::Empty, tr("No images yet"),
                            tr("Pull one by its name, import an archive (drop it here), or build one from a template. "
                               "Ctrl+V pulls what was copied."),
                            {}, QStringLiteral("images"));
}

} // namespace diptych::pages
